"""What the script of a case page gets and sends: sealed rows, keys for others, moves with sealed reasons."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from pydantic import Field

from ketenwijs.complaints.cases import exports, policies, selectors, wire
from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.services import hearing, keys, moving, writing
from ketenwijs.complaints.cases.services.keys import Granted
from ketenwijs.complaints.cases.services.writing import Letter
from ketenwijs.complaints.cases.views.pages import case_or_404
from ketenwijs.complaints.cases.wire import Hex32, Sealed, Sent, SentHolder, SentThread, ThreadName
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.answers import member_of, text_of, told
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.sealing.payloads import INTAKE
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.ui.errors import NotAllowed


class SentMessage(Sent):
    """One more message."""

    name: ThreadName
    sequence: int = Field(ge=1)
    sealed: Sealed


class SentMove(Sent):
    """A move, with reasons where it asks for them."""

    move: str
    seen: str
    sequence: int = 0
    sealed: Sealed | None = None
    without_follow_up: bool = False


class SentClock(Sent):
    """Stopping, resuming or extending the clocks."""

    act: Literal["suspend", "resume", "extend"]
    days: int = 0
    sequence: int = 0
    sealed: Sealed | None = None


class SentGrant(Sent):
    """One thread's identity for one member."""

    thread: ThreadName
    epoch: int
    key: str
    sealed: Sealed


class SentGrants(Sent):
    """Several."""

    granted: list[SentGrant]


class SentThreads(Sent):
    """New keys of all threads."""

    threads: dict[str, SentThread]


class SentParty(Sent):
    """A party that is heard: its number's keys, its thread, and for the committee alone who it is."""

    name: ThreadName
    party: SentHolder
    thread: SentThread
    sequence: int = Field(ge=1)
    sealed: Sealed


class SentHearing(Sent):
    """A change of one hearing, with its reason."""

    name: ThreadName
    act: Literal["extend", "close"]
    due: date | None = None
    sequence: int = Field(ge=1)
    sealed: Sealed


class SentFile(Sent):
    """Where a file goes."""

    name: ThreadName
    identifier: Hex32
    sequence: int = Field(ge=1)


class SentRead(Sent):
    """Up to which number of the intake thread was read."""

    sequence: int = Field(ge=0)


def open_case(request: HttpRequest, number: int) -> tuple[Member, Case]:
    """The case, once the member declared to be free. Raises Http404, NotAllowed."""
    member = member_of(request)
    case = case_or_404(member, number)
    if not policies.has_declared_free(member, case):
        raise NotAllowed(_("First declare whether you have an interest in this case."))
    return member, case


@require_GET
@told
def data(request: HttpRequest, number: int) -> HttpResponse:
    """All that is sealed of a case, the signed list, and who waits for a key."""
    member, case = open_case(request, number)
    stored, wraps = committee.latest_list(), selectors.wraps_for_member(case, member)
    newest = selectors.newest_threads(case)
    threads: dict[str, Any] = {
        name: {
            "epoch": thread.epoch,
            "recipient": thread.recipient,
            "wraps": {epoch: text_of(wrap) for (one, epoch), (_key, wrap) in wraps.items() if one == name},
            "envelopes": wire.rows(case, name),
        }
        for name, thread in newest.items()
    }
    readers = keys.current_readers(case)
    return JsonResponse(
        {
            "case": case.identifier,
            "state": case.state,
            "document": stored.document if stored else "",
            "signature": stored.signature if stored else "",
            "salt": committee.site_salt().hex(),
            "threads": threads,
            "holders": list(case.holders.values("role", "recipient", "signing")),
            "readers": sorted(readers),
            "waiting": keys.waiting_keys(case),
            "renew": keys.must_renew(case),
            "parties": list(case.parties.values("name", "due_on", "answered_week", "closed_week")),
            "next_party": hearing.next_party(case),
            "measures": list(case.measures.values("number", "message", "due_week", "closed_week")),
            "open": case.closed_week is None,
            "may_measure": policies.may_keep(member) and kinds().states[case.state].measures,
            "may_keep": policies.may_keep(member),
        }
    )


@require_POST
@told
def message(request: HttpRequest, number: int) -> HttpResponse:
    """Keep one more message."""
    _member, case = open_case(request, number)
    sent = wire.read(request, SentMessage)
    writing.add_message(case=case, name=sent.name, sequence=sent.sequence, sealed=sent.sealed)
    return JsonResponse({"kept": True})


@require_POST
@told
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Make a move."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentMove)
    moved = moving.move_case(
        actor=member,
        case=case,
        move=sent.move,
        seen=sent.seen,
        sequence=sent.sequence,
        sealed=sent.sealed or b"",
        without_follow_up=sent.without_follow_up,
    )
    return JsonResponse({"state": moved.state})


@require_POST
@told
def clock(request: HttpRequest, number: int) -> HttpResponse:
    """Stop, resume or extend the clocks."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentClock)
    reasons = {"sequence": sent.sequence, "sealed": sent.sealed or b""}
    if sent.act == "resume":
        moving.resume(actor=member, case=case)
    elif sent.act == "suspend":
        moving.suspend(actor=member, case=case, **reasons)  # type: ignore[arg-type]
    else:
        moving.extend(actor=member, case=case, days=sent.days, **reasons)  # type: ignore[arg-type]
    return JsonResponse({"kept": True})


@require_POST
@told
def grant(request: HttpRequest, number: int) -> HttpResponse:
    """Keep keys for other members."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentGrants)
    given = [Granted(one.thread, one.epoch, one.key, one.sealed) for one in sent.granted]
    return JsonResponse({"new": keys.grant(actor=member, case=case, granted=given)})


@require_POST
@told
def renew(request: HttpRequest, number: int) -> HttpResponse:
    """Begin new epochs."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentThreads)
    keys.renew(actor=member, case=case, threads={name: one.kept() for name, one in sent.threads.items()})
    return JsonResponse({"kept": True})


@require_POST
@told
def hear(request: HttpRequest, number: int) -> HttpResponse:
    """Open the party thread."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentParty)
    note = Letter(sent.sequence, sent.sealed)
    hearing.hear(actor=member, case=case, name=sent.name, party=sent.party.kept(), thread=sent.thread.kept(), note=note)
    return JsonResponse({"kept": True})


@require_POST
@told
def change_hearing(request: HttpRequest, number: int) -> HttpResponse:
    """Give a heard party more time, or close its hearing."""
    member, case = open_case(request, number)
    sent = wire.read(request, SentHearing)
    why = Letter(sent.sequence, sent.sealed)
    if sent.act == "extend":
        hearing.extend_hearing(actor=member, case=case, name=sent.name, due=sent.due or date.min, why=why)
    else:
        hearing.close_hearing(actor=member, case=case, name=sent.name, why=why)
    return JsonResponse({"kept": True})


@require_POST
@told
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Note that a member opened the intake thread."""
    _member, case = open_case(request, number)
    sent = wire.read(request, SentRead)
    last = selectors.next_sequence(case, INTAKE) - 1
    writing.note_read(case, min(sent.sequence, last))
    return JsonResponse({"kept": True})


@require_POST
@told
def add_file(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a sealed file with the message that names it."""
    _member, case = open_case(request, number)
    parts = wire.parts_of(request)
    sent = wire.shaped(request.POST.dict(), SentFile)
    writing.add_file(
        case=case,
        name=sent.name,
        identifier=sent.identifier,
        file=parts.get("file", b""),
        sequence=sent.sequence,
        message=parts.get("message", b""),
    )
    return JsonResponse({"kept": True})


@require_GET
@told
def file(request: HttpRequest, number: int, identifier: str) -> HttpResponse:
    """A sealed file as it lies here."""
    _member, case = open_case(request, number)
    kept = selectors.file_of(case, identifier, selectors.newest_threads(case))
    if kept is None:
        raise Http404
    try:
        content = storage.path_of(kept.stored_name).read_bytes()
    except OSError:
        content = b""
    return HttpResponse(content, content_type="application/octet-stream")


@require_GET
@told
def export(request: HttpRequest, number: int) -> HttpResponse:
    """The whole case as age files."""
    member, case = open_case(request, number)
    response = HttpResponse(exports.bundle(case, member), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{case.number}.zip"'
    return response
