"""Following: the number again, then messages both ways, files, and the committee's questions."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.arrival import Opened
from ketenwijs.complaints.cases.models import COMPLAINANT, Case
from ketenwijs.complaints.cases.selectors import file_of, hearing_of, holder_of
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.intake import passes, services
from ketenwijs.complaints.intake.brakes import Busy, brake
from ketenwijs.complaints.intake.conversation import conversation, is_over, standing
from ketenwijs.complaints.intake.events import notices, standing_shown
from ketenwijs.complaints.intake.passes import Pass
from ketenwijs.complaints.intake.phrases import Sheet
from ketenwijs.complaints.intake.services import Told
from ketenwijs.complaints.intake.views.page import address_of, page, show
from ketenwijs.complaints.intake.views.telling import (
    LONGEST,
    Problem,
    problem_said,
    refuse_unsolved,
    sum_to_solve,
    told_in,
)
from ketenwijs.complaints.sealing import receipts
from ketenwijs.complaints.sealing.refusals import Refusal
from ketenwijs.complaints.sealing.threads import key_list_refusal
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.ui.errors import DomainError

QUESTIONS = {"consent": ("yes", "no"), "remedy": ("yes", "no"), "transfer": ("yes", "no")}


@page("GET", "POST")
def follow(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Type the number. A wrong one, a mistyped one and one whose case is gone get the same sentence."""
    if request.method == "GET":
        return _follow(request, sheet)
    try:
        refuse_unsolved(request, "look")
        secret = services.stretch(receipts.normalised(request.POST.get("number", "")))
    except Problem as problem:
        return _follow(request, sheet, problem.phrase, problem.status)
    except Refusal:
        brake.note("guess")
        return _follow(request, sheet, "follow_unknown", 404)
    except Busy:
        return _follow(request, sheet, "busy", 503)
    holder, carried = services.find(secret), Pass(stretched=secret.hex(), nonce=secrets.token_hex(8))
    if holder is None:
        return _follow(request, sheet, "follow_unknown", 404)
    opened = opened_by(carried) if request.POST.get("text") else None
    if opened:  # typed before the pass ran out: it stands in the form again, to be looked at and sent
        shown = {**_shown(request, sheet, opened, ""), "typed": request.POST}
        return show(request, sheet, "case", carried=carried, **shown)
    response = redirect("intake:case", sheet.code)
    passes.give(response, carried)
    return response


def _follow(request: HttpRequest, sheet: Sheet, problem: str = "", status: int = 200) -> HttpResponse:
    words = sum_to_solve(request, sheet, "look")
    problem = problem_said(sheet, problem, words)
    return show(request, sheet, "follow", status=status, problem=problem, typed=request.POST, **words)


@page("GET", "POST")
def case(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The case of a receipt: where it stands, the messages, and a form to answer."""
    carried = passes.read(request)
    opened = opened_by(carried)
    if carried is None or opened is None:
        return show(request, sheet, "follow", problem=sheet.phrases["old_page"], status=403, typed=request.POST)
    problem, status = "", 200
    if request.method == "POST" and passes.is_own_form(request, carried):
        try:
            complete = _answer(request, sheet, carried, opened)
        except Problem as refused:
            problem, status = refused.phrase, refused.status
        except (DomainError, DatabaseError):
            problem, status = "busy", 409
        else:
            response = redirect("intake:case", sheet.code)
            if not complete:
                response["Location"] += "?files=missing"
            passes.give(response, replace(carried, nonce=secrets.token_hex(8)))
            return response
    problem = problem or ("files_missing" if request.GET.get("files") == "missing" else "")
    return show(request, sheet, "case", carried=carried, status=status, **_shown(request, sheet, opened, problem))


def opened_by(carried: Pass | None) -> Opened | None:
    """The case behind a pass with everything its holder may read; None without pass, case or fitting keys."""
    if carried is None or not carried.stretched:
        return None
    keys = receipts.keys_from(carried.secret)
    holder = holder_of(keys.locator, keys.proof)
    try:
        return services.open_again(holder, carried.secret) if holder else None
    except Refusal:
        return None


def _answer(request: HttpRequest, sheet: Sheet, carried: Pass, opened: Opened) -> bool:
    if is_list_changed(opened):
        raise Problem("list_changed", 409)
    refuse_unsolved(request, "send")
    brake.note("send")
    brake.note("send", address_of(request))
    kind, _colon, about = request.POST.get("question", "").partition(":")
    said = request.POST.get("say", "")
    if kind in QUESTIONS and said in QUESTIONS[kind] and about.isdecimal():
        told = Told(text=said, language=sheet.code)
        return services.answer(opened.holder, carried.secret, told, carried.nonce, kind=kind, about=int(about))
    return services.answer(opened.holder, carried.secret, told_in(request, sheet), carried.nonce)


def _shown(request: HttpRequest, sheet: Sheet, opened: Opened, problem: str) -> dict[str, Any]:
    found = notices(opened.holder, sheet)
    own = standing(Case.objects.get(pk=opened.holder.case_id), hearing_of(opened.holder))
    state, due_on = standing_shown(found, own)
    asked = sum_to_solve(request, sheet, "send")
    return {
        "problem": problem_said(sheet, problem, asked),
        "rows": conversation(opened, sheet),
        "state": sheet.phrases[f"state_{state}"],
        "due_on": sheet.day(due_on.isoformat()) if due_on else "",
        "list_changed": is_list_changed(opened),
        "is_over": is_over(hearing_of(opened.holder)),
        "is_complainant": opened.holder.role == COMPLAINANT,
        "typed": request.POST if problem else {},
        "longest": LONGEST,
        "notices": found,
        **asked,
    }


def is_list_changed(opened: Opened) -> bool:
    """Whether the committee's keys are not those that were seen before: then nothing may be written."""
    now = committee.key_list()
    messages = [one for thread in opened.messages.values() for one in thread]
    is_ours = arrival.is_proven(opened, opened.holder.thread)
    return bool(key_list_refusal(messages, root=now.root, serial=now.serial)) or not is_ours


@page("GET")
def file(request: HttpRequest, sheet: Sheet, identifier: str) -> HttpResponse:
    """One file of one's own threads, opened in memory; always to be saved, never shown by the browser itself."""
    opened = opened_by(passes.read(request))
    if opened is None:
        return redirect("intake:follow", sheet.code)
    for name, messages in opened.messages.items():
        for one in messages:
            if one.payload and one.payload.kind == "file" and one.payload.body.get("file") == identifier:
                return _file(request, sheet, opened, name, one.payload)
    raise Http404


def _file(request: HttpRequest, sheet: Sheet, opened: Opened, name: str, payload: Any) -> HttpResponse:
    kept = file_of(opened.holder.case, str(payload.body["file"]), (opened.holder.thread,))
    try:
        stored = storage.path_of(kept.stored_name).read_bytes() if kept else b""
        content = arrival.open_file(opened, name, payload.body, payload.place.epoch, stored)
    except (Refusal, OSError, ValueError, KeyError, TypeError):
        return show(request, sheet, "problem", status=409, problem=sheet.phrases["damaged"])
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{payload.place.sequence}.{_ending(payload)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _ending(payload: Any) -> str:
    ending = str(payload.body.get("name", "")).rpartition(".")[2]
    return ending if ending.isalnum() and ending.isascii() and len(ending) <= 5 else "bin"


@page("POST")
def leave(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Close the case on this telephone."""
    response = redirect("intake:start", sheet.code)
    passes.take(response)
    return response
