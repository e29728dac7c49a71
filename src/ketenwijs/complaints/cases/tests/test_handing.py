"""Handing a case to an outside body: asked, a yes stated, given once; and everything the server can see and refuses."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.models import Envelope, Transfer
from ketenwijs.complaints.cases.selectors import holder_of
from ketenwijs.complaints.cases.services.handing import ask_transfer, give_transfer, note_repeated
from ketenwijs.complaints.cases.services.moving import move_case, set_kind
from ketenwijs.complaints.cases.services.writing import Letter
from ketenwijs.complaints.cases.tests.conftest import sealed_by
from ketenwijs.complaints.committee.terms import reception
from ketenwijs.complaints.sealing.payloads import INTAKE
from ketenwijs.complaints.sealing.receipts import keys_from
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
CANARY = "canary-reasons-of-the-chair"


def letter(sitting, case, text="", name="committee", kind="reasons", **body):
    return Letter(**sealed_by(sitting, case, text, name, kind, **body))


def body():
    return reception().bodies[0].code


def ask(committee, case, by="chair", code=None):
    question = letter(committee[by], case, name=INTAKE, kind="transfer", to={"name": "Example line"}, items=["told"])
    return ask_transfer(actor=committee[by].member, case=case, body=code or body(), question=question)


def say(told, text, kind="transfer", about=0):
    """The complainant's own signed word."""
    keys = keys_from(told.secret)
    opened = arrival.open_for(holder_of(keys.locator, keys.proof), told.secret)
    arrival.write(opened, name=INTAKE, kind=kind, body={"text": text, "about": about}, now=timezone.now())
    return Envelope.objects.filter(case=told.case, name=INTAKE).count()


def give(committee, case, question, answer, by="chair", told=None):
    told = told or letter(committee[by], case, name=INTAKE, kind="transferred", day="2026-11-24")
    return give_transfer(
        actor=committee[by].member,
        case=case,
        question=question,
        answer=answer,
        seen=case.state,
        reasons=letter(committee[by], case, CANARY),
        told=told,
    )


@pytest.fixture
def acknowledged(case, committee):
    move_case(actor=committee["chair"].member, case=case, move="acknowledge", seen="received")
    case.refresh_from_db()
    return case


def test_a_case_goes_to_the_outside_body_after_a_yes(told, acknowledged, committee):
    asked = ask(committee, acknowledged, by="secretary")
    answer = say(told, "yes", about=asked.question)
    moved = give(committee, acknowledged, asked.question, answer)
    assert moved.state == "transferred"
    kept = Transfer.objects.get()
    assert (kept.body, kept.answer, kept.given_on) == (body(), answer, timezone.localdate())
    note_repeated(actor=committee["chair"].member, case=moved)


def test_every_step_is_journalled_without_words(told, acknowledged, committee):
    asked = ask(committee, acknowledged)
    give(committee, acknowledged, asked.question, say(told, "yes", about=asked.question))
    note_repeated(actor=committee["chair"].member, case=acknowledged)
    entries = JournalEntry.objects.filter(event__startswith="cases.transfer.").order_by("pk")
    assert [one.event.rpartition(".")[2] for one in entries] == ["asked", "given", "repeated"]
    everything = json.dumps(list(JournalEntry.objects.values()), default=str)
    assert CANARY not in everything
    assert "Example line" not in everything


def test_without_a_question_nothing_is_handed_over(told, acknowledged, committee):
    answer = say(told, "yes", about=1)
    with pytest.raises(DomainError, match="was not asked"):
        give(committee, acknowledged, 1, answer)
    acknowledged.refresh_from_db()
    assert acknowledged.state == "acknowledged"


def test_without_an_answer_nothing_is_handed_over(acknowledged, committee):
    asked = ask(committee, acknowledged)
    for answer in (asked.question, asked.question + 1, asked.question - 1):
        with pytest.raises(DomainError, match="not answered yet"):
            give(committee, acknowledged, asked.question, answer)
    assert Transfer.objects.get().given_on is None


def test_a_word_that_came_in_meanwhile_stops_it_because_it_may_take_the_yes_back(told, acknowledged, committee):
    asked = ask(committee, acknowledged)
    answer = say(told, "yes", about=asked.question)
    seen_before = letter(committee["chair"], acknowledged, name=INTAKE, kind="transferred")
    say(told, "no", about=asked.question)
    with pytest.raises(StaleVersion, match="taken the yes back"):
        give(committee, acknowledged, asked.question, answer, told=seen_before)
    acknowledged.refresh_from_db()
    assert acknowledged.state == "acknowledged"
    assert not JournalEntry.objects.filter(event="cases.transfer.given").exists()


def test_only_the_newest_question_counts(told, acknowledged, committee):
    first = ask(committee, acknowledged)
    answer = say(told, "yes", about=first.question)
    ask(committee, acknowledged)
    with pytest.raises(DomainError, match="was not asked"):
        give(committee, acknowledged, first.question, answer)


def test_a_case_that_went_does_not_go_again(told, acknowledged, committee):
    asked = ask(committee, acknowledged)
    answer = say(told, "yes", about=asked.question)
    give(committee, acknowledged, asked.question, answer)
    acknowledged.refresh_from_db()
    with pytest.raises(DomainError):
        give(committee, acknowledged, asked.question, answer)
    with pytest.raises(DomainError, match="cannot be handed over"):
        ask(committee, acknowledged)


def test_a_body_that_is_not_in_force_is_refused(acknowledged, committee):
    with pytest.raises(DomainError, match="not in force"):
        ask(committee, acknowledged, code="slate/one")


def test_a_body_that_ended_after_the_question_gets_nothing(told, acknowledged, committee):
    asked = ask(committee, acknowledged)
    answer = say(told, "yes", about=asked.question)
    Transfer.objects.update(body="slate/one")
    with pytest.raises(DomainError, match="not in force"):
        give(committee, acknowledged, asked.question, answer)


def test_a_kind_of_case_without_this_way_and_a_new_case_are_refused(case, committee):
    with pytest.raises(DomainError, match="cannot be handed over"):
        ask(committee, case)
    set_kind(actor=committee["chair"].member, case=case, kind="dispute_firm")
    case.refresh_from_db()
    with pytest.raises(DomainError, match="cannot be handed over"):
        ask(committee, case)


def test_the_plain_step_is_refused_while_an_outside_body_is_in_force(acknowledged, committee):
    chair = committee["chair"]
    with pytest.raises(DomainError, match="consent"):
        move_case(
            actor=chair.member,
            case=acknowledged,
            move="transfer",
            seen="acknowledged",
            **sealed_by(chair, acknowledged, "why"),
        )


def test_the_secretary_asks_and_does_not_give(told, acknowledged, committee):
    asked = ask(committee, acknowledged, by="secretary")
    answer = say(told, "yes", about=asked.question)
    with pytest.raises(NotAllowed):
        give(committee, acknowledged, asked.question, answer, by="secretary")
    with pytest.raises(NotAllowed):
        note_repeated(actor=committee["secretary"].member, case=acknowledged)


def test_who_declared_nothing_neither_asks_nor_gives(told, committee):
    with pytest.raises(NotAllowed, match="interest"):
        ask(committee, told.case)
    with pytest.raises(NotAllowed, match="interest"):
        give(committee, told.case, 1, 2)


def test_the_page_states_the_yes_and_a_post_without_that_word_is_refused(told, acknowledged, committee, client):
    asked = ask(committee, acknowledged)
    answer = say(told, "yes", about=asked.question)
    client.force_login(committee["chair"].person)
    page = f"/committee/cases/{acknowledged.number}/transfer/"
    shown = client.get(page).json()
    assert shown["asked"]["question"] == asked.question
    assert shown["asked"]["body"]["items"] == ["told", "messages", "files"]
    post = {"question": asked.question, "answer": answer, "seen": "acknowledged"}
    for agreed in ({}, {"agreed": False}):
        refused = client.post(f"{page}give/", json.dumps({**post, **agreed}), content_type="application/json")
        assert refused.status_code == 400
    acknowledged.refresh_from_db()
    assert acknowledged.state == "acknowledged"


def test_the_step_is_not_offered_beside_the_others(acknowledged, committee, client):
    client.force_login(committee["chair"].person)
    shown = client.get(f"/committee/cases/{acknowledged.number}/").content.decode()
    assert 'value="examine"' in shown
    assert 'value="transfer"' not in shown
