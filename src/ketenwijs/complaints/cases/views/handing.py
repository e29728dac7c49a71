"""Handing over: the question to the person, and the case going to its outside body."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST
from pydantic import Field

from ketenwijs.complaints.cases import policies, wire
from ketenwijs.complaints.cases.selectors import newest_transfer
from ketenwijs.complaints.cases.services import handing
from ketenwijs.complaints.cases.services.writing import Letter
from ketenwijs.complaints.cases.views.sealed import open_case
from ketenwijs.complaints.cases.wire import Sealed, Sent
from ketenwijs.complaints.committee.answers import told
from ketenwijs.complaints.committee.terms import Held, body_in_force, reception


class SentLetter(Sent):
    """A sealed message and its number."""

    sequence: int = Field(ge=1)
    sealed: Sealed

    def kept(self) -> Letter:
        """As the services take it."""
        return Letter(self.sequence, self.sealed)


class SentQuestion(Sent):
    """The question, and the body it is about."""

    body: str = Field(max_length=120)
    question: SentLetter


class SentTransfer(Sent):
    """What the member's browser found and states: `agreed` is its word that the last signed answer is a yes."""

    question: int = Field(ge=1)
    answer: int = Field(ge=1)
    agreed: Literal[True]
    seen: str
    reasons: SentLetter
    told: SentLetter


@require_GET
@told
def standing(request: HttpRequest, number: int) -> HttpResponse:
    """Bodies in force, what was asked and given, and what this member may do."""
    member, case = open_case(request, number)
    asked = newest_transfer(case)
    current = body_in_force(asked.body) if asked else None
    can = handing.can_transfer(case)
    return JsonResponse(
        {
            "bodies": [_body(one) for one in reception().bodies],
            "asked": {
                "body": _body(current) if current else None,
                "question": asked.question,
                "given_on": asked.given_on,
            }
            if asked
            else None,
            "may_ask": can and policies.may_keep(member),
            "may_give": can and policies.may_move(member, policies.TRANSFER),
            "may_repeat": policies.may_move(member, policies.TRANSFER),
        }
    )


@require_POST
@told
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Keep the question."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentQuestion)
    handing.ask_transfer(actor=member, case=case, body=sent.body, question=sent.question.kept())
    return JsonResponse({"kept": True})


@require_POST
@told
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Move the case to its body; the package is made in the browser afterwards."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentTransfer)
    moved = handing.give_transfer(
        actor=member,
        case=case,
        question=sent.question,
        answer=sent.answer,
        seen=sent.seen,
        reasons=sent.reasons.kept(),
        told=sent.told.kept(),
    )
    return JsonResponse({"state": moved.state})


@require_POST
@told
def repeat(request: HttpRequest, number: int) -> HttpResponse:
    """Note that the package is made again."""
    member, case = open_case(request, number)
    handing.note_repeated(actor=member, case=case)
    return JsonResponse({"kept": True})


def _body(held: Held) -> dict[str, Any]:
    assert held.outside is not None  # only mechanisms with an outside body are bodies
    return {
        "code": held.code,
        "name": held.outside.name,
        "address": str(held.outside.address),
        "telephone": held.outside.telephone,
        "recipient": held.outside.recipient,
        "items": list(held.outside.handed_over),
    }
