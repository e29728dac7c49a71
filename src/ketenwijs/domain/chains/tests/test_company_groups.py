"""Who counts: company groups, not firms; and which numbers an earlier release forbids (cases 37 and 40)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import override_settings
from django.urls import reverse

from ketenwijs.domain.agreements import services as agreements
from ketenwijs.domain.agreements.selectors import report_year
from ketenwijs.domain.agreements.tests.factories import ROBOT
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.publications import areas_from, frozen_areas
from ketenwijs.domain.chains.rules.areas import AreaSource, AreaTerms, quarry_areas
from ketenwijs.domain.chains.rules.populations import Behind, groups_apart, too_close
from ketenwijs.domain.chains.selectors import areas_preview
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import (
    DAY,
    NEXT_YEAR,
    YEAR,
    add,
    example_agreement,
    member,
    opened,
    sign_in,
    staff,
    worker,
)
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.publishing.models import FrozenInputs
from ketenwijs.foundation.publishing.selectors import is_reproduced

TERMS = AreaTerms(names=True, minimum=5)


def used(members: range, group: int | None = None) -> list[AreaSource]:
    return [AreaSource(number, "IN", "Kolar", True, group) for number in members]


def numbers(sources, terms=TERMS, withheld=()):
    (country,) = quarry_areas(sources, terms, withheld)
    return country.members, dict(country.numbers)


def test_four_groups_five_firms_of_one_holding_and_five_independent_firms():
    assert numbers(used(range(4))) == (None, {})
    assert numbers(used(range(5), group=1)) == (None, {})
    assert numbers(used(range(4)) + used(range(4, 9), group=4)) == (9, {"Kolar": 9})
    assert numbers(used(range(5))) == (5, {"Kolar": 5})


def test_an_area_named_from_three_groups_on_is_not_named_for_three_firms_of_one_holding():
    (country,) = quarry_areas(used(range(3), group=1), AreaTerms(names=True, minimum=5, named_from=3))
    assert (country.areas, country.has_rest) == ((), True)


def test_a_number_that_must_stay_hidden_hides_a_second_one_with_it():
    others = [replace(one, area="Hospet") for one in used(range(8))]
    salem = [replace(one, area="Salem") for one in used(range(9))]
    assert numbers(used(range(6)) + others + salem, withheld={("IN", "kolar")}) == (9, {"Salem": 9})
    assert numbers(used(range(6)), withheld={("IN", "")})[0] is None


def test_two_populations_are_compared_by_groups_and_without_marks_by_number():
    def marked(*marks):
        return Behind(len(marks), frozenset(marks))

    now, day, later = marked("a", "b", "c", "d", "e", "f"), date(2025, 1, 1), date(2026, 1, 1)
    one_left = marked("a", "b", "c", "d", "e", "f", "g")
    assert groups_apart(now, one_left, {}) == 1
    assert groups_apart(now, one_left, {"f": 1, "g": 1}) == 0
    assert groups_apart(now, marked("a", "b", "c", "d", "e", "x"), {}) == 2
    assert groups_apart(now, Behind(7), {}) == 1
    assert too_close(now, [(later, one_left), (day, one_left)], {}, 5) == day
    assert too_close(now, [(day, now), (later, marked(*"hijklmn"))], {}, 5) is None


def test_inputs_of_rules_one_give_the_list_they_gave():
    inputs = {
        "rules": 1, "agreement": "example", "year": YEAR, "as_of": "2025-01-01", "is_example": True,
        "terms": {"names": True, "minimum": 5, "named_from": 1},
        "sources": [[number, "IN", "Kolar", True] for number in range(1, 6)],
    }  # fmt: skip
    assert areas_from(inputs).countries[0].numbers == {"Kolar": 5}
    fresh = frozen_areas(used(range(5), group=3), TERMS, agreement="example", year=YEAR, as_of=DAY, is_example=True)
    assert (fresh["rules"], areas_from(fresh).countries[0].members) == (2, None)


@pytest.fixture
def agreement(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True
    return example_agreement()


def firm(agreement, name, year=YEAR):
    membership = member(agreement, name)
    bring(membership, year)
    return membership


def bring(membership, year):
    somebody = worker(membership.organisation, name=f"{membership.organisation.name} {year}")
    with fenced_for(somebody):
        add(somebody, opened(somebody, membership, year), "Supplier", quarry=SiteValues(name="Q 8", place="Kolar"))


def release(agreement, code=YEAR, day=DAY):
    lead = staff(agreement, name=f"lead {code} {day}")
    with fenced_for(lead):
        return services.publish_areas(actor=lead, agreement=agreement, year=report_year(agreement, code), today=day)


def preview(agreement, code=YEAR):
    lead = staff(agreement, name=f"looking {code}")
    with fenced_for(lead):
        return areas_preview(lead, agreement, report_year(agreement, code))


def told(copy):
    (country,) = copy.payload["countries"]
    return country["members"], country["numbers"]


@pytest.mark.django_db
def test_firms_of_one_holding_are_hidden_until_enough_independent_ones_are_there(agreement):
    firms = [firm(agreement, f"Firm {number}").organisation for number in range(5)]
    Organisation.objects.filter(pk__in=[one.pk for one in firms]).update(holding="Groep Noord")
    (country,) = preview(agreement).countries
    assert (country.members, dict(country.numbers)) == (None, {})
    Organisation.objects.filter(pk__in=[one.pk for one in firms[:4]]).update(holding="")
    lead = staff(agreement)
    with fenced_for(lead):
        (country,) = areas_preview(lead, agreement, report_year(agreement, YEAR)).countries
    assert (country.members, dict(country.numbers)) == (5, {"Kolar": 5})


@pytest.mark.django_db
def test_next_year_with_one_leaver_the_number_is_hidden_and_staff_read_why(client, agreement):
    memberships = [firm(agreement, f"Firm {number}") for number in range(8)]
    first = release(agreement)
    assert told(first) == (8, {"Kolar": 8})
    for one in memberships[1:]:
        bring(one, NEXT_YEAR)
    second = release(agreement, NEXT_YEAR, date(2026, 10, 15))
    assert told(second) == (None, {})
    assert [is_reproduced(one) for one in (first, second)] == [True, True]
    sign_in(client, staff(agreement, name="reader"))
    page = client.get(reverse("chains:areas", args=[agreement.slug, NEXT_YEAR])).content.decode()
    assert "2 numbers are hidden because of an earlier list" in page and "Oct. 15, 2025" in page


@pytest.mark.django_db
def test_the_same_members_or_five_others_are_told_and_a_third_year_looks_at_every_release(agreement):
    memberships = [firm(agreement, f"Firm {number}") for number in range(10)]
    release(agreement)
    for one in memberships[:5]:
        bring(one, NEXT_YEAR)
    assert told(release(agreement, NEXT_YEAR, date(2026, 10, 15))) == (5, {"Kolar": 5})
    bring(memberships[5], NEXT_YEAR)
    # Four groups fewer than in the first release, one more than in the second: the first is named.
    assert preview(agreement, NEXT_YEAR).withheld == {("IN", ""): DAY, ("IN", "kolar"): DAY}


@pytest.mark.django_db
def test_a_holding_that_is_recorded_later_is_no_change_of_who_takes_part(agreement):
    firms = [firm(agreement, f"Firm {number}").organisation for number in range(8)]
    release(agreement)
    Organisation.objects.filter(pk__in=[one.pk for one in firms[:2]]).update(holding="Groep Noord")
    found = preview(agreement)
    assert (found.withheld, found.countries[0].members) == ({}, 8)


@pytest.mark.django_db
def test_after_another_key_and_for_releases_of_before_only_the_numbers_are_compared(agreement):
    for number in range(8):
        firm(agreement, f"Firm {number}")
    copy = release(agreement)
    inputs = FrozenInputs.objects.get(publication=copy).inputs
    assert len(inputs["marks"]["of"]) == 8 and inputs["rules"] == 2
    with override_settings(SECRET_KEY="another key of this installation, long enough"):
        assert preview(agreement).withheld == {}
        firm(agreement, "Firm 9")
        lead = staff(agreement, name="again")
        with fenced_for(lead):
            found = areas_preview(lead, agreement, report_year(agreement, YEAR))
        assert set(found.withheld) == {("IN", ""), ("IN", "kolar")}


@pytest.mark.django_db
def test_a_member_that_left_the_agreement_is_known_again(agreement):
    memberships = [firm(agreement, f"Firm {number}") for number in range(8)]
    release(agreement)
    year = report_year(agreement, YEAR)
    agreements.leave(actor=ROBOT, membership=memberships[0], left_on=year.starts_on.replace(month=1), reason="closed")
    assert set(preview(agreement).withheld.values()) == {DAY}
