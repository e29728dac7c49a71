"""Locations are corrected, numbered, closed, moved, merged and split; old numbers keep resolving, frozen reports stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ketenwijs.domain.chains import part, selectors, services
from ketenwijs.domain.chains.rules.numbers import fault_of_number, plain_number
from ketenwijs.domain.chains.services import LocationValues
from ketenwijs.domain.chains.tests.factories import opened
from ketenwijs.domain.chains.tests.register import TODAY, register_of
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 1)
NEW = LocationValues(kind="quarry", name="Hill 9", place="Kolar, Karnataka", country="IN")


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def register():
    found = register_of()
    with fenced_for(found.lead):
        yield found


@pytest.fixture
def does(register):
    """The lead acts in the agreement."""
    return {"actor": register.lead, "agreement": register.agreement}


def again(register, location):
    return selectors.location_for(register.lead, register.agreement, location.pk)


def history(register, location):
    return [one.what for one in selectors.changes_of(register.lead, register.agreement, location)]


def test_a_correction_keeps_what_stood_there_and_refuses_an_outdated_page(register, does):
    location = register.register()
    values = replace(NEW, other_names=("राजेश्वरी",), latitude=Decimal("13.13712"), longitude=Decimal("78.1339"))
    services.change_location(**does, location=location, version=location.version, values=values)
    found = again(register, location)
    assert (found.name, found.other_names, found.latitude) == ("Hill 9", ["राजेश्वरी"], Decimal("13.13712"))
    change = selectors.changes_of(register.lead, register.agreement, found)[0]
    assert change.details["name"] == "Rajeshwari Granite Quarry"
    with pytest.raises(StaleVersion):
        services.change_location(**does, location=location, version=location.version, values=NEW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "moon"}, "kind"),
        ({"country": "XX"}, "country"),
        ({"latitude": Decimal(95), "longitude": Decimal(1)}, "latitude"),
        ({"latitude": Decimal(5)}, "longitude"),
        ({"other_names": tuple(str(n) for n in range(21))}, "other_names"),
    ],
)
def test_wrong_values_are_refused_by_field(register, does, wrong, field):
    location = register.register()
    with pytest.raises(DomainError) as refusal:
        services.change_location(**does, location=location, version=1, values=replace(NEW, **wrong))
    assert field in refusal.value.fields


def test_a_location_is_found_by_its_local_name(register, does):
    location = register.register()
    services.change_location(
        **does, location=location, version=1, values=replace(NEW, name="राजेश्वरी ग्रेनाइट", other_names=(location.name,))
    )
    site = register.firms[1].site
    best = selectors.proposals_for(register.lead, register.agreement, [site])[site.pk][0]
    assert best.location == location


@pytest.mark.parametrize(
    ("scheme", "right", "wrong"),
    [
        ("os_id", "CN2021250D1DTN7", "CN21"),
        ("lei", "724500VKKSH9QOLTFR81", "724500VKKSH9QOLTFR82"),
        ("gln", "5412345000013", "5412345000014"),
        ("licence", "QL/2021-77", "x" * 61),
        ("unknown", "", "1"),
    ],
)
def test_a_number_has_the_shape_and_check_digit_of_its_scheme(scheme, right, wrong):
    assert fault_of_number(scheme, plain_number(scheme, wrong))
    if right:
        assert fault_of_number(scheme, plain_number(scheme, f" {right} ")) is None


def test_a_number_stands_once_in_the_register_and_not_in_the_future(register, does):
    location, other = register.register(), register.register(1)
    given = {"scheme": "licence", "value": "QL 77", "today": TODAY}
    services.add_number(**does, location=location, checked_on=DAY, **given)
    for wrong in ({"location": other, "checked_on": DAY}, {"location": other, "checked_on": date(2025, 12, 1)}):
        with pytest.raises(DomainError):
            services.add_number(**does, **wrong, **given)
    assert selectors.location_by_number(register.lead, register.agreement, "licence", "QL 77") == location


def test_a_merge_makes_one_of_two_and_can_be_undone(register, does):
    gone, kept = register.register(), register.register(1)
    services.add_number(**does, location=gone, scheme="licence", value="QL 77", checked_on=DAY, today=TODAY)
    services.merge_locations(**does, gone=gone, kept=kept)
    (one,) = selectors.locations_of(register.lead, register.agreement)
    assert (one, one.members) == (kept, 2)
    assert selectors.location_by_number(register.lead, register.agreement, "licence", "QL 77") == kept
    assert [one.value for one in selectors.numbers_of(register.lead, register.agreement, again(register, kept))] == [
        "QL 77"
    ]
    services.undo_merge(**does, location=gone)
    assert [one.members for one in selectors.locations_of(register.lead, register.agreement)] == [1, 1]
    assert selectors.location_by_number(register.lead, register.agreement, "licence", "QL 77") == gone
    assert history(register, again(register, gone)) == ["unmerged", "merged", "numbered", "registered"]
    with pytest.raises(DomainError):
        services.undo_merge(**does, location=gone)


def test_a_merge_of_merges_is_undone_step_by_step():
    found = register_of(firms=3)
    with fenced_for(found.lead):
        does = {"actor": found.lead, "agreement": found.agreement}
        one, two, three = (found.register(number) for number in range(3))
        services.merge_locations(**does, gone=one, kept=two)
        services.merge_locations(**does, gone=again(found, two), kept=three)
        assert again(found, one).current == three
        services.undo_merge(**does, location=two)
        assert again(found, one).current == two
        assert {row.pk: row.members for row in selectors.locations_of(found.lead, found.agreement)} == {
            two.pk: 2,
            three.pk: 1,
        }


def test_a_location_is_not_merged_with_itself_with_another_kind_or_twice(register, does):
    one, other = register.register(), register.register(1)
    with pytest.raises(DomainError):
        services.merge_locations(**does, gone=one, kept=one)
    services.change_location(**does, location=other, version=1, values=replace(NEW, kind="factory"))
    with pytest.raises(DomainError):
        services.merge_locations(**does, gone=one, kept=other)
    services.change_location(**does, location=other, version=2, values=NEW)
    services.merge_locations(**does, gone=one, kept=other)
    with pytest.raises(DomainError):
        services.merge_locations(**does, gone=one, kept=other)


def test_a_proposal_leads_to_the_location_that_stands_for_a_merged_one(register, does):
    gone = register.register()
    kept = services.move_location(**does, location=gone, version=1, on=DAY, values=replace(NEW, name="Elsewhere"))
    services.merge_locations(**does, gone=again(register, gone), kept=kept)
    site = register.firms[1].site
    assert [o.location for o in selectors.proposals_for(register.lead, register.agreement, [site])[site.pk]] == [kept]
    assert register.match(1, again(register, gone)).shared == kept


def test_what_was_frozen_at_hand_in_is_untouched_by_a_merge(register, does):
    firm = register.firms[0]
    gone, kept = register.register(), register.register(1)
    with fenced_for(firm.viewer):
        frozen = part.freeze(opened(firm.viewer, firm.membership))
        services.close_year(actor=firm.viewer, workspace=opened(firm.viewer, firm.membership))
    services.merge_locations(**does, gone=gone, kept=kept)
    with fenced_for(firm.viewer):
        assert part.freeze(opened(firm.viewer, firm.membership)) == frozen
    assert frozen["chains"][0]["steps"][1]["name"] == "Rajeshwari Granite Quarry"
    assert selectors.locations_of(register.lead, register.agreement).get().members == 2


def test_a_split_gives_some_sites_a_location_of_their_own(register, does):
    location = register.shared_by_all()
    matches = list(selectors.decisions_of(register.lead, register.agreement).values_list("pk", flat=True))
    here = {**does, "location": location, "version": 1, "values": NEW}
    for wrong in ([], matches, [*matches[:1], 999_999]):
        with pytest.raises(DomainError):
            services.split_location(**here, matches=wrong)
    made = services.split_location(**here, matches=matches[:1])
    assert {one.pk: one.members for one in selectors.locations_of(register.lead, register.agreement)} == {
        location.pk: 1,
        made.pk: 1,
    }
    undone = selectors.decisions_of(register.lead, register.agreement).get(pk=matches[0])
    assert undone.undone_at is not None
    assert history(register, again(register, location))[0] == "split"


def test_closing_and_moving_keep_matches_and_numbers_and_can_be_taken_back(register, does):
    location = register.shared_by_all()
    services.close_location(**does, location=location, version=1, on=DAY)
    closed = again(register, location)
    assert (closed.state, closed.state_on) == ("closed", DAY)
    assert selectors.locations_of(register.lead, register.agreement).get().members == 2
    with pytest.raises(DomainError):
        services.close_location(**does, location=location, version=2, on=DAY)
    services.reopen_location(**does, location=location, version=2)
    made = services.move_location(**does, location=location, version=3, on=DAY, values=replace(NEW, place="Hospet"))
    moved = again(register, location)
    assert (moved.state, moved.moved_to) == ("moved", made)
    services.reopen_location(**does, location=location, version=4)
    assert again(register, location).moved_to is None
    with pytest.raises(DomainError):
        services.reopen_location(**does, location=location, version=5)


def test_locations_that_look_alike_are_offered_for_a_merge(register):
    one, other = register.register(), register.register(1)
    assert [found.location for found in selectors.doubles_of(register.lead, register.agreement, one)] == [other]
