"""Telling: choose a language, read what it is, take a number, write."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import replace
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.terms import reception
from ketenwijs.complaints.intake import brakes, passes, services
from ketenwijs.complaints.intake.attachments import BadFile, arrived
from ketenwijs.complaints.intake.brakes import Busy, brake
from ketenwijs.complaints.intake.passes import Pass
from ketenwijs.complaints.intake.phrases import Sheet, offered
from ketenwijs.complaints.intake.services import Told
from ketenwijs.complaints.intake.views.page import address_of, page, show
from ketenwijs.complaints.sealing import keylists, receipts
from ketenwijs.foundation.ui.errors import DomainError

LONGEST = 20_000
"""Characters of one telling; longer stories fit in a voice message or a PDF."""


@require_GET
def languages(request: HttpRequest) -> HttpResponse:
    """Every language in its own script."""
    sheets = offered()
    # Without any language that may open, somebody still finds the other ways and the other bodies.
    ways = {"ways": reception().ways, "bodies": reception().bodies}
    context = {"sheets": sheets, "title": mechanism().neutral_title, **ways}
    return render(request, "intake/languages.html", context)


@page("GET")
def start(request: HttpRequest, sheet: Sheet, agreement: str = "") -> HttpResponse:
    """What this is, who reads it, what the risk is: our form, somebody else's mechanism, or both, as what is in force
    says; `agreement`: only what holds for that one. Another way in while the committee cannot open cases."""
    try:
        offered_here = reception(agreement)
    except LookupError as unknown:
        raise Http404 from unknown
    root = committee.key_list().root
    return show(
        request,
        sheet,
        "start",
        open=committee.is_intake_open(),
        mechanism=mechanism(),
        reception=offered_here,
        fingerprint=keylists.fingerprint(root) if root else "",
    )


@page("GET")
def words(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The phrases of a language, for browsers that seal."""
    return JsonResponse(sheet.phrases)


@page("GET", "POST")
def number(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The receipt first, its last digits typed back before anything is written."""
    if not committee.is_intake_open():
        return redirect("intake:start", sheet.code)
    carried = passes.read(request)
    if carried and carried.sent:
        return redirect("intake:sent", sheet.code)
    if carried is None or not carried.receipt:
        carried = Pass(receipt=receipts.new_receipt(), nonce=secrets.token_hex(8))
    if request.method == "GET" or not passes.is_own_form(request, carried):
        return _number(request, sheet, carried)
    if digits(request.POST.get("last", "")) != carried.receipt[-4:]:
        return _number(request, sheet, carried, problem="number_wrong")
    response = redirect("intake:write", sheet.code)
    passes.give(response, replace(carried, confirmed=True))
    return response


def _number(request: HttpRequest, sheet: Sheet, carried: Pass, problem: str = "") -> HttpResponse:
    shown = receipts.grouped(carried.receipt)
    status = 400 if problem else 200
    return show(
        request, sheet, "number", carried=carried, status=status, shown=shown, problem=sheet.phrases.get(problem, "")
    )


@page("GET", "POST")
def write(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The words and files; whatever goes wrong, what was typed stays in the form."""
    carried = _pass_of_writer(request)
    if carried is None or not carried.confirmed:
        # Nobody writes here without a number; whoever sent a moment ago is led on from there to what was sent.
        return redirect("intake:number", sheet.code)
    if request.method == "GET" or not passes.is_own_form(request, carried):
        return _write(request, sheet, carried)
    try:
        told = told_in(request, sheet)
        refuse_unsolved(request, "send")
        brake.note("send")
        brake.note("send", address_of(request))
        secret = services.stretch(carried.receipt)
        complete = services.send(secret, told, carried.nonce)
    except Problem as problem:
        return _write(request, sheet, carried, problem=problem.phrase, status=problem.status)
    except (Busy, DatabaseError):  # a full or locked disk: nothing was kept, the words stay in the form
        return _write(request, sheet, carried, problem="busy", status=503)
    except DomainError:
        return _write(request, sheet, carried, problem="closed", status=409)
    response = redirect("intake:sent", sheet.code)
    if not complete:
        response = HttpResponseRedirect(response["Location"] + "?files=missing")
    passes.give(response, Pass(stretched=secret.hex(), nonce=secrets.token_hex(8), sent=True))
    return response


def _pass_of_writer(request: HttpRequest) -> Pass | None:
    """The pass of this browser; that of the open form for whoever wrote for hours, or sent once and sends again."""
    carried = passes.read(request)
    return passes.read_form(request) if carried is None or carried.sent else carried


def _write(request: HttpRequest, sheet: Sheet, carried: Pass, *, problem: str = "", status: int = 400) -> HttpResponse:
    asked = sum_to_solve(request, sheet, "send")
    return show(
        request,
        sheet,
        "write",
        carried=carried,
        status=status if problem else 200,
        problem=problem_said(sheet, problem, asked),
        typed=request.POST,
        sealed_pass=passes.sealed(carried),
        longest=LONGEST,
        **asked,
    )


@page("GET")
def sent(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """It arrived; what happens now."""
    carried = passes.read(request)
    if carried is None or not carried.stretched:
        return redirect("intake:follow", sheet.code)
    return show(request, sheet, "sent", carried=carried, files_missing=request.GET.get("files") == "missing")


@require_GET
def leave_quickly(request: HttpRequest) -> HttpResponse:
    """Away at once: the pass is taken, everything this site left in the browser is cleared."""
    response = HttpResponseRedirect(str(mechanism().quick_exit))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    passes.take(response)
    return response


class Problem(Exception):
    """Something is wrong with what was sent; `phrase` names the sentence."""

    def __init__(self, phrase: str, status: int = 400) -> None:
        super().__init__(phrase)
        self.phrase, self.status = phrase, status


def told_in(request: HttpRequest, sheet: Sheet) -> Told:
    """What was sent. Raises Problem for nothing at all, too large files and kinds that are not taken."""
    if getattr(request, "upload_too_large", False):
        raise Problem("too_large")
    keep_place = bool(request.POST.get("keep_place"))
    try:
        files = arrived(request.FILES.getlist("files"), keep_place=keep_place)
    except BadFile as error:
        raise Problem("bad_file") from error
    text = request.POST.get("text", "").strip()[:LONGEST]
    if not text and not files:
        raise Problem("write_empty")
    return Told(
        text=text,
        files=files,
        for_other=bool(request.POST.get("for_other")),
        without_chair=bool(request.POST.get("without_chair")),
        kept_place=keep_place,
        language=sheet.code,
    )


def refuse_unsolved(request: HttpRequest, what: str) -> None:
    """Raises Problem while many are sending and the sum is not solved."""
    slowed = brakes.guessing_is_slowed() if what == "look" else brakes.must_solve(what, address_of(request))
    phrase = brakes.unsolved(request.POST.get("sum", ""), request.POST.get("answer", "")) if slowed else ""
    if phrase:
        raise Problem(phrase, 429)


def sum_to_solve(request: HttpRequest, sheet: Sheet, what: str) -> dict[str, Any]:
    """The sum of a form while many are sending, else nothing."""
    slowed = brakes.guessing_is_slowed() if what == "look" else brakes.must_solve(what, address_of(request))
    if not slowed:
        return {}
    one, other, token = brakes.new_sum()
    return {"question": sheet.phrases["question"] % {"a": one, "b": other}, "sum": token}


def problem_said(sheet: Sheet, problem: str, asked: dict[str, Any]) -> str:
    """The sentence of a problem; `asked`: the sum that goes with the page, which is its own sentence."""
    return str(asked.get("question", "")) if problem == "question" else sheet.phrases.get(problem, "")


def digits(typed: str) -> str:
    """The digits of any script in what was typed, as plain ones."""

    return "".join(
        str(unicodedata.decimal(letter)) for letter in typed if unicodedata.decimal(letter, None) is not None
    )
