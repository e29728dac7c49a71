"""Releasing quarry areas: what the preview shows is what is published, never a firm, a chain or a volume."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from ketenwijs.domain.agreements.selectors import report_year
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.selectors import areas_preview
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import (
    DAY,
    YEAR,
    add,
    example_agreement,
    member,
    opened,
    sign_in,
    staff,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.publishing.models import FrozenInputs, Publication
from ketenwijs.foundation.publishing.selectors import current, is_reproduced
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
KIND = "chains.quarry_areas"


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def year(agreement):
    return report_year(agreement, YEAR)


@pytest.fixture
def lead(agreement):
    somebody = staff(agreement)
    with fenced_for(somebody):
        yield somebody


def firm(agreement, name, *quarries, **changes):
    """A member with one chain per quarry place; an empty place is unknown."""
    membership = member(agreement, name)
    somebody = worker(membership.organisation)
    with fenced_for(somebody):
        workspace = opened(somebody, membership)
        for number, place in enumerate(quarries):
            quarry = SiteValues(name=f"Secret quarry {number}" if place else "", place=place, **changes)
            add(somebody, workspace, f"{name} supplier {number}", quarry=quarry)
    return membership


def test_areas_of_all_members_stand_together_with_numbers_only_from_the_minimum_on(agreement, year):
    for number in range(5):
        firm(agreement, f"Firm {number}", "Kolar, Karnataka", "" if number else "Krishnagiri, Tamil Nadu")
    lead = staff(agreement)
    with fenced_for(lead):
        preview = areas_preview(lead, agreement, year)
    (india,) = preview.countries
    assert (india.country, india.members, india.has_rest) == ("IN", 5, True)
    assert india.areas == ("Kolar, Karnataka", "Krishnagiri, Tamil Nadu")
    assert (preview.members, preview.contributors) == (5, 5)


def test_the_published_copy_is_the_preview_and_holds_no_firm_supplier_quarry_or_volume(agreement, year):
    firm(agreement, "Firm A", "Kolar, Karnataka")
    lead = staff(agreement)
    with fenced_for(lead):
        services.publish_areas(actor=lead, agreement=agreement, year=year, today=DAY)
    payload = current(KIND, agreement.slug).payload
    assert payload["countries"] == [
        {"country": "IN", "areas": ["Kolar, Karnataka"], "members": None, "has_rest": False, "numbers": {}}
    ]
    assert payload["is_example"] is True
    text = json.dumps(payload)
    assert not [word for word in ("Firm A", "Secret", "supplier", "12.5", "tonnes") if word in text]


def test_an_area_a_member_does_not_want_named_is_not_named(agreement, year):
    firm(agreement, "Firm A", "Kolar, Karnataka", may_name_area=False)
    lead = staff(agreement)
    with fenced_for(lead):
        (india,) = areas_preview(lead, agreement, year).countries
    assert (india.areas, india.has_rest) == ((), True)


def test_nothing_is_published_unseen(agreement, year):
    firm(agreement, "Firm A", "Kolar, Karnataka")
    lead = staff(agreement)
    with fenced_for(lead), pytest.raises(StaleVersion):
        services.publish_areas(actor=lead, agreement=agreement, year=year, today=DAY, seen="of another day")
    assert current(KIND, agreement.slug) is None


def test_a_year_without_chains_is_not_published(agreement, year, lead):
    with pytest.raises(DomainError):
        services.publish_areas(actor=lead, agreement=agreement, year=year, today=DAY)


@pytest.mark.parametrize("role", ["adviser", "assessor", "steering_member"])
def test_only_the_lead_releases_areas(client, agreement, year, role):
    somebody = staff(agreement, role)
    with fenced_for(somebody):
        assert areas_preview(somebody, agreement, year) is None
        with pytest.raises(NotAllowed):
            services.publish_areas(actor=somebody, agreement=agreement, year=year, today=DAY)
    sign_in(client, somebody)
    assert client.get(reverse("chains:areas", args=[agreement.slug, YEAR])).status_code == 403


def test_a_member_that_left_before_the_year_does_not_count(agreement, year):
    from ketenwijs.domain.agreements import services as agreements
    from ketenwijs.domain.agreements.tests.factories import ROBOT

    membership = firm(agreement, "Firm A", "Kolar, Karnataka")
    agreements.leave(actor=ROBOT, membership=membership, left_on=year.starts_on.replace(month=1), reason="closed")
    lead = staff(agreement)
    with fenced_for(lead):
        assert areas_preview(lead, agreement, year).countries == []


def test_the_page_shows_and_publishes_in_a_steady_number_of_queries(client, agreement, django_assert_max_num_queries):
    counts = []
    sign_in(client, staff(agreement))
    page = reverse("chains:areas", args=[agreement.slug, YEAR])
    client.get(page)  # content is read once per process
    for number in (3, 9):
        for one in range(number):
            firm(agreement, f"Firm {number} {one}", "Kolar, Karnataka")
        with django_assert_max_num_queries(15) as captured:
            answer = client.get(page)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    seen = answer.context["fingerprint"]
    assert client.post(reverse("chains:areas_publish", args=[agreement.slug, YEAR]), {"seen": seen}).status_code == 302
    assert current(KIND, agreement.slug) is not None


def published_areas(agreement, year, day=DAY):
    somebody = staff(agreement)
    with fenced_for(somebody):
        return services.publish_areas(actor=somebody, agreement=agreement, year=year, today=day)


def test_a_published_list_comes_out_of_its_frozen_inputs_exactly_and_again_after_all_chains_changed(agreement, year):
    from ketenwijs.domain.chains.models import Chain

    memberships = [firm(agreement, f"Firm {number}", "Kolar, Karnataka", "") for number in range(5)]
    firm(agreement, "Firm X", "kolar,  karnataka", "Hospet, Karnataka", may_name_area=False)
    copy = published_areas(agreement, year)
    assert copy.payload["countries"][0]["members"] == 6
    assert is_reproduced(copy) is True
    for membership in memberships:
        with fenced_for(worker(membership.organisation, name=membership.organisation.name)):
            Chain.objects.all().delete()
    again = Publication.objects.get(pk=copy.pk)
    assert is_reproduced(again) is True
    assert again.payload == copy.payload


def test_frozen_inputs_name_no_firm_supplier_or_quarry(agreement, year):
    memberships = [firm(agreement, f"Firm {number}", "Kolar, Karnataka") for number in range(3)]
    frozen = FrozenInputs.objects.get(publication=published_areas(agreement, year))
    text = json.dumps(frozen.inputs)
    assert not [word for word in ("Firm", "Secret", "supplier", "12.5") if word in text]
    assert sorted(row[0] for row in frozen.inputs["sources"]) == [1, 2, 3]
    assert {membership.organisation.pk for membership in memberships}  # numbers are drawn, not taken from the firms


def test_the_command_says_what_was_reproduced_and_fails_on_what_was_not(agreement, year, capsys):
    from django.db import connection

    firm(agreement, "Firm A", "Kolar, Karnataka")
    published_areas(agreement, year)
    call_command("verify_publications", kind=KIND)
    assert "1 copies looked at, 1 worked out again" in capsys.readouterr().out
    changed = json.dumps(FrozenInputs.objects.get().inputs).replace("Kolar", "Hospet")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_frozeninputs SET inputs = %s", [changed])
    with pytest.raises(CommandError, match="quarry-areas"):
        call_command("verify_publications", kind=KIND)


def test_inputs_of_rules_that_never_were_are_refused(agreement, year):
    from ketenwijs.domain.chains.publications import areas_from

    firm(agreement, "Firm A", "Kolar, Karnataka")
    frozen = FrozenInputs.objects.get(publication=published_areas(agreement, year))
    with pytest.raises(ValueError, match="no rules number 7"):
        areas_from({**frozen.inputs, "rules": 7})
