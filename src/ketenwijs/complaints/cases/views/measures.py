"""What the script of a case page sends of measures: sealed words, and the day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST
from pydantic import Field

from ketenwijs.complaints.cases import wire
from ketenwijs.complaints.cases.services import measures
from ketenwijs.complaints.cases.services.writing import Letter
from ketenwijs.complaints.cases.views.sealed import open_case
from ketenwijs.complaints.cases.wire import Sealed, Sent
from ketenwijs.complaints.committee.answers import told


class SentMeasure(Sent):
    """A measure."""

    due: date
    sequence: int = Field(ge=1)
    sealed: Sealed


class SentFollowing(Sent):
    """What became of it."""

    ends: bool
    due: date | None = None
    sequence: int = Field(ge=1)
    sealed: Sealed


@require_POST
@told
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Note a measure."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentMeasure)
    measures.note_measure(actor=member, case=case, due=sent.due, words=Letter(sent.sequence, sent.sealed))
    return JsonResponse({"kept": True})


@require_POST
@told
def follow(request: HttpRequest, number: int, message: int) -> HttpResponse:
    """Record what became of a measure."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentFollowing)
    words = Letter(sent.sequence, sent.sealed)
    measures.follow_measure(actor=member, case=case, message=message, words=words, ends=sent.ends, due=sent.due)
    return JsonResponse({"kept": True})
