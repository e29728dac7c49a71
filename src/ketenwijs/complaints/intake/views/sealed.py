"""For browsers that seal: they get keys and envelopes and send envelopes. No cookie, no session: the proof is in the post."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from functools import wraps as around

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from pydantic import Field

from ketenwijs.complaints.cases import wire
from ketenwijs.complaints.cases.models import COMPLAINANT, Case, Envelope, Holder
from ketenwijs.complaints.cases.selectors import (
    file_of,
    hearing_of,
    holder_of,
    newest_threads,
    signers_for,
    wraps_for_holder,
)
from ketenwijs.complaints.cases.services.opening import open_case
from ketenwijs.complaints.cases.services.pieces import Incomplete, is_begun, join_pieces, keep_piece
from ketenwijs.complaints.cases.services.writing import NoRoom, add_file, add_message, note_word_of
from ketenwijs.complaints.cases.wire import Hex32, Sealed, Sent, SentCase, plain
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.intake.brakes import brake, guessing_is_slowed, must_solve, new_sum, unsolved
from ketenwijs.complaints.intake.conversation import standing
from ketenwijs.complaints.intake.events import notices, standing_shown
from ketenwijs.complaints.intake.views.page import address_of, is_same_origin
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion

View = Callable[[HttpRequest], HttpResponse]


class Shown(Sent):
    """The right to a case, and the sum when one was asked."""

    locator: Hex32
    proof: str = Field(pattern=r"^[0-9a-f]{64}$")
    sum: str = ""
    answer: str = Field(default="", max_length=10)


class SentMessage(Shown):
    """One more message."""

    sequence: int = Field(ge=1)
    sealed: Sealed
    once: Hex32


class SentFile(Shown):
    """Where a file goes; its bytes travel beside, or went up before as so many pieces of an upload."""

    identifier: Hex32
    sequence: int = Field(ge=1)
    upload: Hex32 | None = None
    pieces: int = Field(default=0, ge=0, le=1000)


class SentPiece(Shown):
    """Which piece of which upload; its bytes travel beside."""

    upload: Hex32
    number: int = Field(ge=0, le=1000)


class SentNewCase(SentCase):
    """A new case, and the sum when one was asked."""

    sum: str = ""
    answer: str = Field(default="", max_length=10)


class NotFound(Exception):
    """No case for what was shown."""


class Unsolved(Exception):
    """A sum must be solved first; its text names the phrase."""


def sealed_view(view: View) -> View:
    """A post of our own pages; refusals as codes, never with anything that was sent."""

    @csrf_exempt
    @require_POST
    @around(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if not is_same_origin(request):
            return JsonResponse({"phrase": "error_title"}, status=403)
        try:
            return view(request)
        except Unsolved as refused:
            one, other, token = new_sum()
            return JsonResponse({"phrase": str(refused), "a": one, "b": other, "sum": token}, status=429)
        except (NotFound, Incomplete, DomainError) as refused:
            return _refused(refused)

    return answer


def _refused(refused: Exception) -> HttpResponse:
    """Which phrase the browser shows, and what it needs to go on."""
    if isinstance(refused, NotFound):
        return JsonResponse({"phrase": "follow_unknown"}, status=404)
    if isinstance(refused, StaleVersion):
        return JsonResponse({"phrase": "busy", "stale": True}, status=409)
    if isinstance(refused, Incomplete):
        return JsonResponse({"phrase": "busy", "missing": refused.missing}, status=409)
    if isinstance(refused, NoRoom):
        return JsonResponse({"phrase": "no_room"}, status=413)
    return JsonResponse({"phrase": "closed"}, status=400)


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The signed list and what a browser needs to seal to it; it checks the signature itself."""
    stored = committee.latest_list()
    return JsonResponse(
        {
            "open": committee.is_intake_open(),
            "salt": committee.site_salt().hex(),
            "document": stored.document if stored else "",
            "signature": stored.signature if stored else "",
            "readers": [key.identifier for key in committee.first_readers()],
            "readers_without_chair": [key.identifier for key in committee.first_readers(without_chair=True)],
        }
    )


@sealed_view
def new_case(request: HttpRequest) -> HttpResponse:
    """Take a case that the browser sealed; sent again it is the same case."""
    sent = wire.read(request, SentNewCase)
    refuse_flood(request, "send", sent.sum, sent.answer)
    case = open_case(sent.kept())
    known = Envelope.objects.filter(case=case, once=sent.once).exists()
    return JsonResponse({"kept": known, "case": case.identifier})


@sealed_view
def threads(request: HttpRequest) -> HttpResponse:
    """Everything sealed that a holder may open."""
    shown = wire.read(request, Shown)
    if guessing_is_slowed() and (phrase := unsolved(shown.sum, shown.answer)):
        raise Unsolved(phrase)
    holder = holder_shown(shown)
    case = Case.objects.get(pk=holder.case_id)
    wraps, newest, told = wraps_for_holder(holder), newest_threads(case), notices(holder)
    state, due_on = standing_shown(told, standing(case, hearing_of(holder)))
    names = dict.fromkeys(name for name, _epoch in wraps)
    return JsonResponse(
        {
            "case": case.identifier,
            "role": holder.role,
            "state": state,
            "due_on": due_on,
            "signing": plain(bytes(holder.signing_sealed)),
            "signers": signers_for(holder),
            "notices": [one.data for one in told],
            "threads": {
                name: {
                    "epoch": newest[name].epoch,
                    "recipient": newest[name].recipient,
                    "wraps": {epoch: plain(wrap) for (thread, epoch), wrap in wraps.items() if thread == name},
                    "envelopes": wire.rows(case, name),
                }
                for name in names
            },
        }
    )


@sealed_view
def message(request: HttpRequest) -> HttpResponse:
    """Keep one more message of a holder."""
    sent = wire.read(request, SentMessage)
    refuse_flood(request, "send", sent.sum, sent.answer)
    holder = holder_shown(sent)
    add_message(case=holder.case, name=_own_thread(holder), sequence=sent.sequence, sealed=sent.sealed, once=sent.once)
    if holder.role == COMPLAINANT:
        note_word_of(holder)
    return JsonResponse({"kept": True})


@sealed_view
def piece(request: HttpRequest) -> HttpResponse:
    """Keep one piece of a sealed file that is going up. A file counts once for the brake, when it begins."""
    parts = wire.parts_of(request)
    if getattr(request, "upload_too_large", False) or set(parts) != {"piece"}:
        return JsonResponse({"phrase": "too_large"}, status=413)
    sent = wire.shaped(request.POST.dict(), SentPiece)
    holder = holder_shown(sent)
    if not is_begun(holder, sent.upload):
        refuse_flood(request, "file", sent.sum, sent.answer)
    keep_piece(holder=holder, upload=sent.upload, number=sent.number, content=parts["piece"])
    return JsonResponse({"kept": True})


@sealed_view
def file(request: HttpRequest) -> HttpResponse:
    """Keep a sealed file with the message that names it: two parts, `file` and `message`, and the right to the case.
    Of a file that went up in pieces only the message comes now."""
    parts = wire.parts_of(request)
    if getattr(request, "upload_too_large", False) or not {"message"} <= set(parts) <= {"file", "message"}:
        return JsonResponse({"phrase": "too_large"}, status=413)
    sent = wire.shaped(request.POST.dict(), SentFile)
    if ("file" in parts) == bool(sent.upload and sent.pieces):
        return JsonResponse({"phrase": "closed"}, status=400)
    holder = holder_shown(sent)
    if not sent.upload:
        refuse_flood(request, "file", sent.sum, sent.answer)
    keep = (
        partial(join_pieces, holder=holder, upload=sent.upload, count=sent.pieces)
        if sent.upload
        else partial(add_file, case=holder.case, file=parts["file"])
    )
    name = _own_thread(holder)
    keep(name=name, identifier=sent.identifier, sequence=sent.sequence, message=parts["message"])
    if holder.role == COMPLAINANT:
        note_word_of(holder)
    return JsonResponse({"kept": True})


class Wanted(Shown):
    """Which file."""

    identifier: Hex32


@sealed_view
def sealed_file(request: HttpRequest) -> HttpResponse:
    """A sealed file of one's own threads, as it lies here."""
    wanted = wire.read(request, Wanted)
    holder = holder_shown(wanted)
    kept = file_of(holder.case, wanted.identifier, (_own_thread(holder),))
    if kept is None:
        raise NotFound
    try:
        content = storage.path_of(kept.stored_name).read_bytes()
    except OSError:
        content = b""
    return HttpResponse(content, content_type="application/octet-stream")


def holder_shown(shown: Shown) -> Holder:
    """Whoever has the right that was shown. Raises NotFound; a miss counts as a guess."""
    holder = holder_of(shown.locator, shown.proof)
    if holder is None:
        brake.note("guess")
        raise NotFound
    return holder


def _own_thread(holder: Holder) -> str:
    return holder.thread


def refuse_flood(request: HttpRequest, what: str, token: str, answer: str) -> None:
    """Count one act. Raises Unsolved while many send and no sum was solved."""
    address = address_of(request)
    if must_solve(what, address) and (phrase := unsolved(token, answer)):
        raise Unsolved(phrase)
    brake.note(what)
    brake.note(what, address)
