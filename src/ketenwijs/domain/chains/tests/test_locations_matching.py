"""People of the secretariat decide which sites are one location; every decision is kept, journalled and can be undone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ketenwijs.domain.agreements.services import join, leave
from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, ROBOT, example_agreement, staff
from ketenwijs.domain.chains import selectors, services
from ketenwijs.domain.chains.models import SharedSite, SiteMatch
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import add, opened, worker
from ketenwijs.domain.chains.tests.register import firm_with_quarry, register_of
from ketenwijs.foundation.access.fence import fenced_for, fenced_to_agreement, unfenced
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def register():
    found = register_of()
    with fenced_for(found.lead):
        yield found


def events(agreement):
    return list(JournalEntry.objects.filter(chain=agreement.slug).order_by("sequence").values_list("event", flat=True))


def test_the_register_cannot_be_read_without_its_own_fence(register):
    from django_scopes.exceptions import ScopeError

    for model in (SharedSite, SiteMatch):
        with pytest.raises(ScopeError):
            model.objects.count()


def test_sites_of_members_wait_until_somebody_decides(register):
    assert [one.organisation.name for one in register.waiting()] == ["Firm A", "Firm B"]
    location = register.register()
    assert [one.organisation.name for one in register.waiting()] == ["Firm B"]
    register.match(1, location)
    assert register.waiting() == []
    assert selectors.locations_of(register.lead, register.agreement).get().members == 2
    assert events(register.agreement)[-2:] == ["chains.location.registered", "chains.match.decided"]


def test_a_proposal_says_which_parts_agree_and_is_kept_with_the_decision(register):
    location = register.register()
    site = register.firms[1].site
    best = selectors.proposals_for(register.lead, register.agreement, [site])[site.pk][0]
    assert best.location == location
    assert best.probability > 0.5
    verdicts = {one["part"]: one["verdict"] for one in best.reasons}
    assert verdicts["country"] == verdicts["place"] == "agrees"
    decided = register.match(1, location)
    assert (decided.way, decided.probability, decided.reasons) == ("proposal", best.probability, best.reasons)


def test_another_spelling_that_was_matched_helps_to_find_the_next_one(register):
    location = register.shared_by_all()
    firm = firm_with_quarry(register.agreement, "Firm Z", "Rajeshwari Granites Quarry")
    lead = staff(register.agreement, "adviser")
    with fenced_for(lead):
        found = selectors.proposals_for(lead, register.agreement, [firm.site])[firm.site.pk]
    assert [one.location for one in found] == [location]
    assert {"part": "name", "verdict": "agrees"}.items() <= found[0].reasons[0].items()


def test_not_the_same_is_remembered_and_not_proposed_again_until_it_is_undone(register):
    location, site = register.register(), register.firms[1].site
    refused = services.refuse_match(actor=register.lead, agreement=register.agreement, site=site, location=location)
    assert selectors.proposals_for(register.lead, register.agreement, [site])[site.pk] == []
    with pytest.raises(DomainError):
        services.refuse_match(actor=register.lead, agreement=register.agreement, site=site, location=location)
    services.undo_decision(actor=register.lead, agreement=register.agreement, decision=refused)
    assert selectors.proposals_for(register.lead, register.agreement, [site])[site.pk][0].location == location


def test_an_undone_decision_stays_and_the_site_waits_again(register):
    decided = register.match(1, register.register())
    services.undo_decision(actor=register.lead, agreement=register.agreement, decision=decided)
    assert [one.pk for one in register.waiting()] == [register.firms[1].site.pk]
    kept = selectors.decisions_of(register.lead, register.agreement).get(pk=decided.pk)
    assert kept.undone_by == register.lead.person
    assert kept.undone_at is not None
    assert events(register.agreement)[-1] == "chains.match.undone"
    with pytest.raises(DomainError):
        services.undo_decision(actor=register.lead, agreement=register.agreement, decision=decided)


def test_a_site_is_at_most_one_location(register):
    location = register.shared_by_all()
    with pytest.raises(DomainError):
        register.match(1, location)
    with pytest.raises(DomainError):
        register.register(1)


def test_of_ticked_sites_that_look_alike_only_the_first_becomes_a_location(register):
    made = services.register_sites(
        actor=register.lead, agreement=register.agreement, pks=[one.site.pk for one in register.firms]
    )
    assert len(made) == 1
    assert len(register.waiting()) == 1


def test_sure_proposals_are_confirmed_in_one_press_or_not_at_all(register):
    location = register.register()
    sure = selectors.sure_proposals(register.lead, register.agreement, 0.5)
    assert [(site.pk, one.location) for site, one in sure] == [(register.firms[1].site.pk, location)]
    pair = (register.firms[1].site.pk, location.pk)
    for pairs in ([], [pair, (register.firms[0].site.pk, location.pk)]):
        with pytest.raises(DomainError):
            services.accept_proposals(actor=register.lead, agreement=register.agreement, pairs=pairs, least=0.5)
    assert len(register.waiting()) == 1
    (decided,) = services.accept_proposals(actor=register.lead, agreement=register.agreement, pairs=[pair], least=0.5)
    assert decided.way == "list"
    assert register.waiting() == []


def test_only_chains_that_count_for_the_agreement_are_looked_at(register):
    firm = register.firms[1]
    with fenced_for(firm.viewer):
        workspace = opened(firm.viewer, firm.membership)
        services.count_for(actor=firm.viewer, workspace=workspace, pks=[firm.chain.pk], counts=False)
    assert [one.organisation.name for one in register.waiting()] == ["Firm A"]
    with pytest.raises(DomainError):
        register.register(1)


def test_a_chain_left_out_later_no_longer_counts_its_firm(register):
    location, firm = register.shared_by_all(), register.firms[1]
    with fenced_for(firm.viewer):
        workspace = opened(firm.viewer, firm.membership)
        services.count_for(actor=firm.viewer, workspace=workspace, pks=[firm.chain.pk], counts=False)
    assert selectors.locations_of(register.lead, register.agreement).get(pk=location.pk).members == 1


def test_a_place_of_which_only_the_area_is_known_is_no_location(register):
    firm = register.firms[0]
    with fenced_for(firm.viewer):
        area = SiteValues(name="", place="Kolar, Karnataka")
        add(firm.viewer, opened(firm.viewer, firm.membership), "Vague", quarry=area, factory=SiteValues())
    assert len(register.waiting()) == 2


def test_years_outside_the_membership_do_not_count(register):
    firm = register.firms[1]
    leave(actor=ROBOT, membership=firm.membership, left_on=firm.membership.joined_on, reason="closed", note="")
    assert [one.organisation.name for one in register.waiting()] == ["Firm A"]


def test_agreements_are_fenced_from_each_other(register):
    location = register.shared_by_all()
    other = example_agreement(OTHER_SLUG)
    firm = register.firms[0].membership.organisation
    join(actor=ROBOT, agreement=other, organisation=firm, kind="participant",
         joined_on=register.firms[0].membership.joined_on, group="C")  # fmt: skip
    lead = staff(other)
    with fenced_for(lead):
        assert selectors.locations_of(lead, other).count() == 0
        assert selectors.location_for(lead, other, location.pk) is None
        assert [one.pk for one in selectors.unmatched_sites(lead, other)] == [register.firms[0].site.pk]
        assert selectors.unmatched_sites(lead, register.agreement).count() == 0
        with pytest.raises(NotAllowed):
            services.register_sites(actor=lead, agreement=register.agreement, pks=[register.firms[0].site.pk])
        with pytest.raises(DomainError):
            services.match_site(actor=lead, agreement=other, site=register.firms[0].site, location=location)
        own = services.register_sites(actor=lead, agreement=other, pks=[register.firms[0].site.pk])[0]
    assert own != location


@pytest.mark.parametrize("role", ["assessor", "steering_member", "party_member", "auditor"])
def test_others_of_the_agreement_neither_see_nor_decide(register, role):
    location = register.register()
    somebody = staff(register.agreement, role)
    with fenced_for(somebody):
        assert selectors.locations_of(somebody, register.agreement).count() == 0
        assert selectors.unmatched_sites(somebody, register.agreement).count() == 0
        assert selectors.location_for(somebody, register.agreement, location.pk) is None
        with pytest.raises(NotAllowed):
            services.register_sites(actor=somebody, agreement=register.agreement, pks=[1])


def test_a_firm_neither_sees_nor_decides(register):
    location = register.shared_by_all()
    viewer = register.firms[0].viewer
    with fenced_for(viewer):
        assert selectors.locations_of(viewer, register.agreement).count() == 0
        assert selectors.decisions_of(viewer, register.agreement).count() == 0
        assert selectors.location_by_number(viewer, register.agreement, "licence", "1") is None
        assert selectors.proposals_for(viewer, register.agreement, [register.firms[0].site]) == {}
        with pytest.raises(NotAllowed):
            services.merge_locations(actor=viewer, agreement=register.agreement, gone=location, kept=location)


def test_a_firms_own_site_goes_as_if_it_were_never_matched(register):
    location = register.shared_by_all()
    firm = register.firms[1]
    with fenced_for(firm.viewer):
        workspace = opened(firm.viewer, firm.membership)
        services.remove_chains(actor=firm.viewer, workspace=workspace, pks=[firm.chain.pk])
        firm.site.delete()
    with unfenced(reason="test"), fenced_to_agreement(register.agreement.pk):
        assert SharedSite.objects.filter(pk=location.pk).exists()
        assert SiteMatch.objects.filter(site=firm.site.pk).count() == 0


def test_a_system_job_can_fill_a_register(register):
    with fenced_for(ROBOT):
        made = services.register_sites(actor=ROBOT, agreement=register.agreement, pks=[register.firms[0].site.pk])
        assert selectors.locations_of(ROBOT, register.agreement).get() == made[0]


def test_nobody_else_may_add_another_firm(register):
    stranger = worker(register.firms[0].membership.organisation, "company_user", name="stranger")
    with fenced_for(stranger), pytest.raises(NotAllowed):
        services.accept_proposals(actor=stranger, agreement=register.agreement, pairs=[(1, 1)], least=0.1)


def test_a_location_has_the_coordinates_and_the_local_name_that_the_firm_knew(register):
    site = register.firms[0].site
    site.local_name, site.latitude, site.longitude = "राजेश्वरी खदान", Decimal("13.13"), Decimal("78.13")
    site.save()
    location = register.register()
    location.refresh_from_db()
    assert (location.latitude, location.longitude) == (Decimal("13.13"), Decimal("78.13"))
    assert location.other_names == ["राजेश्वरी खदान"]
