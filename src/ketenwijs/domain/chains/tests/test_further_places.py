"""Several sources and factories on one way, bands of weight, names in local script, and where a firm has it from."""

from decimal import Decimal

import pytest
from django.utils import translation

from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.models import Chain, Link, Site
from ketenwijs.domain.chains.part import freeze
from ketenwijs.domain.chains.rules.way import tiers_of
from ketenwijs.domain.chains.selectors import chain_in, chains_in, coverage_in
from ketenwijs.domain.chains.selectors.chains import mapped
from ketenwijs.domain.chains.services import FurtherValues, SiteValues
from ketenwijs.domain.chains.tests.factories import (
    NEXT_YEAR,
    YEAR,
    add,
    example_agreement,
    member,
    opened,
    sign_in,
    values,
    worker,
)
from ketenwijs.domain.chains.tests.test_pages import address
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.ui.errors import DomainError

pytestmark = pytest.mark.django_db

SECOND = FurtherValues(kind="quarry", name="Quarry 9", place="Kolar, Karnataka")
PORT = FurtherValues(kind="port", name="Chennai", country="IN")
HOME = FurtherValues(kind="home_work_area", name="Three villages", country="IN", source="visit of the agent")


@pytest.fixture
def membership():
    return member(example_agreement())


@pytest.fixture
def viewer(membership, client):
    somebody = worker(membership.organisation, "company_user")
    sign_in(client, somebody)
    client.cookies["django_language"] = "en"
    with fenced_for(somebody), translation.override("en"):
        yield somebody


@pytest.fixture
def workspace(viewer, membership):
    return opened(viewer, membership)


def only(workspace):
    (one,) = chains_in(workspace)
    return one


def test_places_stand_in_the_order_of_the_way_with_the_quarry_furthest():
    assert tiers_of(["quarry", "factory"]) == {"factory": 1, "quarry": 2}
    assert tiers_of(["factory", "port", "quarry", "home_work_area", "quarry"]) == {
        "port": 1, "factory": 2, "home_work_area": 3, "quarry": 4,
    }  # fmt: skip


def test_a_kind_that_is_not_in_the_order_stands_before_the_quarry():
    assert tiers_of(["quarry", "factory", "wash house"])["wash house"] == 2


def test_further_places_are_kept_with_the_chain(viewer, workspace):
    chain = add(viewer, workspace, further=(SECOND, PORT, HOME))
    one = only(workspace)
    assert [(step.kind, step.site.name) for step in one.further] == [
        ("port", "Chennai"), ("home_work_area", "Three villages"), ("quarry", "Quarry 9"),
    ]  # fmt: skip
    assert one.further[1].source == "visit of the agent"
    assert list(chain.links.order_by("tier", "position").values_list("tier", "kind", "position")) == [
        (1, "port", 0), (2, "factory", 0), (3, "home_work_area", 0), (4, "quarry", 0), (4, "quarry", 1),
    ]  # fmt: skip


def test_a_second_quarry_lies_in_the_country_of_origin_unless_another_is_said(viewer, workspace):
    elsewhere = FurtherValues(kind="quarry", name="Across the border", country="NP")
    add(viewer, workspace, further=(SECOND, elsewhere))
    assert [step.site.country for step in only(workspace).further] == ["IN", "NP"]


def test_a_second_quarry_is_named_in_public_only_where_the_first_may_be(viewer, workspace):
    add(viewer, workspace, quarry=SiteValues(name="Quarry 8", may_name_area=False), further=(SECOND,))
    assert set(Link.objects.filter(kind="quarry").values_list("may_name_area", flat=True)) == {False}


def test_one_unknown_source_among_several_is_a_gap(viewer, workspace):
    add(viewer, workspace, further=(SECOND, FurtherValues(kind="quarry")))
    coverage = coverage_in(workspace)
    assert (coverage.quarries.number.known, coverage.factories.number.known) == (0, 1)


def test_changing_a_chain_without_its_further_places_leaves_them(viewer, workspace):
    chain = add(viewer, workspace, further=(SECOND, PORT))
    services.change_chain(actor=viewer, workspace=workspace, chain=chain, version=1, values=values(tonnes=Decimal(9)))
    assert len(only(workspace).further) == 2


def test_taking_a_place_off_the_way_closes_the_gap(viewer, workspace):
    chain = add(viewer, workspace, further=(PORT, SECOND))
    changed = values(further=(SECOND,))
    services.change_chain(actor=viewer, workspace=workspace, chain=chain, version=1, values=changed)
    assert list(chain.links.order_by("tier", "position").values_list("tier", "kind")) == [
        (1, "factory"), (2, "quarry"), (2, "quarry"),
    ]  # fmt: skip
    assert Site.objects.filter(name="Chennai").exists(), "what was once known of a place stays"


@pytest.mark.parametrize(
    "further",
    [
        (FurtherValues(kind="moon", name="x"),),
        (FurtherValues(kind="port", country="XX"),),
        (FurtherValues(kind="port", name="x" * 201),),
        (PORT,) * 21,
    ],
)
def test_a_place_that_cannot_be_is_refused_and_nothing_is_kept(viewer, workspace, further):
    with pytest.raises(DomainError):
        add(viewer, workspace, further=further)
    assert not Chain.objects.exists()


def test_a_band_counts_only_where_no_figure_is_known(viewer, workspace):
    add(viewer, workspace, supplier="Rough", tonnes=None, band="from_10")
    add(viewer, workspace, supplier="Exact", tonnes=Decimal(3), band="from_10")
    assert {one.supplier: (one.tonnes, one.band) for one in chains_in(workspace)} == {
        "Rough": (None, "from_10"),
        "Exact": (Decimal("3.000"), ""),
    }
    assert coverage_in(workspace).quarries.tonnes.without_figure == 1, "a band is no figure"


def test_an_unknown_band_is_refused_with_the_field_named(viewer, workspace):
    with pytest.raises(DomainError) as refusal:
        add(viewer, workspace, tonnes=None, band="heaps")
    assert "band" in refusal.value.fields


def test_a_name_in_local_script_stands_beside_the_other_and_makes_no_second_place(viewer, workspace):
    add(viewer, workspace, quarry=SiteValues(name="Kolar quarry", local_name="कोलार खदान"))
    add(viewer, workspace, supplier="Other", quarry=SiteValues(name="Kolar quarry"))
    assert list(Site.objects.filter(kind="quarry").values_list("local_name", flat=True)) == ["कोलार खदान"]


def test_next_year_takes_places_band_and_source_along(viewer, membership, workspace):
    add(viewer, workspace, tonnes=None, band="from_50", further=(SECOND, HOME))
    following = opened(viewer, membership, NEXT_YEAR)
    services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR)
    one = only(following)
    assert (one.band, len(one.further), one.further[0].source) == ("from_50", 2, "visit of the agent")


def test_what_is_handed_in_holds_every_place(viewer, workspace):
    add(viewer, workspace, further=(SECOND, PORT))
    (kept,) = freeze(workspace)["chains"]
    assert [step["kind"] for step in kept["steps"]] == ["factory", "quarry", "port", "quarry"]


def typed(**more):
    whole = {
        "version": 0, "supplier": "Kolar Stone", "country": "IN", "material": "granite", "factory_name": "Unit 1",
        "further-TOTAL_FORMS": 1, "further-INITIAL_FORMS": 0, "further-0-kind": "yard", "further-0-name": "Yard 3",
    }  # fmt: skip
    return {**whole, **more}


def test_the_form_adds_a_place_and_offers_room_for_one_more(client, viewer, workspace):
    answer = client.post(address("add", workspace), typed(place="1"))
    one = only(opened(viewer, workspace.membership))
    assert answer.url.endswith(f"/{one.pk}/#places")
    page = client.get(address("change", workspace, one.pk)).content.decode()
    assert 'name="further-1-kind"' in page and "Yard 3" in page


def test_a_place_without_its_kind_keeps_what_was_typed_and_saves_nothing(client, viewer, workspace):
    page = client.post(address("add", workspace), typed(**{"further-0-kind": ""}))
    assert "Choose what kind of place this is" in page.content.decode()
    assert "Yard 3" in page.content.decode()
    assert not Chain.objects.exists()


def test_emptying_a_place_in_the_form_takes_it_off(client, viewer, workspace):
    chain = add(viewer, workspace, further=(PORT,))
    data = typed(version=1, **{"further-INITIAL_FORMS": 1, "further-0-kind": "", "further-0-name": ""})
    assert client.post(address("change", workspace, chain.pk), data).status_code == 302
    assert mapped(chain_in(opened(viewer, workspace.membership), chain.pk)).further == ()


def test_the_list_shows_further_places_and_bands_in_words(client, viewer, workspace):
    add(viewer, workspace, tonnes=None, band="from_10", further=(SECOND, HOME))
    page = client.get(address("overview", workspace)).content.decode()
    assert "10 to 50 tonnes" in page
    assert "Quarry 9" in page and "home-work area" in page
