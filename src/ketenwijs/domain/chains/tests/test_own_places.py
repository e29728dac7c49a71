"""A firm's own places: names, coordinates, numbers, people whom no register knows, and two that are one."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.models import Chain, Link, PeopleGroup, Site, SiteNumber
from ketenwijs.domain.chains.part import freeze
from ketenwijs.domain.chains.selectors import chains_in, look_alikes, own_site, own_sites, sheet_of
from ketenwijs.domain.chains.services import PeopleValues, SiteValues
from ketenwijs.domain.chains.tests.factories import (
    NEXT_YEAR,
    YEAR,
    add,
    confirmed,
    csv_of,
    example_agreement,
    member,
    opened,
    sign_in,
    staff,
    taken_in,
    worker,
)
from ketenwijs.domain.chains.tests.test_pages import address
from ketenwijs.domain.reference.selectors import may_lie_in
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2025, 10, 15)
KOLAR = (Decimal("13.13712"), Decimal("78.13410"))
HOME_WORKERS = PeopleValues("home_workers", 20, 40, "counted by the agent in May")


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def membership(agreement):
    return member(agreement)


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


def named(name):
    return Site.objects.get(name=name)


def describe(viewer, workspace, site, *coordinates, local_name=""):
    latitude, longitude = coordinates or (None, None)
    return services.describe_site(
        actor=viewer, workspace=workspace, site=site, local_name=local_name, latitude=latitude, longitude=longitude
    )


def two_spellings(viewer, workspace):
    add(viewer, workspace, supplier="One", quarry=SiteValues(name="Ambika Granite Quarry", place="Kolar, Karnataka"))
    add(viewer, workspace, supplier="Two", quarry=SiteValues(name="Ambica Granit Quary", place="Kolar, Karnataka"))
    return named("Ambika Granite Quarry"), named("Ambica Granit Quary")


def merge(viewer, workspace, gone, kept):
    return services.merge_sites(actor=viewer, workspace=workspace, gone=gone, kept=kept)


def test_name_in_local_script_and_coordinates_are_kept(viewer, workspace):
    add(viewer, workspace)
    describe(viewer, workspace, named("Quarry 8"), *KOLAR, local_name=" कोलार   खदान ")
    kept = named("Quarry 8")
    assert (kept.local_name, kept.latitude, kept.longitude) == ("कोलार खदान", *KOLAR)
    assert JournalEntry.objects.filter(event="chains.site.described").exists()


@pytest.mark.parametrize(
    ("coordinates", "field"),
    [
        ((KOLAR[0], None), "longitude"),
        ((Decimal(95), Decimal(78)), "latitude"),
        ((KOLAR[1], KOLAR[0]), "latitude"),
        ((-KOLAR[0], KOLAR[1]), "latitude"),
    ],
    ids=["only one", "off the earth", "swapped", "wrong sign"],
)
def test_coordinates_that_cannot_be_are_refused_with_the_field_named(viewer, workspace, coordinates, field):
    add(viewer, workspace)
    with pytest.raises(DomainError) as refusal:
        describe(viewer, workspace, named("Quarry 8"), *coordinates)
    assert field in refusal.value.fields
    assert named("Quarry 8").latitude is None


def test_a_country_without_an_outline_refuses_no_coordinates():
    assert may_lie_in("XX", 1, 1) and may_lie_in("", 1, 1)
    assert may_lie_in("NL", 52.1, 5.3) and not may_lie_in("NL", 5.3, 52.1)


def test_a_number_is_kept_with_the_day_it_was_looked_up_and_once(viewer, workspace):
    add(viewer, workspace)
    for day in (date(2025, 5, 1), date(2025, 9, 1)):
        services.keep_number(
            actor=viewer, workspace=workspace, site=named("Quarry 8"), scheme="licence", value="KA-117", checked_on=day,
            today=TODAY,
        )  # fmt: skip
    assert list(SiteNumber.objects.values_list("scheme", "value", "checked_on")) == [
        ("licence", "KA-117", date(2025, 9, 1))
    ]


@pytest.mark.parametrize(
    ("value", "day", "field"),
    [("not an lei", TODAY, "value"), ("529900T8BM49AURSDO55", date(2025, 10, 16), "checked_on")],
)
def test_a_number_that_cannot_be_is_refused(viewer, workspace, value, day, field):
    add(viewer, workspace)
    with pytest.raises(DomainError) as refusal:
        services.keep_number(
            actor=viewer, workspace=workspace, site=named("Quarry 8"), scheme="lei", value=value, checked_on=day,
            today=TODAY,
        )  # fmt: skip
    assert field in refusal.value.fields
    assert not SiteNumber.objects.exists()


def test_people_are_kept_as_a_range_of_the_year_with_how_one_knows(viewer, membership, workspace):
    add(viewer, workspace)
    site = named("Quarry 8")
    services.keep_people(actor=viewer, workspace=workspace, site=site, values=HOME_WORKERS)
    more = PeopleValues("home_workers", 30, None, "counted again")
    services.keep_people(actor=viewer, workspace=workspace, site=site, values=more)
    services.keep_people(actor=viewer, workspace=opened(viewer, membership, NEXT_YEAR), site=site, values=HOME_WORKERS)
    assert list(PeopleGroup.objects.order_by("year").values_list("year", "at_least", "at_most")) == [
        (YEAR, 30, None), (NEXT_YEAR, 20, 40),
    ]  # fmt: skip
    entry = JournalEntry.objects.filter(event="chains.people.kept").first()
    assert "counted" not in str(entry.__dict__), "the words stay out of the journal"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "ghosts"}, "kind"),
        ({"at_least": 50}, "at_most"),
        ({"at_least": -1}, "at_least"),
        ({"how_known": "  "}, "how_known"),
        ({"how_known": "x" * 301}, "how_known"),
    ],
)
def test_a_group_that_cannot_be_is_refused_with_the_field_named(viewer, workspace, changes, field):
    add(viewer, workspace)
    wrong = PeopleValues(**{**HOME_WORKERS.__dict__, **changes})
    with pytest.raises(DomainError) as refusal:
        services.keep_people(actor=viewer, workspace=workspace, site=named("Quarry 8"), values=wrong)
    assert field in refusal.value.fields
    assert not PeopleGroup.objects.exists()


def test_two_spellings_are_proposed_and_one_place_is_one_from_then_on(viewer, workspace):
    one, other = two_spellings(viewer, workspace)
    (pair,) = look_alikes(workspace)
    assert {pair.one, pair.other} == {one, other}
    assert merge(viewer, workspace, other, one) == 1
    again = opened(viewer, workspace.membership)
    assert {chain.quarry.site.name for chain in chains_in(again)} == {"Ambika Granite Quarry"}
    assert look_alikes(again) == []
    assert other not in own_sites(again)


def test_next_years_sheet_may_still_write_the_old_name(viewer, membership, workspace):
    one, other = two_spellings(viewer, workspace)
    merge(viewer, workspace, other, one)
    following = opened(viewer, membership, NEXT_YEAR)
    rows = [("Two", "India", "graniet", 7, "Unit 1", "Ambica Granit Quary", "Kolar, Karnataka")]
    confirmed(viewer, following, taken_in(viewer, following, csv_of(rows)))
    assert [chain.quarry.site.name for chain in chains_in(following)] == ["Ambika Granite Quarry"]


def test_the_old_name_in_a_sheet_of_the_same_year_is_the_chain_that_is_there(viewer, workspace):
    one, other = two_spellings(viewer, workspace)
    merge(viewer, workspace, other, one)
    Link.objects.filter(kind="factory").update(site=None)
    rows = [("Two", "India", "graniet", 7, "", name, "Kolar, Karnataka") for name in ("AMBICA granit quary", one.name)]
    here = opened(viewer, workspace.membership)
    result = confirmed(viewer, here, taken_in(viewer, here, csv_of(rows)))
    assert (result["new"], result["changed"]) == (0, 1)
    assert Chain.objects.get(supplier__name="Two").tonnes == Decimal("26.500")


def test_a_year_that_was_handed_in_stays_as_it_was(viewer, membership, workspace):
    one, other = two_spellings(viewer, workspace)
    services.close_year(actor=viewer, workspace=workspace)
    following = opened(viewer, membership, NEXT_YEAR)
    services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR)
    assert merge(viewer, following, other, one) == 1
    past = Link.objects.filter(kind="quarry", chain__year=YEAR).values_list("site__name", flat=True)
    assert set(past) == {"Ambika Granite Quarry", "Ambica Granit Quary"}
    now = Link.objects.filter(kind="quarry", chain__year=NEXT_YEAR).values_list("site__name", flat=True)
    assert set(now) == {"Ambika Granite Quarry"}


def test_in_a_year_that_was_handed_in_nothing_is_merged(viewer, workspace):
    one, other = two_spellings(viewer, workspace)
    services.close_year(actor=viewer, workspace=workspace)
    with pytest.raises(DomainError, match="handed in"):
        merge(viewer, opened(viewer, workspace.membership), other, one)
    assert named("Ambica Granit Quary").merged_into is None


def test_a_merge_that_would_make_two_chains_one_is_refused_and_changes_nothing(viewer, workspace):
    for name in ("Ambika Granite Quarry", "Ambica Granit Quary"):
        add(viewer, workspace, quarry=SiteValues(name=name, place="Kolar, Karnataka"))
    with pytest.raises(DomainError, match="would be the same"):
        merge(viewer, workspace, named("Ambica Granit Quary"), named("Ambika Granite Quarry"))
    assert set(Link.objects.filter(kind="quarry").values_list("site__name", flat=True)) == {
        "Ambika Granite Quarry",
        "Ambica Granit Quary",
    }


def test_a_merge_can_be_taken_back(viewer, workspace):
    one, other = two_spellings(viewer, workspace)
    merge(viewer, workspace, other, one)
    services.undo_merge_of_sites(actor=viewer, workspace=workspace, site=other)
    names = Link.objects.filter(kind="quarry").values_list("site__name", flat=True)
    assert set(names) == {"Ambika Granite Quarry", "Ambica Granit Quary"}
    with pytest.raises(DomainError):
        services.undo_merge_of_sites(actor=viewer, workspace=workspace, site=other)


def test_a_quarry_and_a_factory_are_never_one(viewer, workspace):
    add(viewer, workspace)
    with pytest.raises(DomainError):
        merge(viewer, workspace, named("Quarry 8"), named("Unit 1"))


def test_two_places_that_were_kept_apart_are_not_proposed_again(viewer, workspace):
    one, other = two_spellings(viewer, workspace)
    services.keep_apart(actor=viewer, workspace=workspace, one=other, other=one)
    assert look_alikes(workspace) == []


def test_another_firms_place_is_not_found_and_staff_has_no_such_list(viewer, agreement, workspace):
    add(viewer, workspace)
    site = named("Quarry 8")
    elsewhere = member(agreement, "Voorbeeld Hardsteen BV")
    stranger = worker(elsewhere.organisation, name="stranger")
    with fenced_for(stranger):
        other = opened(stranger, elsewhere)
        assert list(own_sites(other)) == [] and own_site(other, site.pk) is None
        with pytest.raises(DomainError, match="not in your list"):
            describe(stranger, other, site, *KOLAR)
    lead = staff(agreement)
    with fenced_for(lead):
        for_staff = opened(lead, workspace.membership)
        assert list(own_sites(for_staff)) == [] and look_alikes(for_staff) == []
        assert own_site(for_staff, site.pk) is None
        with pytest.raises(NotAllowed):
            describe(lead, for_staff, site, *KOLAR)


def test_coordinates_and_local_names_of_a_sheet_come_to_the_places_and_wrong_ones_are_told_by_row(viewer, workspace):
    head = "Leverancier;Land;Steensoort;Ton;Groeve;Lokale naam;Breedtegraad;Lengtegraad"
    lines = ["Kolar;India;graniet;5;Quarry 8;कोलार;13.13712;78.13410", "Other;India;graniet;5;Quarry 9;;78.1;13.1"]
    upload = SimpleUploadedFile("inkoop.csv", "\r\n".join([head, *lines]).encode("utf-8"))
    batch = taken_in(viewer, workspace, upload)
    (fault,) = [one for one in sheet_of(batch).faults if one.code == "coordinates_elsewhere"]
    assert (fault.row, fault.params["country"]) == (3, "IN")
    confirmed(viewer, workspace, batch)
    assert (named("Quarry 8").latitude, named("Quarry 8").local_name) == (KOLAR[0], "कोलार")
    assert named("Quarry 9").latitude is None


def test_the_list_needs_the_same_queries_for_few_and_many(
    client, viewer, workspace, django_assert_max_num_queries, django_assert_num_queries
):
    add(viewer, workspace, supplier="S0")
    client.get(address("places", workspace))
    with django_assert_max_num_queries(25) as counted:
        client.get(address("places", workspace))
    for number in range(1, 20):
        add(viewer, workspace, supplier=f"S{number}", quarry=SiteValues(name=f"Pit {number * 7919}"))
    with django_assert_num_queries(len(counted)):
        client.get(address("places", workspace))


def test_the_page_keeps_what_was_typed_when_it_is_refused(client, viewer, workspace):
    add(viewer, workspace)
    target = address("place", workspace, named("Quarry 8").pk)
    page = client.post(target, {"what": "describe", "local_name": "खदान", "latitude": "78.1", "longitude": "13.1"})
    assert "These coordinates do not lie in India" in page.content.decode()
    assert "खदान" in page.content.decode()
    page = client.post(target, {"what": "people", "kind": "home_workers", "at_least": "5", "how_known": ""})
    assert PeopleGroup.objects.count() == 0 and 'value="5"' in page.content.decode()


def test_a_group_is_added_and_taken_away_on_the_page(client, viewer, workspace):
    add(viewer, workspace)
    target = address("place", workspace, named("Quarry 8").pk)
    typed = {"what": "people", "kind": "home_workers", "at_least": "5", "at_most": "9", "how_known": "the agent, May"}
    assert client.post(target, typed).status_code == 302
    assert "5 to 9" in client.get(target).content.decode()
    client.post(target, {"what": "drop_people", "pk": PeopleGroup.objects.get().pk})
    assert not PeopleGroup.objects.exists()


def test_one_press_makes_two_places_one(client, viewer, workspace):
    one, other = two_spellings(viewer, workspace)
    page = client.get(address("places", workspace)).content.decode()
    assert "One place or two?" in page
    client.post(address("places", workspace), {"what": "merge", "one": one.pk, "other": other.pk})
    assert named("Ambica Granit Quary").merged_into == one
    answer = client.post(address("places", workspace), {"what": "merge", "one": one.pk, "other": 10**9})
    assert answer.status_code == 404


def test_places_of_the_same_name_are_told_apart_on_the_buttons(client, viewer, workspace):
    area = SiteValues(place="Kolar, Karnataka")
    add(viewer, workspace, quarry=area, factory=SiteValues())
    add(viewer, workspace, "Another", country="CN", quarry=area, factory=SiteValues())
    page = client.get(address("places", workspace)).content.decode()
    assert "keep “Kolar, Karnataka” (India)" in page.replace("</button>", "") and "(China)" in page


def test_groups_are_part_of_what_is_handed_in_and_read_by_the_secretariat(client, viewer, agreement, workspace):
    add(viewer, workspace)
    services.keep_people(actor=viewer, workspace=workspace, site=named("Quarry 8"), values=HOME_WORKERS)
    (kept,) = freeze(workspace)["people"]
    assert (kept["site"], kept["kind"], kept["at_least"], kept["at_most"]) == ("Quarry 8", "home_workers", 20, 40)
    lead = staff(agreement)
    sign_in(client, lead)
    page = client.get(address("overview", workspace)).content.decode()
    assert "People who stand in no register" in page and "20 to 40" in page
