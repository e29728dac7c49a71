"""Coverage over the years, over all members for the secretariat, and the next chains worth opening."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements.services import join
from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, ROBOT, example_agreement, member, staff, worker
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.rules import worth_opening
from ketenwijs.domain.chains.selectors import chains_in, coverage_over_years
from ketenwijs.domain.chains.selectors.coverage import members_coverage_over_years
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import NEXT_YEAR, YEAR, add, opened, sign_in
from ketenwijs.foundation.access.fence import fenced_for

pytestmark = pytest.mark.django_db
UNKNOWN = SiteValues(name="", place="")


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def membership(agreement):
    return member(agreement)


@pytest.fixture
def viewer(membership):
    with fenced_for(found := worker(membership.organisation)):
        yield found


def test_the_heaviest_chains_with_an_unknown_place_come_first_and_those_without_weight_last(viewer, membership):
    workspace = opened(viewer, membership)
    add(viewer, workspace, "Known", tonnes=Decimal(900))
    add(viewer, workspace, "Light", tonnes=Decimal(1), quarry=UNKNOWN)
    add(viewer, workspace, "Heavy", tonnes=Decimal(80), quarry=UNKNOWN)
    add(viewer, workspace, "Weightless", tonnes=None, quarry=UNKNOWN, factory=UNKNOWN)
    add(viewer, workspace, "Darker", tonnes=Decimal(1), quarry=UNKNOWN, factory=UNKNOWN)
    found = [one.supplier for one in worth_opening(chains_in(opened(viewer, membership)), most=9)]
    assert found == ["Heavy", "Darker", "Light", "Weightless"]
    assert len(worth_opening(chains_in(opened(viewer, membership)))) == 3


def test_the_firm_sees_how_its_coverage_grew(viewer, membership, client):
    add(viewer, opened(viewer, membership), quarry=UNKNOWN)
    add(viewer, opened(viewer, membership, NEXT_YEAR), supplier_country="IN")
    years = coverage_over_years(opened(viewer, membership, NEXT_YEAR))
    assert [(one.year, one.chains, one.suppliers, one.factories, one.quarries) for one in years] == [
        (YEAR, 1, 0, 1, 0),
        (NEXT_YEAR, 1, 1, 1, 1),
    ]
    sign_in(client, viewer)
    page = client.get(
        reverse("chains:overview", args=[membership.organisation.reference, membership.agreement.slug, YEAR])
    )
    assert "Worth asking first" in page.content.decode()
    assert "Known over the years" in page.content.decode()


def test_the_secretariat_sees_the_whole_per_group_country_and_stone_without_a_supplier(
    viewer, membership, agreement, client
):
    add(viewer, opened(viewer, membership))
    add(viewer, opened(viewer, membership), "Mármores", material="marble", country="PT", quarry=UNKNOWN)
    sign_in(client, staff(agreement, "adviser"))
    page = client.get(reverse("chains:coverage", args=[agreement.slug, YEAR])).content.decode()
    for words in ("India", "Portugal", "Granite", "Marble", "50&nbsp;%"):
        assert words in page, words
    assert "Kolar Stone Exports" not in page
    assert "Mármores" not in page


def test_only_staff_of_the_agreement_see_it(viewer, membership, agreement, client):
    address = reverse("chains:coverage", args=[agreement.slug, YEAR])
    for who in (viewer, staff(example_agreement(OTHER_SLUG)), staff(agreement, "party_member", name="party")):
        sign_in(client, who)
        assert client.get(address).status_code in (403, 404)


def test_it_takes_the_same_number_of_queries_for_two_and_for_twelve_firms(agreement, client):
    counts = []
    sign_in(client, staff(agreement))
    for number in range(12):
        one = member(agreement, f"Firm {number}")
        somebody = worker(one.organisation, name=f"w{number}")
        with fenced_for(somebody):
            add(somebody, opened(somebody, one))
        if number in (1, 11):
            client.get(reverse("chains:coverage", args=[agreement.slug, YEAR]))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse("chains:coverage", args=[agreement.slug, YEAR])).status_code == 200
            counts.append(len(captured))
    assert counts[0] == counts[1] <= 15


def test_an_uploaded_sheet_of_a_firm_in_two_agreements_is_for_staff_of_both_only(viewer, membership, agreement):
    lead = staff(agreement)
    assert policies.may_read_sheet(lead, membership.organisation.pk)
    other = example_agreement(OTHER_SLUG)
    join(
        actor=ROBOT,
        agreement=other,
        organisation=membership.organisation,
        kind="participant",
        joined_on=membership.joined_on,
        group="C",
    )
    assert not policies.may_read_sheet(lead, membership.organisation.pk)
    assert policies.may_read_sheet(viewer, membership.organisation.pk)


def test_the_secretariat_sees_all_members_together_over_the_years_and_each_of_them(
    agreement, membership, viewer, client
):
    add(viewer, opened(viewer, membership), quarry=UNKNOWN, value_eur=Decimal(300))
    add(viewer, opened(viewer, membership, NEXT_YEAR), value_eur=Decimal(300))
    other = member(agreement, "Voorbeeld Graniet BV")
    somebody = worker(other.organisation, name="somebody")
    with fenced_for(somebody):
        add(somebody, opened(somebody, other), value_eur=Decimal(100))
    lead = staff(agreement)
    with fenced_for(lead):
        found = members_coverage_over_years(lead, agreement)
    assert [(one.year, one.chains, one.factories, one.quarries) for one in found] == [
        (YEAR, 2, 2, 1),
        (NEXT_YEAR, 1, 1, 1),
    ]
    assert [(one.quarries_tonnes, one.factories_value, one.quarries_value) for one in found] == [
        (50, 100, 25),
        (100, 100, 100),
    ]
    sign_in(client, lead)
    page = client.get(reverse("chains:coverage", args=[agreement.slug, YEAR]))
    text = page.content.decode()
    assert "Over the years" in text and "Voorbeeld Graniet BV" in text
    (_title, per_stone), (_member, per_member) = page.context["tables"][-2:]
    assert [(one["name"], one["quarries_value"]) for one in per_member] == [
        (membership.organisation.name, 0),
        ("Voorbeeld Graniet BV", 100),
    ]
    assert per_stone[0]["quarries_value"] == 25


def test_the_years_of_all_members_are_for_staff_only(agreement, membership, viewer):
    add(viewer, opened(viewer, membership))
    assert members_coverage_over_years(viewer, agreement) == []
