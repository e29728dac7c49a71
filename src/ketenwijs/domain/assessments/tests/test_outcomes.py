"""Deciding, reading second and publishing by different people; an old outcome recomputes to the same."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.instruments import proposal_for
from ketenwijs.domain.assessments.models import Finding, Outcome
from ketenwijs.domain.assessments.rules import checksum_of
from ketenwijs.domain.assessments.tests.factories import DAY, POLICY, REASON, TRAINED, world
from ketenwijs.domain.chains.models import Chain
from ketenwijs.domain.questionnaires.models import Answer
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.journal import events as known
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.publishing.selectors import as_of
from ketenwijs.foundation.states.selectors import history_of
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    found = world()
    found.open_round()
    return found


def verb(cast, name, actor, **values):
    with fenced_for(cast.lead):
        return getattr(services, name)(actor=actor, dossier=cast.dossier(), **values)


def events(name):
    return JournalEntry.objects.filter(event=name)


def key(cast):
    return f"{cast.agreement.slug}/{cast.firm.organisation.reference}"


def outcome(cast):
    with unfenced(reason="test"):
        return Outcome.objects.latest("pk")


def ready_to_decide(cast):
    cast.fill_in()
    cast.hand_in()
    cast.judge_all()
    verb(cast, "send_findings", cast.assessor, today=DAY)
    with fenced_for(cast.owner):
        services.finish_reply(actor=cast.owner, dossier=cast.dossier())


def test_the_outcome_needs_a_reason_and_a_value_of_the_agreement(cast):
    ready_to_decide(cast)
    for value, reason, field in (("l1", " ", "reason"), ("green", "Good.", "value"), ("", "Good.", "value")):
        with pytest.raises(DomainError) as refused:
            verb(cast, "decide", cast.assessor, value=value, reason=reason)
        assert field in refused.value.fields
    with pytest.raises(NotAllowed):
        verb(cast, "decide", cast.reader, value="l1", reason="Good.")
    with unfenced(reason="test"):
        assert not Outcome.objects.exists()


def test_the_proposal_is_one_of_the_agreements_own_outcomes(cast):
    ready_to_decide(cast)
    with fenced_for(cast.lead):
        proposal = proposal_for(cast.dossier())
    assert (proposal.value, proposal.number, proposal.because) == ("l1", 1, "level_reached")


def test_proposal_and_decision_are_both_kept_also_when_people_decide_otherwise(cast):
    cast.until_decided(value="l2")
    found = outcome(cast)
    assert (found.proposed, found.value, found.number, found.reason) == ("l1", "l2", 2, REASON)
    assert found.proposal["counts"]["met"] == 2
    values = events("assessments.dossier.decide").get().detail.values
    assert (values["proposed"], values["decided"], values["reason"]) == ("l1", "l2", REASON)


def test_findings_nobody_contradicted_are_final_as_drafted(cast):
    cast.until_decided()
    assert {cast.finding(code).final_verdict for code in (POLICY, TRAINED)} == {"met"}


def test_the_assessor_neither_confirms_nor_publishes_the_own_proposal(cast):
    cast.until_decided()
    with pytest.raises(NotAllowed):
        verb(cast, "confirm", cast.assessor)
    verb(cast, "confirm", cast.reader)
    with pytest.raises(NotAllowed):
        verb(cast, "publish", cast.assessor, on=DAY)
    assert cast.dossier().state == "confirmed"


def test_dividing_the_work_anew_does_not_let_who_decided_confirm_or_publish_it(cast):
    cast.until_decided()
    people = {"adviser": None, "assessor": cast.reader.person, "second_reader": None}
    verb(cast, "assign", cast.lead, **people)
    with pytest.raises(NotAllowed):
        verb(cast, "confirm", cast.assessor)
    with pytest.raises(NotAllowed):
        verb(cast, "send_back", cast.assessor, reason="I changed my mind.")
    verb(cast, "confirm", cast.lead)
    with pytest.raises(NotAllowed):
        verb(cast, "publish", cast.assessor, on=DAY)


def test_the_firms_adviser_never_reads_second(cast):
    cast.until_decided()
    people = {"adviser": cast.reader.person, "assessor": cast.assessor.person, "second_reader": None}
    verb(cast, "assign", cast.lead, **people)
    with pytest.raises(NotAllowed):
        verb(cast, "confirm", cast.reader)


def test_an_outcome_is_not_published_before_it_is_confirmed(cast):
    cast.until_decided()
    with pytest.raises(NotAllowed):
        verb(cast, "publish", cast.reader, on=DAY)
    assert as_of("assessments.outcome", key(cast), DAY) is None


def test_sent_back_with_a_reason_the_assessor_decides_anew_and_both_outcomes_stay(cast):
    cast.until_decided(value="l2")
    with pytest.raises(DomainError):
        verb(cast, "send_back", cast.reader, reason="")
    verb(cast, "send_back", cast.reader, reason="Nobody skips a level.")
    verb(cast, "decide", cast.assessor, value="l1", reason="Level 1 after all.")
    with unfenced(reason="test"):
        first, second = Outcome.objects.order_by("pk")
    assert (first.value, second.value, second.supersedes_id) == ("l2", "l1", first.pk)
    assert verb(cast, "confirm", cast.reader).pk == second.pk


def test_publishing_sets_the_level_and_the_public_copy_as_of_its_day(cast):
    cast.until_decided()
    cast.confirm_and_publish(on=DAY)
    assert cast.dossier().state == "published"
    level = cast.firm.levels.get()
    assert (level.value, level.number, level.since, level.report_year) == ("l1", 1, DAY, "2024-2025")
    assert as_of("assessments.outcome", key(cast), date(2025, 10, 14)) is None
    copy = as_of("assessments.outcome", key(cast), DAY).payload
    assert (copy["value"], copy["number"], copy["year"], copy["decision"]) == ("l1", 1, "2024-2025", outcome(cast).pk)
    told = outcome(cast)
    assert (told.decided_by, told.confirmed_by, told.published_on) == (cast.assessor.person, cast.reader.person, DAY)


def test_what_is_published_takes_no_verb_any_more(cast):
    """Security case 45: neither outcome, findings nor hand-in can be edited afterwards."""
    cast.until_decided()
    cast.confirm_and_publish(on=DAY)

    def kept():
        with unfenced(reason="test"):
            rows = [*Outcome.objects.order_by("pk").values(), *Finding.objects.order_by("pk").values()]
        return rows, cast.dossier().frozen, as_of("assessments.outcome", key(cast), DAY).payload

    before = kept()
    workspace = {"workspace": cast.workspace()}
    for actor, name, values in (
        (cast.assessor, "decide", {"value": "l2", "reason": "Better after all."}),
        (cast.assessor, "judge", {"requirement": POLICY, "verdict": "not_met", "reason": "x", "version": 1}),
        (cast.assessor, "send_findings", {"today": DAY}),
        (cast.assessor, "return_to_firm", {"reason": "Once more.", **workspace}),
        (cast.reader, "send_back", {"reason": "Once more."}),
        (cast.reader, "confirm", {}),
        (cast.reader, "publish", {"on": DAY}),
        (cast.owner, "hand_in", workspace),
        (cast.owner, "finish_reply", {}),
    ):
        with pytest.raises((NotAllowed, DomainError)):
            verb(cast, name, actor, **values)
    with fenced_for(cast.lead):
        finding = Finding.objects.filter(requirement=POLICY).get()
        last = {"verdict": "not_met", "reason": "x", "version": finding.version}
        with pytest.raises((NotAllowed, DomainError)):
            services.judge_finally(actor=cast.assessor, finding=finding, **last)
    assert kept() == before


def test_reasons_names_and_answers_do_not_reach_the_public_copy(cast):
    cast.until_decided()
    cast.confirm_and_publish()
    text = json.dumps(as_of("assessments.outcome", key(cast), DAY).payload)
    for secret in (REASON, "about policy", "Kolar Stone Exports", "Assessor", "Clean water"):
        assert secret not in text


def test_every_move_has_its_journal_entry_in_the_agreements_chain_and_its_line_in_the_history(cast):
    cast.until_decided()
    cast.confirm_and_publish()
    moves = ["hand_in", "send_findings", "reply", "decide", "confirm", "publish"]
    assert [one.move for one in history_of(cast.dossier())] == moves
    entries = JournalEntry.objects.filter(event__in=[f"assessments.dossier.{move}" for move in moves])
    assert [one.event.rsplit(".", 1)[1] for one in entries.order_by("sequence")] == moves
    assert set(entries.values_list("chain", flat=True)) == {cast.agreement.slug}


def test_an_old_outcome_recomputes_from_what_was_frozen_to_the_last_digit(cast):
    cast.until_decided()
    cast.confirm_and_publish()
    with unfenced(reason="test"):
        Answer.objects.update(value=0, explanation="changed later")
        Chain.objects.update(tonnes=1)
    dossier = cast.dossier()
    assert checksum_of(dossier.frozen) == dossier.frozen_checksum
    with fenced_for(cast.lead):
        again = proposal_for(dossier)
    assert json.dumps(asdict(again), sort_keys=True, default=list) == json.dumps(outcome(cast).proposal, sort_keys=True)


def test_nothing_is_published_when_its_journal_entry_cannot_be_written(cast, monkeypatch):
    cast.until_decided()
    verb(cast, "confirm", cast.reader)
    with monkeypatch.context() as patch:
        patch.delitem(known._types, "assessments.dossier.publish")
        with pytest.raises(KeyError):
            verb(cast, "publish", cast.reader, on=DAY)
    assert cast.dossier().state == "confirmed"
    assert not cast.firm.levels.exists()
    assert as_of("assessments.outcome", key(cast), DAY) is None
