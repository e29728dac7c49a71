"""Recovery by two: a package opened by one member, then by the other, opens the cases again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods
from pydantic import Field

from ketenwijs.complaints.cases import wire
from ketenwijs.complaints.cases.services import keys
from ketenwijs.complaints.cases.services.keys import Recovered
from ketenwijs.complaints.cases.wire import Hex32, Sealed, Sent, ThreadName
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.answers import member_of, text_of, told


class SentWrap(Sent):
    """One thread identity, sealed to the own key."""

    case: Hex32
    thread: ThreadName
    epoch: int = Field(ge=1)
    sealed: Sealed


class SentWraps(Sent):
    """Several."""

    found: list[SentWrap]


@require_http_methods(["GET", "POST"])
@told
def recovery(request: HttpRequest) -> HttpResponse:
    """The page; a post keeps what was opened."""
    member = member_of(request)
    if request.method == "POST":
        sent = wire.read(request, SentWraps)
        found = [Recovered(one.case, one.thread, one.epoch, one.sealed) for one in sent.found]
        return JsonResponse({"new": keys.recover(actor=member, found=found)})
    return render(request, "cases/recovery.html", {"listed": committee.key_list().recovery})


@require_GET
def sealed(request: HttpRequest) -> HttpResponse:
    """Every identity that is sealed to the recovery key, of the cases that the member may know of."""
    member = member_of(request)
    wraps = keys.recovery_wraps_for(member).select_related("thread__case")
    found = [
        {
            "case": wrap.thread.case.identifier,
            "thread": wrap.thread.name,
            "epoch": wrap.thread.epoch,
            "sealed": text_of(wrap.sealed),
        }
        for wrap in wraps
    ]
    own = committee.own_key(member)
    return JsonResponse({"wraps": found, "recipient": own.recipient if own else ""})
