"""The pages of the risk analysis: doors, what was typed stays, and an overview that stays cheap."""

import pytest
from django.urls import reverse

from ketenwijs.domain.risks import services
from ketenwijs.domain.risks.models import Risk
from ketenwijs.domain.risks.selectors import themes_of, unweighed
from ketenwijs.domain.risks.tests.access import ACCESS
from ketenwijs.domain.risks.tests.factories import (
    NEXT_YEAR,
    QUARRY,
    add,
    example_agreement,
    member,
    opened,
    sign_in,
    staff,
    weigh,
    weighing,
    worker,
)
from ketenwijs.domain.risks.urls import urlpatterns
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION

pytestmark = pytest.mark.django_db
COUNTRIES = ("IN", "BR", "CN", "ZA", "VN", "PT", "TR", "NO", "IT", "ES", "ZW", "NA")


@pytest.fixture
def firm():
    return member(example_agreement())


@pytest.fixture
def viewer(firm):
    return worker(firm.organisation, name="owner")


@pytest.fixture
def risk(viewer, firm):
    with fenced_for(viewer):
        for year in ("2024-2025", NEXT_YEAR):
            add(viewer, opened(viewer, firm, year))
        return weigh(viewer, opened(viewer, firm))


def address(name, firm, year="2024-2025", **more):
    pattern = next(one.pattern for one in urlpatterns if one.name == name)
    known = {"firm": firm.organisation.reference, "agreement": firm.agreement.slug, "year": year, **more}
    known |= {"country": QUARRY.country, "material": QUARRY.material, "stage": QUARRY.stage}
    return reverse(f"risks:{name}", kwargs={key: known[key] for key in pattern.converters})


def test_every_page_stands_in_the_access_table():
    assert {row["url"] for row in ACCESS} == {f"risks:{one.name}" for one in urlpatterns}


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_each_role_opens_what_the_table_says_and_nothing_else(firm, risk, client, row):
    name = row["url"].split(":")[1]
    page = address(name, firm, NEXT_YEAR if name == "carry-over" else "2024-2025", pk=risk.pk)
    for role in roles.all_roles().values():
        if role.scope == ORGANISATION:
            viewer = worker(firm.organisation, role.code)
        elif role.scope == AGREEMENT:
            viewer = staff(firm.agreement, role.code)
        else:
            continue
        sign_in(client, viewer)
        for method in row["methods"]:
            answer = client.generic(method, page).status_code
            if role.code in row["roles"]:
                assert answer == row["answer"], (role.code, method)
            else:
                assert answer in (302, 403, 404), (role.code, method)


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_another_firm_finds_nothing(firm, risk, client, row):
    other = member(firm.agreement, "Other BV")
    sign_in(client, worker(other.organisation, name="other"))
    page = address(row["url"].split(":")[1], firm, pk=risk.pk)
    for method in row["methods"]:
        assert client.generic(method, page).status_code == 404
    if "pk" in page:
        assert client.get(address("exceptions", other, pk=risk.pk)).status_code == 404


def fields(theme, version, **changes):
    return {f"{theme}-{name}": value for name, value in {**weighing(**changes), "version": version}.items()}


def test_a_page_of_themes_is_saved_in_one_press_and_untouched_themes_stay_open(firm, risk, viewer, client):
    sign_in(client, viewer)
    sent = {**fields("water", 1, scale=4), "child_labour-version": "0"}
    assert client.post(address("place", firm), sent).status_code == 302
    with unfenced(reason="test"):
        saved = Risk.objects.get()
    assert (saved.theme, saved.scale, saved.version) == ("water", 4, 2)


def test_two_colleagues_at_once_the_second_keeps_what_was_typed_and_nothing_is_overwritten(firm, risk, viewer, client):
    with fenced_for(viewer):
        weigh(viewer, opened(viewer, firm), version=1, reason="A colleague's reason")
    sign_in(client, viewer)
    sent = {**fields("water", 1, scale=4, reason="My own reason"), "child_labour-version": "0"}
    page = client.post(address("place", firm), sent)
    assert page.status_code == 409
    assert b"My own reason" in page.content
    assert b"A colleague&#x27;s reason" in page.content
    with unfenced(reason="test"):
        assert Risk.objects.get().reason == "A colleague's reason"


def test_a_score_outside_the_scale_is_refused_in_place(firm, risk, viewer, client):
    sign_in(client, viewer)
    page = client.post(address("place", firm), fields("water", 1, scale=9))
    assert page.status_code == 200
    assert page.context["has_errors"]
    with unfenced(reason="test"):
        assert Risk.objects.get().scale == 3


def test_a_place_outside_the_chains_is_not_found(firm, risk, viewer, client):
    sign_in(client, viewer)
    parts = [firm.organisation.reference, firm.agreement.slug, "2024-2025", "BR", "granite", "quarrying"]
    assert client.get(reverse("risks:place", args=parts)).status_code == 404


def test_a_chain_of_another_firm_is_not_taken_as_an_exception(firm, risk, viewer, client):
    other = member(firm.agreement, "Other BV")
    stranger = worker(other.organisation, name="stranger")
    with fenced_for(stranger):
        foreign = add(stranger, opened(stranger, other))
    sign_in(client, viewer)
    sent = {**weighing(), "version": "0", "chain": str(foreign.pk)}
    page = client.post(address("exceptions", firm, pk=risk.pk), sent)
    assert page.status_code == 200
    with unfenced(reason="test"):
        assert not risk.exceptions.exists()


def test_the_overview_costs_the_same_for_few_and_for_many_risks(firm, viewer, client, django_assert_max_num_queries):
    counts = []
    sign_in(client, viewer)
    client.get(address("overview", firm))
    for countries in (COUNTRIES[:3], COUNTRIES[3:]):
        with fenced_for(viewer):
            _fill(viewer, firm, countries)
        with django_assert_max_num_queries(20) as captured:
            assert client.get(address("overview", firm)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1], counts


def _fill(viewer, firm, countries):
    for country in countries:
        add(viewer, opened(viewer, firm), f"Supplier {country}", country=country)
    workspace = opened(viewer, firm)
    for place, themes in unweighed(workspace, themes_of(workspace)):
        rows = {theme: (0, weighing()) for theme in themes}
        services.weigh_place(actor=viewer, workspace=workspace, place=place, weighings=rows)


def test_the_rest_of_a_page_is_saved_as_unknown_in_the_same_press(firm, risk, viewer, client):
    sign_in(client, viewer)
    page = address("place", firm)
    forms = client.get(page).context["rows"]
    new = next(theme.code for theme, _form, _evidence, known in forms if known is None)
    shown = [form[name] for _theme, form, _evidence, _known in forms for name in form.fields]
    sent = {one.html_name: "" if one.value() is None else one.value() for one in shown}
    assert client.post(page, {**sent, "rest": "unknown"}).status_code == 302
    with fenced_for(viewer):
        here = Risk.objects.filter(
            country=QUARRY.country, material=QUARRY.material, stage=QUARRY.stage, year="2024-2025"
        )
        assert here.count() == len(forms)
        assert here.get(pk=risk.pk).version == risk.version
        unknown = here.get(theme=new)
    assert (unknown.scale, unknown.reason, unknown.involvement) == (None, "", "")
