"""A firm in two agreements keeps one file of chains and chooses per agreement what it hands in."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ketenwijs.domain.agreements.services import join
from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, ROBOT, example_agreement, member, staff, worker
from ketenwijs.domain.agreements.workspaces import workspace_for
from ketenwijs.domain.chains import part, services
from ketenwijs.domain.chains.models import Chain, LeftOut
from ketenwijs.domain.chains.selectors import areas_preview, chains_in, counted_in
from ketenwijs.domain.chains.tests.factories import DAY, NEXT_YEAR, YEAR, add, sign_in
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def stone():
    return example_agreement()


@pytest.fixture
def cork():
    return example_agreement(OTHER_SLUG)


@pytest.fixture
def firm(stone, cork):
    membership = member(stone)
    join(
        actor=ROBOT,
        agreement=cork,
        organisation=membership.organisation,
        kind="participant",
        joined_on=membership.joined_on,
        group="C",
    )
    return membership.organisation


@pytest.fixture
def viewer(firm):
    with fenced_for(found := worker(firm)):
        yield found


def at(viewer, firm, agreement, year=YEAR):
    found = workspace_for(viewer, firm.reference, agreement.slug, year, today=DAY)
    assert found is not None
    return found


def two_chains(viewer, firm, agreement):
    add(viewer, at(viewer, firm, agreement))
    return add(viewer, at(viewer, firm, agreement), "Cork works", material="marble", country="PT")


def test_one_file_serves_both_agreements(viewer, firm, stone, cork):
    two_chains(viewer, firm, stone)
    assert len(counted_in(at(viewer, firm, cork))) == 2


def test_what_is_left_out_of_one_agreement_stays_in_the_file_and_counts_in_the_other(viewer, firm, stone, cork):
    chain = two_chains(viewer, firm, stone)
    services.count_for(actor=viewer, workspace=at(viewer, firm, stone), pks=[chain.pk], counts=False)
    here, there = at(viewer, firm, stone), at(viewer, firm, cork)
    assert [one.counts for one in chains_in(here)] == [True, False]
    assert (len(counted_in(here)), len(counted_in(there))) == (1, 2)
    assert len(part.freeze(here)["chains"]) == 1
    assert part.facts(here)["chains.countries"] == ["IN"]
    services.count_for(actor=viewer, workspace=at(viewer, firm, stone), pks=[chain.pk], counts=True)
    assert len(counted_in(at(viewer, firm, stone))) == 2


def test_the_secretariat_of_one_agreement_never_sees_what_is_kept_for_the_other(viewer, firm, stone, cork, client):
    chain = two_chains(viewer, firm, stone)
    services.count_for(actor=viewer, workspace=at(viewer, firm, stone), pks=[chain.pk], counts=False)
    for agreement, sees in ((stone, False), (cork, True)):
        lead = staff(agreement)
        with fenced_for(lead):
            seen = [one.supplier for one in chains_in(at(lead, firm, agreement))]
        assert ("Cork works" in seen) is sees
        sign_in(client, lead)
        page = client.get(reverse("chains:overview", args=[firm.reference, agreement.slug, YEAR])).content.decode()
        assert ("Cork works" in page) is sees


def test_quarry_areas_hold_only_what_is_handed_in_for_the_agreement(viewer, firm, stone, cork):
    chain = two_chains(viewer, firm, stone)
    services.count_for(actor=viewer, workspace=at(viewer, firm, stone), pks=[chain.pk], counts=False)
    countries = {}
    for agreement in (stone, cork):
        lead = staff(agreement)
        with fenced_for(lead):
            preview = areas_preview(lead, agreement, at(lead, firm, agreement).year)
        assert preview is not None
        countries[agreement.slug] = {one.country for one in preview.countries}
    assert countries == {stone.slug: {"IN"}, cork.slug: {"IN", "PT"}}


def test_the_choice_comes_along_to_the_next_year(viewer, firm, stone, cork):
    chain = two_chains(viewer, firm, stone)
    services.count_for(actor=viewer, workspace=at(viewer, firm, stone), pks=[chain.pk], counts=False)
    services.carry_over(actor=viewer, workspace=at(viewer, firm, stone, NEXT_YEAR), previous_year_code=YEAR)
    assert [one.supplier for one in counted_in(at(viewer, firm, stone, NEXT_YEAR))] == ["Kolar Stone Exports"]
    assert len(counted_in(at(viewer, firm, cork, NEXT_YEAR))) == 2


def test_a_handed_in_agreement_is_closed_while_the_other_stays_open(viewer, firm, stone, cork):
    chain = two_chains(viewer, firm, stone)
    services.close_year(actor=viewer, workspace=at(viewer, firm, stone))
    with pytest.raises(DomainError):
        services.count_for(actor=viewer, workspace=at(viewer, firm, stone), pks=[chain.pk], counts=False)
    services.count_for(actor=viewer, workspace=at(viewer, firm, cork), pks=[chain.pk], counts=False)
    assert LeftOut.objects.get().agreement == cork


def test_only_the_firm_chooses_and_only_from_its_own_chains(viewer, firm, stone, cork):
    two_chains(viewer, firm, stone)
    workspace = at(viewer, firm, stone)
    for pks in ([], [Chain.objects.order_by("pk").last().pk + 1]):
        with pytest.raises(DomainError):
            services.count_for(actor=viewer, workspace=workspace, pks=pks, counts=False)
    lead = staff(stone)
    with fenced_for(lead), pytest.raises(NotAllowed):
        services.count_for(actor=lead, workspace=at(lead, firm, stone), pks=[1], counts=False)


def test_the_page_offers_the_choice_only_to_firms_in_several_agreements(viewer, firm, stone, cork, client):
    chain = two_chains(viewer, firm, stone)
    sign_in(client, viewer)
    overview = reverse("chains:overview", args=[firm.reference, stone.slug, YEAR])
    leave_out = reverse("chains:leave_out", args=[firm.reference, stone.slug, YEAR])
    assert leave_out in client.get(overview).content.decode()
    assert client.post(leave_out, {"chain": [chain.pk]}).status_code == 302
    assert "not handed in here" in client.get(overview).content.decode()
    client.post(reverse("chains:count", args=[firm.reference, stone.slug, YEAR]), {"chain": [chain.pk]})
    assert "not handed in here" not in client.get(overview).content.decode()
    single = member(stone, "Single BV")
    other = worker(single.organisation, name="single")
    with fenced_for(other):
        add(other, at(other, single.organisation, stone))
    sign_in(client, other)
    page = client.get(reverse("chains:overview", args=[single.organisation.reference, stone.slug, YEAR]))
    assert "leave-out" not in page.content.decode()
