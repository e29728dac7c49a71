"""The pages of agreements: lists that stay cheap, forms that keep what was typed, and doors that stay
shut.
"""

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements import services
from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.agreements.tests.access import ACCESS
from ketenwijs.domain.agreements.tests.factories import (
    OTHER_SLUG,
    ROBOT,
    company,
    example_agreement,
    member,
    person,
    staff,
    worker,
)
from ketenwijs.domain.agreements.tests.test_register_import import GOOD, sheet
from ketenwijs.domain.agreements.urls import urlpatterns
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    """One language, and no second factor to set up first."""
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def lead(agreement, client):
    viewer = staff(agreement)
    client.force_login(viewer.person)
    return client


def page(name, *arguments):
    return reverse(f"agreements:{name}", args=arguments)


def test_every_page_stands_in_the_access_table():
    assert {row["url"] for row in ACCESS} == {f"agreements:{one.name}" for one in urlpatterns}


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_each_role_opens_what_the_table_says_and_nothing_else(agreement, client, row):
    membership = member(agreement)
    example_agreement(OTHER_SLUG)
    pattern = next(one.pattern for one in urlpatterns if f"agreements:{one.name}" == row["url"])
    known = {"agreement": agreement.slug, "firm": membership.organisation.reference, **row["arguments"]}
    if "pk" in pattern.converters:
        known["pk"] = somebody_to(row["url"], agreement)
    address = reverse(row["url"], kwargs={name: known[name] for name in pattern.converters})
    for role in roles.all_roles().values():
        if role.scope == ORGANISATION:
            viewer = worker(membership.organisation, role.code)
        elif role.scope == AGREEMENT:
            viewer = staff(agreement, role.code)
        else:
            continue
        client.force_login(viewer.person)
        for method in row["methods"]:
            answer = client.generic(method, address).status_code
            if role.code in row["roles"]:
                assert answer == row["answer"], (role.code, method)
            else:
                assert answer in (302, 403, 404), (role.code, method)


def somebody_to(url, agreement):
    """Somebody invited, for the page that withdraws; an adviser, for the page that ends a role."""
    if url.endswith("withdraw_invitation"):
        words = {"email": "new@example.org", "name": "New", "role": "assessor", "language": "en"}
        return services.invite_to_agreement(actor=ROBOT, agreement=agreement, **words)[0].pk
    return Grant.objects.get(person=staff(agreement, "adviser", name="leaving").person).pk


@pytest.mark.parametrize("name", ["agreement", "members", "authorities", "parties", "register", "member", "leave"])
def test_staff_of_another_agreement_and_strangers_find_nothing(agreement, client, name):
    membership = member(agreement)
    arguments = [agreement.slug, membership.organisation.reference][: 2 if name in ("member", "leave") else 1]
    client.force_login(staff(example_agreement(OTHER_SLUG)).person)
    assert client.get(page(name, *arguments)).status_code == 404
    client.force_login(person("stranger"))
    assert client.get(page(name, *arguments)).status_code in (403, 404)
    client.logout()
    assert client.get(page(name, *arguments)).status_code == 302


def queries_of(client, address, connection):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["members", "parties"])
def test_a_list_takes_the_same_number_of_queries_for_ten_and_sixty_rows(agreement, lead, name):
    from django.db import connection

    kind = "participant" if name == "members" else "party"

    def add(first, last):
        for number in range(first, last):
            firm = company(f"Firm {number:02}", kind="company" if kind == "participant" else "party", subkind="")
            services.join(
                actor=ROBOT,
                agreement=agreement,
                organisation=firm,
                kind=kind,
                joined_on=date(2020, 1, 1),
                group="C" if kind == "participant" else "",
            )

    add(0, 10)
    few = queries_of(lead, page(name, agreement.slug), connection)
    add(10, 60)
    assert queries_of(lead, page(name, agreement.slug), connection) == few <= 15


def test_the_list_is_narrowed_by_kind_group_country_and_name(agreement, lead):
    member(agreement, "Alpha", group="B")
    services.join(
        actor=ROBOT,
        agreement=agreement,
        organisation=company("Beta", country="BE", subkind="kitchen"),
        kind="participant",
        joined_on=date(2020, 1, 1),
        group="A",
    )
    gone = member(agreement, "Gamma")
    services.leave(actor=ROBOT, membership=gone, left_on=date(2022, 1, 1), reason="closed")

    def names(query):
        rows = lead.get(page("members", agreement.slug) + query).context["rows"]
        return [row.membership.organisation.name for row in rows]

    assert names("") == ["Alpha", "Beta"]
    assert names("?group=B") == ["Alpha"]
    assert names("?country=BE&state=running") == ["Beta"]
    assert names("?trade=kitchen") == ["Beta"]
    assert names("?state=ended") == ["Gamma"]
    assert names("?state=ended&group=C") == ["Gamma"]
    assert names("?state=all&words=mm") == ["Gamma"]
    assert names("?group=nonsense&page=abc") == ["Alpha", "Beta"]


NEW = {
    "name": "Nieuw BV",
    "subkind": "importer",
    "country": "NL",
    "joined_on": "2024-01-01",
    "group": "C",
    "kvk": "12345678",
}


def test_a_new_member_is_registered_and_joins_on_one_page(agreement, lead):
    answer = lead.post(page("new_member", agreement.slug, "participant"), NEW)
    assert answer.status_code == 302
    assert Membership.objects.get().organisation.identifiers.get().value == "12345678"


def test_a_refused_new_member_keeps_what_was_typed_and_stores_nothing(agreement, lead):
    answer = lead.post(page("new_member", agreement.slug, "participant"), {**NEW, "kvk": "123"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "A KvK number has 8 digits" in text
    assert "Nieuw BV" in text
    future = lead.post(page("new_member", agreement.slug, "participant"), {**NEW, "joined_on": "2999-01-01"})
    assert "future" in future.content.decode()
    assert not Organisation.objects.exists()


def test_an_unknown_way_of_taking_part_is_not_found(agreement, lead):
    assert lead.get(page("new_member", agreement.slug, "guest")).status_code == 404


def test_leaving_from_an_old_page_answers_409_and_keeps_the_note(agreement, lead):
    membership = member(agreement)
    address = page("leave", agreement.slug, membership.organisation.reference)
    typed = {"left_on": "2024-05-01", "reason": "closed", "note": "long story", "version": 99}
    answer = lead.post(address, typed)
    assert answer.status_code == 409
    assert "long story" in answer.content.decode()
    assert lead.post(address, {**typed, "version": membership.version}).status_code == 302
    shown = lead.get(page("member", agreement.slug, membership.organisation.reference)).content.decode()
    assert "Left on" in shown
    assert "long story" in shown


def test_group_outcome_first_day_and_return_work_from_the_members_page(agreement, lead):
    membership = member(agreement)
    firm = membership.organisation.reference
    posts = [
        ("group", {"group": "A", "since": "2021-01-01"}),
        (
            "level",
            {
                "outcome": "colours:green",
                "number": "1",
                "report_year": "2019-2020",
                "since": "2021-02-01",
                "reason": "all met",
            },
        ),
        ("correct_joining", {"joined_on": "2019-11-01", "reason": "typing error", "version": "1"}),
    ]
    for name, data in posts:
        assert lead.post(page(name, agreement.slug, firm), data).status_code == 302, name
    text = lead.get(page("member", agreement.slug, firm)).content.decode()
    for words in ("group A en", "green en 1", "all met", "Nov. 1, 2019"):
        assert words in text, words
    membership.refresh_from_db()
    services.leave(actor=ROBOT, membership=membership, left_on=date(2022, 1, 1), reason="closed")
    again = {"joined_on": "2023-01-01", "group": "B"}
    assert lead.post(page("join", agreement.slug, firm, "participant"), again).status_code == 302
    assert Membership.objects.count() == 2


def test_the_sheet_is_previewed_then_taken_over_by_the_same_person(agreement, lead):
    good = {**GOOD, "value": "green nl"}
    upload = SimpleUploadedFile("register.csv", sheet(good))
    preview = lead.post(page("register", agreement.slug), {"sheet": upload})
    text = preview.content.decode()
    assert "Voorbeeld Graniet BV" in text
    assert not Membership.objects.exists()
    rows = re.search(r'name="rows" value="([^"]+)"', text)[1]
    assert lead.post(page("register_confirm", agreement.slug), {"rows": rows}).status_code == 302
    assert Membership.objects.count() == 1
    lead.post(page("register_confirm", agreement.slug), {"rows": rows})
    assert Membership.objects.count() == 1


def test_a_sheet_with_faults_shows_them_and_offers_no_button(agreement, lead):
    upload = SimpleUploadedFile("register.csv", sheet({**GOOD, "group": "Z"}))
    text = lead.post(page("register", agreement.slug), {"sheet": upload}).content.decode()
    assert "This group is not known" in text
    assert 'name="rows"' not in text


def test_a_file_that_is_no_sheet_is_refused_on_the_page(agreement, lead):
    answer = lead.post(page("register", agreement.slug), {"sheet": io.BytesIO(b"nothing")})
    assert answer.status_code == 200
    assert "cannot be read" in answer.content.decode()


def test_a_forged_confirmation_takes_over_nothing(agreement, lead):
    answer = lead.post(page("register_confirm", agreement.slug), {"rows": "forged"}, follow=True)
    assert "no longer valid" in answer.content.decode()
    assert not Membership.objects.exists()


def test_the_template_is_offered_as_a_workbook(agreement, lead):
    answer = lead.get(page("register_template", agreement.slug))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content.startswith(b"PK")


def test_a_firm_reads_on_the_agreement_page_where_it_stands(agreement, client):
    client.force_login(worker(member(agreement).organisation, "company_user").person)
    assert client.get(page("home")).url == page("agreement", agreement.slug)
    text = client.get(page("agreement", agreement.slug)).content.decode()
    for words in ("Your membership", "group C en", "Groups and duties", "No round.", "no round en"):
        assert words in text, words


def test_two_agreements_are_offered_as_a_choice(agreement, client):
    viewer = staff(agreement)
    example = example_agreement(OTHER_SLUG)
    client.force_login(viewer.person)
    assert client.get(page("members_home")).status_code == 302
    from ketenwijs.foundation.access.services import give
    from ketenwijs.foundation.access.viewer import agreement_scope

    give(actor=ROBOT, person=viewer.person, role="adviser", scope=agreement_scope(example.slug))
    for name in ("home", "members_home"):
        assert client.get(page(name)).status_code == 200
