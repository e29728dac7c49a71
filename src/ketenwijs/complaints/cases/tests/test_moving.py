"""States and clocks of the four kinds; erasing in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ketenwijs.complaints.cases import rules
from ketenwijs.complaints.cases.definitions import Kinds, kinds
from ketenwijs.complaints.cases.models import Case, Envelope, SealedFile
from ketenwijs.complaints.cases.services.erasing import day_of_erasing, erase_due
from ketenwijs.complaints.cases.services.moving import extend, move_case, resume, set_kind, suspend
from ketenwijs.complaints.cases.services.writing import add_file, add_message, note_read
from ketenwijs.complaints.cases.tests.conftest import sealed_by
from ketenwijs.complaints.sealing import envelopes
from ketenwijs.complaints.sealing.payloads import COMMITTEE, INTAKE
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


def go(committee, case, *moves, by="chair"):
    for move in moves:
        case.refresh_from_db()
        without = move == "close" and kinds().states[case.state].measures
        reasons = sealed_by(committee[by], case, "reasons") if kinds().moves[move].sealed or without else {}
        reasons |= {"without_follow_up": True} if without else {}
        move_case(actor=committee[by].member, case=case, move=move, seen=case.state, **reasons)
    case.refresh_from_db()
    return case


def test_a_complaint_goes_all_the_way(case, committee):
    go(committee, case, "acknowledge", "examine", "admit", "mediate", "hear", "decide_in_part", "hear", "decide")
    assert case.state == "decision"
    assert case.decide_by is None
    go(committee, case, "follow", "close")
    assert case.closed_week is not None
    assert Envelope.objects.filter(case=case, name=COMMITTEE).count() == 3


@pytest.mark.parametrize(
    ("kind", "moves", "end"),
    [
        ("dispute_parties", ["acknowledge", "consult", "examine", "admit", "hear", "decide", "close"], "closed"),
        ("dispute_firm", ["acknowledge", "examine", "admit", "hear", "decide", "close"], "closed"),
        ("dispute_firm", ["acknowledge", "examine", "admit", "hear", "hear", "decide", "follow"], "follow_up"),
        ("dispute_firm", ["acknowledge", "examine", "admit", "continue_after_end", "withdraw", "close"], "closed"),
        ("dispute_parties", ["acknowledge", "consult", "continue_after_end", "mediate", "close"], "closed"),
        ("early_warning", ["acknowledge", "put", "note_answer", "follow", "close"], "closed"),
        ("complaint", ["acknowledge", "examine", "refuse", "close"], "closed"),
        ("complaint", ["acknowledge", "examine", "admit", "continue_after_end", "decide"], "decision"),
        ("complaint", ["withdraw", "close"], "closed"),
    ],
)
def test_every_kind_has_its_own_way(case, committee, kind, moves, end):
    set_kind(actor=committee["chair"].member, case=case, kind=kind)
    assert go(committee, case, *moves).state == end


@pytest.mark.parametrize("kind", [one.code for one in kinds().kinds])
def test_in_every_kind_each_state_leads_to_an_end_and_the_follow_up_has_a_clock(kind):
    machine, shape = kinds().machine(kind), kinds().kind(kind)
    reaches = {"closed"}
    for _round in machine.states:
        reaches |= {state for move in machine.moves.values() if move.target in reaches for state in move.sources}
    assert reaches == set(machine.states)
    assert {"received", "follow_up"} <= set(shape.days)


def test_the_measures_of_a_decision_are_looked_at_again_before_a_day(case, committee):
    go(committee, case, "acknowledge", "examine", "admit", "decide", "follow")
    assert case.due_on == rules.week_of(timezone.localdate()) + timedelta(days=6 + 91)


def test_a_step_that_does_not_start_here_is_refused(case, committee):
    with pytest.raises(StaleVersion):
        move_case(actor=committee["chair"].member, case=case, move="decide", seen="received")


def test_a_step_with_reasons_is_refused_without_them(case, committee):
    go(committee, case, "acknowledge", "examine")
    with pytest.raises(DomainError, match="reasons"):
        move_case(actor=committee["chair"].member, case=case, move="refuse", seen="admissibility")
    case.refresh_from_db()
    assert case.state == "admissibility"


def test_the_secretary_may_not_decide(case, committee):
    go(committee, case, "acknowledge", "examine")
    with pytest.raises(NotAllowed):
        move_case(actor=committee["secretary"].member, case=case, move="admit", seen="admissibility")


def test_who_declared_nothing_may_not_move_a_case(told, committee):
    with pytest.raises(NotAllowed):
        move_case(actor=committee["chair"].member, case=told.case, move="acknowledge", seen="received")


def test_a_state_that_somebody_else_changed_is_noticed(case, committee):
    go(committee, case, "acknowledge")
    with pytest.raises(StaleVersion):
        move_case(actor=committee["chair"].member, case=case, move="withdraw", seen="received")


def test_the_clocks_have_the_defaults_of_seven_days_and_three_months(case):
    week = rules.week_of(timezone.localdate())
    assert case.due_on == week + timedelta(days=6 + 7)
    assert case.decide_by == week + timedelta(days=6 + 91)


def test_a_pause_stops_the_clocks_and_needs_a_sealed_reason(case, committee):
    chair, due = committee["chair"], case.due_on
    with pytest.raises(DomainError):
        suspend(actor=chair.member, case=case, sequence=1, sealed=b"why")
    suspend(actor=chair.member, case=case, **sealed_by(chair, case, "why"))
    with pytest.raises(DomainError, match="suspended"):
        move_case(actor=chair.member, case=case, move="acknowledge", seen="received")
    Case.objects.update(suspended_week=rules.week_of(timezone.localdate()) - timedelta(weeks=3))
    assert resume(actor=chair.member, case=case).due_on == due + timedelta(weeks=3)
    with pytest.raises(StaleVersion):
        resume(actor=chair.member, case=case)


def test_a_clock_can_be_extended_with_a_reason(case, committee):
    chair = committee["chair"]
    before = case.decide_by
    assert extend(
        actor=chair.member, case=case, days=14, **sealed_by(chair, case, "why")
    ).decide_by == before + timedelta(days=14)
    with pytest.raises(DomainError):
        extend(actor=chair.member, case=case, days=0, **sealed_by(chair, case, "why"))


def test_the_kind_cannot_be_set_later(case, committee):
    go(committee, case, "acknowledge")
    with pytest.raises(DomainError):
        set_kind(actor=committee["chair"].member, case=case, kind="early_warning")


def test_a_kind_that_names_an_unknown_state_is_refused():
    data = kinds().model_dump(by_alias=True)
    data["kinds"][0]["paths"][0]["to"] = "nowhere"
    with pytest.raises(ValueError, match="nowhere"):
        Kinds.model_validate(data)


def closed(case, weeks):
    week = rules.week_of(timezone.localdate()) - timedelta(weeks=weeks)
    Case.objects.filter(pk=case.pk).update(closed_week=week, last_word_week=week, state="closed")
    case.refresh_from_db()


def test_a_closed_case_is_erased_in_time_with_its_files(case, committee):
    identifier, chair = "a" * 32, committee["chair"]
    file = envelopes.seal(b"x" * 2000, [chair.key.recipient])
    message = sealed_by(chair, case, "about the file")
    add_file(case=case, name=COMMITTEE, identifier=identifier, file=file, sequence=1, message=message["sealed"])
    path = storage.path_of(SealedFile.objects.get().stored_name)
    assert path.exists()
    note_read(case, 1)
    closed(case, 10)
    assert erase_due(timezone.localdate()) == 0
    closed(case, 20)
    assert erase_due(timezone.localdate()) == 1
    assert Case.objects.count() == 0
    assert not path.exists()


def test_a_case_with_a_word_nobody_opened_is_kept(case):
    closed(case, 30)
    assert erase_due(timezone.localdate()) == 0
    note_read(case, 1)
    assert erase_due(timezone.localdate()) == 1


def test_a_case_is_kept_after_the_complainants_last_word_and_by_decision(case):
    note_read(case, 1)
    closed(case, 30)
    Case.objects.update(last_word_week=rules.week_of(timezone.localdate()))
    assert erase_due(timezone.localdate()) == 0
    Case.objects.update(last_word_week=date(2020, 1, 6), kept_longer=True)
    case.refresh_from_db()
    assert day_of_erasing(case) is None
    assert erase_due(timezone.localdate()) == 0


def test_a_file_sent_twice_is_kept_once_and_a_plain_one_refused(case, committee):
    chair = committee["chair"]
    message = sealed_by(chair, case, "file", INTAKE)
    file = envelopes.seal(b"x" * 2000, [chair.key.recipient])
    for _again in range(2):
        add_file(case=case, name=INTAKE, identifier="b" * 32, file=file, sequence=2, message=message["sealed"])
    assert SealedFile.objects.count() == 1
    with pytest.raises(DomainError):
        add_file(case=case, name=INTAKE, identifier="c" * 32, file=b"plain", sequence=3, message=message["sealed"])


def test_a_file_whose_message_lost_the_race_leaves_nothing_behind(case, committee):
    chair = committee["chair"]
    before = set(storage.folder().glob("??/*"))
    message = sealed_by(chair, case, "file", INTAKE)
    add_message(case=case, name=INTAKE, **message)
    file = envelopes.seal(b"x" * 2000, [chair.key.recipient])
    with pytest.raises(StaleVersion):
        add_file(case=case, name=INTAKE, identifier="d" * 32, file=file, sequence=2, message=message["sealed"])
    assert set(storage.folder().glob("??/*")) == before
