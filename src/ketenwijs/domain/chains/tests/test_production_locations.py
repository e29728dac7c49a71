"""The combined list of production locations: only where the agreement asks for it, on its day, without a firm."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements.selectors import report_year
from ketenwijs.domain.agreements.services import sync_agreements
from ketenwijs.domain.agreements.tests.factories import ROBOT, SLUG, agreement_content, checked, words
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.models import Chain
from ketenwijs.domain.chains.rules.locations import list_day, numbers_by_year
from ketenwijs.domain.chains.selectors.production import locations_preview
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import (
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
from ketenwijs.foundation.content.services import apply_checked
from ketenwijs.foundation.publishing.models import FrozenInputs, Publication
from ketenwijs.foundation.publishing.rules import inputs_checksum
from ketenwijs.foundation.publishing.selectors import is_reproduced
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2025, 7, 10), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def agreement():
    """The invented agreement, which asks for a list of factories on the fourth of July from two members on."""
    content = agreement_content()
    listed = {"site_kinds": ["factory"], "month": 7, "day": 4, "source": "test", "note": words("yearly list")}
    content["publication"] |= {"minimum_contributors": 2, "location_list": listed}
    result = checked(agreement=content)
    assert [str(fault) for fault in result.faults] == []
    apply_checked(actor=ROBOT, result=result)
    return next(one for one in sync_agreements(actor=ROBOT) if one.slug == SLUG)


@pytest.fixture
def lead(agreement):
    return staff(agreement)


@pytest.fixture
def year(agreement):
    return report_year(agreement, YEAR)


def firm(agreement, name, *factories, **changes):
    """A member with one chain for each factory."""
    membership = member(agreement, name)
    somebody = worker(membership.organisation, name=name.lower().replace(" ", "."))
    with fenced_for(somebody):
        workspace = opened(somebody, membership)
        chains = [
            add(
                somebody, workspace, f"Secret supplier {number} of {name}",
                factory=SiteValues(name=factory, place="Bangalore" if factory else "", country="IN", **changes),
            )
            for number, factory in enumerate(factories)
        ]  # fmt: skip
    return somebody, chains


def release(lead, agreement, year, day=DAY, **more):
    with fenced_for(lead):
        return services.publish_locations(actor=lead, agreement=agreement, year=year, today=day, **more)


def names(copy):
    return [one["name"] for one in copy.payload["locations"]]


def test_every_location_is_on_the_list_once_and_nothing_tells_whose_it_is(lead, agreement, year):
    firm(agreement, "Firm A", "Unit 1", "Unit 2")
    firm(agreement, "Firm B", "unit  1", "")
    copy = release(lead, agreement, year)
    assert [one.casefold() for one in names(copy)] == ["unit 1", "unit 2"]
    assert copy.payload["has_rest"] is True
    assert copy.payload["numbers"] == {"2025": 2}
    frozen = FrozenInputs.objects.get(publication=copy)
    assert not [
        word for word in ("Firm", "Secret", "tonnes", "12.5") if word in json.dumps([copy.payload, frozen.inputs])
    ]


def test_a_matched_location_stands_under_the_name_and_the_coordinates_of_the_register(lead, agreement, year):
    _somebody, (first,) = firm(agreement, "Firm A", "Unit One")
    _somebody, (second,) = firm(agreement, "Firm B", "Unit No. 1")
    with fenced_for(lead):
        one, other = (chain.links.get(kind="factory").site for chain in (first, second))
        location = services.register_sites(actor=lead, agreement=agreement, pks=[one.pk])[0]
        services.match_site(actor=lead, agreement=agreement, site=other, location=location)
        location.latitude, location.longitude = "12.97160", "77.59460"
        location.save()
    (listed,) = release(lead, agreement, year).payload["locations"]
    assert (listed["name"], listed["latitude"], listed["longitude"]) == ("Unit One", 12.9716, 77.5946)


def test_next_year_tells_what_is_new_and_what_is_gone_and_both_numbers(lead, agreement, year):
    somebody, chains = firm(agreement, "Firm A", "Unit 1", "Unit 2")
    firm(agreement, "Firm B", "Unit 1")
    first = release(lead, agreement, year)
    with fenced_for(somebody):
        Chain.objects.filter(pk=chains[1].pk).delete()
        add(somebody, opened(somebody, member_of(somebody)), "New", factory=SiteValues(name="Unit 3", country="IN"))
    second = release(lead, agreement, year, NEXT)
    assert second.effective_on == date(2026, 7, 4)
    assert second.payload["numbers"] == {"2025": 2, "2026": 2}
    assert second.payload["compared_with"] == first.effective_on.isoformat()
    assert [one["name"] for one in second.payload["removed"]] == ["Unit 2"]
    listed = {one["code"]: one["name"] for one in second.payload["locations"]}
    assert [listed[code] for code in second.payload["added"]] == ["Unit 3"]
    assert [is_reproduced(one) for one in Publication.objects.filter(kind=first.kind)] == [True, True]


def member_of(viewer):
    from ketenwijs.domain.agreements.models import Membership

    return Membership.objects.get(organisation=viewer.acting_for)


def test_a_site_a_member_does_not_want_named_is_part_of_the_rest_unless_another_names_it(lead, agreement, year):
    firm(agreement, "Firm A", "Unit 1", "Unit 2", may_name_area=False)
    firm(agreement, "Firm B", "Unit 1")
    firm(agreement, "Firm C", "Unit 4")
    copy = release(lead, agreement, year)
    assert (names(copy), copy.payload["has_rest"]) == (["Unit 1", "Unit 4"], True)


def test_too_few_members_nothing_unseen_and_nobody_but_the_lead(lead, agreement, year):
    firm(agreement, "Firm A", "Unit 1")
    with pytest.raises(DomainError, match="minimum is 2"):
        release(lead, agreement, year)
    firm(agreement, "Firm B", "Unit 2")
    with pytest.raises(StaleVersion):
        release(lead, agreement, year, seen="of another day")
    adviser = staff(agreement, "adviser")
    with fenced_for(adviser):
        assert locations_preview(adviser, agreement, year, DAY) is None
        with pytest.raises(NotAllowed):
            services.publish_locations(actor=adviser, agreement=agreement, year=year, today=DAY)


def test_an_agreement_that_does_not_ask_has_no_list(client):
    plain = example_agreement("example-cork")
    lead = staff(plain)
    with fenced_for(lead):
        assert locations_preview(lead, plain, report_year(plain, YEAR), DAY) is None
    sign_in(client, lead)
    assert client.get(reverse("chains:production", args=[plain.slug, YEAR])).status_code == 404
    assert "No agreement of yours" in client.get(reverse("chains:production_home")).content.decode()


def test_a_list_appears_on_its_day_or_at_once_when_that_is_past():
    assert list_day(date(2026, 6, 1), 7, 4) == date(2026, 7, 4)
    assert list_day(date(2026, 7, 5), 7, 4) == date(2026, 7, 5)
    assert numbers_by_year({"2025": 3, "2026": 4}, date(2026, 8, 1), 5) == {"2025": 3, "2026": 5}


def test_the_page_shows_and_publishes_in_a_steady_number_of_queries(client, lead, agreement):
    sign_in(client, lead)
    page = reverse("chains:production", args=[SLUG, YEAR])
    assert "No locations of this year yet" in client.get(page).content.decode()
    counts = []
    for number in (3, 9):
        for one in range(number):
            firm(agreement, f"Firm {number} {one}", f"Unit {number} {one}")
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
    assert "Unit 9 8" in answer.content.decode()
    client.post(reverse("chains:production_publish", args=[SLUG, YEAR]), {"seen": answer.context["fingerprint"]})
    assert len(Publication.objects.get(kind="chains.production_locations").payload["locations"]) == 12
    assert "No longer on the list" not in client.get(page).content.decode()


def test_firms_of_one_holding_count_once_for_the_minimum(lead, agreement, year):
    for name in ("Firm A", "Firm B"):
        firm(agreement, name, f"Unit of {name}")
    Organisation.objects.filter(name__startswith="Firm").update(holding="Groep Noord")
    with pytest.raises(DomainError, match="locations: 1. The minimum is 2"):
        release(lead, agreement, year)
    Organisation.objects.filter(name="Firm B").update(holding="")
    assert len(names(release(lead, agreement, year))) == 2


def test_a_list_that_shows_the_locations_of_one_that_came_is_blocked_and_the_page_says_why(
    client, lead, agreement, year
):
    firm(agreement, "Firm A", "Unit 1")
    firm(agreement, "Firm B", "Unit 2")
    first = release(lead, agreement, year)
    firm(agreement, "Firm C", "Unit 1")
    assert names(release(lead, agreement, year)) == names(first), "no other line, so nothing new is told"
    newcomer, _chains = firm(agreement, "Firm D", "Unit 3")
    with pytest.raises(DomainError, match="only a few company groups came or went"):
        release(lead, agreement, year)
    sign_in(client, lead)
    shown = client.get(reverse("chains:production", args=[SLUG, YEAR])).content.decode()
    assert "The list of before stays public" in shown and "Publish this list" not in shown
    Organisation.objects.filter(pk=newcomer.acting_for).update(holding="Firm C")
    with pytest.raises(DomainError, match="only a few company groups"):
        release(lead, agreement, year)
    firm(agreement, "Firm E", "Unit 4")
    firm(agreement, "Firm F", "Unit 5")
    copy = release(lead, agreement, year)
    assert "Unit 5" in names(copy) and is_reproduced(copy) is True


def test_lists_of_before_marks_still_come_out_and_are_compared_by_number(lead, agreement, year):
    firm(agreement, "Firm A", "Unit 1")
    firm(agreement, "Firm B", "Unit 2")
    first = release(lead, agreement, year)
    kept = dict(FrozenInputs.objects.get(publication=first).inputs)
    del kept["marks"]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publishing_frozeninputs SET inputs = %s, checksum = %s", [json.dumps(kept), inputs_checksum(kept)]
        )
    assert is_reproduced(Publication.objects.get(pk=first.pk)) is True
    firm(agreement, "Firm C", "Unit 3")
    with pytest.raises(DomainError, match="only a few company groups"):
        release(lead, agreement, year)
