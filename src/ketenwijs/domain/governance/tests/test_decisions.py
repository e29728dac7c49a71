"""Decisions: taken in a meeting or in writing, counted, never changed, superseded once, carried out for parties."""

from datetime import date

import pytest

from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.governance import services
from ketenwijs.domain.governance.models import Decision
from ketenwijs.domain.governance.selectors import decision_for, decisions_of, later_of
from ketenwijs.domain.governance.tests.factories import (
    OTHER_SLUG,
    PAST,
    body,
    company,
    day,
    decided,
    events,
    example_agreement,
    held,
    meeting,
    party,
    staff,
)
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def lead(agreement):
    return staff(agreement)


@pytest.fixture
def group(lead, agreement):
    return body(lead, agreement)


def refused_at(act):
    with pytest.raises(DomainError) as refused:
        act()
    return set(refused.value.fields)


def test_a_decision_in_a_meeting_takes_its_day_and_is_in_force_at_once(lead, group):
    done = held(lead, group)
    row = decided(lead, group, meeting=done, decided_on=None)
    assert (row.decided_on, row.effective_on, row.meeting) == (PAST, PAST, done)
    assert events()[-1] == "governance.decision.recorded"


def test_a_decision_in_writing_with_votes_and_dissent(lead, group):
    row = decided(
        lead, group, by_consensus=False, votes_for=7, votes_against=2, dissent="The unions wanted more.",
        effective_on=date(2026, 1, 1),
    )  # fmt: skip
    assert (row.votes_for, row.votes_against, row.votes_abstain, row.meeting) == (7, 2, 0, None)
    assert row.effective_on == date(2026, 1, 1)


def test_consensus_and_votes_exclude_each_other_and_a_lost_vote_is_no_decision(lead, group):
    assert refused_at(lambda: decided(lead, group, votes_for=3)) == {"votes_for"}
    assert refused_at(lambda: decided(lead, group, by_consensus=False)) == {"votes_for"}
    assert refused_at(lambda: decided(lead, group, by_consensus=False, votes_for=2, votes_against=3)) == {"votes_for"}
    assert refused_at(lambda: decided(lead, group, by_consensus=False, votes_for=0)) == {"votes_for"}
    assert not Decision.objects.exists()


def test_a_decision_needs_a_day_that_has_come_and_a_meeting_of_its_body_that_was_held(lead, agreement, group):
    assert refused_at(lambda: decided(lead, group, decided_on=None)) == {"decided_on"}
    assert refused_at(lambda: decided(lead, group, decided_on=day(1))) == {"decided_on"}
    assert refused_at(lambda: decided(lead, group, decided_on=date(2018, 1, 1))) == {"decided_on"}
    assert refused_at(lambda: decided(lead, group, meeting=meeting(lead, group))) == {"meeting"}
    other = held(lead, body(lead, agreement, kind="working_group"))
    assert refused_at(lambda: decided(lead, group, meeting=other)) == {"meeting"}
    assert refused_at(lambda: decided(lead, group, "rumour")) == {"kind"}


def test_a_decision_is_superseded_once_by_a_later_one_and_both_stay_as_they_were(lead, agreement, group):
    old = decided(lead, group, title="Old")
    new = decided(lead, group, title="New", supersedes=old, decided_on=date(2025, 6, 1))
    shown = decision_for(lead, agreement, old.pk)
    assert (shown.title, later_of(shown)) == ("Old", new)
    assert later_of(decision_for(lead, agreement, new.pk)) is None
    with pytest.raises(DomainError):
        decided(lead, group, supersedes=old, decided_on=date(2025, 7, 1))
    assert refused_at(lambda: decided(lead, group, supersedes=new)) == {"decided_on"}


def test_a_decision_of_another_agreement_is_not_superseded(lead, group):
    other = example_agreement(OTHER_SLUG)
    elsewhere = staff(other)
    foreign = decided(elsewhere, body(elsewhere, other))
    with pytest.raises(DomainError):
        decided(lead, group, supersedes=foreign)


def test_an_extension_names_a_known_term_and_a_later_day_and_others_name_none(lead, group):
    row = decided(lead, group, "extension", term="second", new_end_on=date(2029, 9, 30))
    assert (row.term, row.new_end_on) == ("second", date(2029, 9, 30))
    wrong = {"term": "second", "new_end_on": date(2028, 9, 30)}
    assert refused_at(lambda: decided(lead, group, "extension", **wrong)) == {"new_end_on"}
    assert refused_at(lambda: decided(lead, group, "extension", term="ninth", new_end_on=day(1))) == {"term"}
    with pytest.raises(DomainError):
        decided(lead, group, "budget", term="second")
    with pytest.raises(DomainError):
        decided(lead, group, "budget", party_name="Somebody")


def test_an_accession_begins_a_membership_as_party_once(lead, agreement, group):
    union = company("New Union", kind="party", subkind="trade_union")
    row = decided(lead, group, "accession", party_name="New Union")
    membership = services.carry_out_accession(actor=lead, decision=row, organisation=union, section="unions")
    assert (membership.kind, membership.joined_on, membership.section) == ("party", PAST, "unions")
    assert decision_for(lead, agreement, row.pk).membership == membership
    assert events()[-1] == "governance.decision.carried_out"
    with pytest.raises(DomainError):
        services.carry_out_accession(actor=lead, decision=row, organisation=union, section="unions")
    assert Membership.objects.count() == 1


def test_an_accession_of_an_organisation_that_is_a_party_already_is_tied_to_it(lead, agreement, group):
    running = party(agreement)
    row = decided(lead, group, "accession", party_name="Example Union")
    tied = services.carry_out_accession(actor=lead, decision=row, organisation=running.organisation)
    assert tied == running
    assert Membership.objects.count() == 1


def test_an_exit_ends_the_membership_on_the_day_in_force_with_a_listed_reason(lead, agreement, group):
    running = party(agreement)
    assert refused_at(lambda: decided(lead, group, "exit")) == {"party_name"}
    row = decided(lead, group, "exit", party_name="Example Union", effective_on=date(2025, 4, 1))
    with pytest.raises(DomainError):
        services.carry_out_exit(actor=lead, decision=row, membership=running, reason="bored")
    ended = services.carry_out_exit(actor=lead, decision=row, membership=running, reason="own_choice")
    assert (ended.left_on, ended.exit_reason) == (date(2025, 4, 1), "own_choice")
    assert Membership.objects.get().left_on == date(2025, 4, 1)


def test_nothing_is_carried_out_for_another_kind_a_superseded_decision_or_a_foreign_party(lead, agreement, group):
    union = company("New Union", kind="party", subkind="trade_union")
    with pytest.raises(DomainError):
        services.carry_out_accession(actor=lead, decision=decided(lead, group), organisation=union)
    old = decided(lead, group, "accession", party_name="New Union")
    decided(lead, group, "accession", party_name="New Union", supersedes=old)
    with pytest.raises(DomainError):
        services.carry_out_accession(actor=lead, decision=old, organisation=union, section="unions")
    foreign = party(example_agreement(OTHER_SLUG), "Foreign Union")
    leaving = decided(lead, group, "exit", party_name="Foreign Union")
    assert refused_at(
        lambda: services.carry_out_exit(actor=lead, decision=leaving, membership=foreign, reason="own_choice")
    ) == {"membership"}


def test_readers_read_decisions_and_record_none(lead, agreement, group):
    row = decided(lead, group)
    for role in ("adviser", "assessor", "steering_member", "party_member", "auditor"):
        reader = staff(agreement, role)
        assert decisions_of(reader, agreement).get() == row
        with pytest.raises(NotAllowed):
            decided(reader, group)
    assert decision_for(staff(example_agreement(OTHER_SLUG)), agreement, row.pk) is None
