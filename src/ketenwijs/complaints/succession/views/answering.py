"""The complainant's answer: from a page without script, and sealed by a browser."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Literal

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from pydantic import Field

from ketenwijs.complaints.cases import arrival, wire
from ketenwijs.complaints.intake import passes
from ketenwijs.complaints.intake.brakes import brake
from ketenwijs.complaints.intake.phrases import Sheet
from ketenwijs.complaints.intake.views import sealed as sealed_pages
from ketenwijs.complaints.intake.views.following import is_list_changed, opened_by
from ketenwijs.complaints.intake.views.page import address_of, page, show
from ketenwijs.complaints.intake.views.sealed import SentMessage, holder_shown, sealed_view
from ketenwijs.complaints.sealing.payloads import INTAKE
from ketenwijs.complaints.sealing.receipts import once_token
from ketenwijs.complaints.succession import services
from ketenwijs.foundation.ui.errors import DomainError

KIND = "handover"
"""What the sealed message of an answer is called; it names the body by its digest."""
ANSWERS = ("yes", "no")


class SentAnswer(SentMessage):
    """A sealed answer, and what it says for this server."""

    body: str = Field(pattern=r"^[0-9a-f]{64}$")
    says: Literal["yes", "no"]


@page("POST")
def answer(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Yes or no from the form of the case page, sealed here in memory."""
    carried = passes.read(request)
    opened = opened_by(carried)
    if carried is None or opened is None:
        return show(request, sheet, "follow", problem=sheet.phrases["old_page"], status=403, typed={})
    says, digest = request.POST.get("say", ""), request.POST.get("body", "")
    if not passes.is_own_form(request, carried) or says not in ANSWERS:
        return redirect("intake:case", sheet.code)
    if is_list_changed(opened):
        return show(request, sheet, "problem", status=409, problem=sheet.phrases["list_changed"])
    brake.note("send")
    brake.note("send", address_of(request))
    told = {"text": says, "body": digest, "sealed_by": "service"}
    try:
        sequence, message = arrival.next_message(opened, INTAKE, KIND, told, timezone.now())
        once = once_token(carried.secret, carried.nonce, f"{KIND} {digest} {says}")
        services.answer(
            holder=opened.holder, digest=digest, agrees=says == "yes", sequence=sequence, sealed=message, once=once
        )
    except (DomainError, DatabaseError, KeyError):
        return show(request, sheet, "problem", status=409, problem=sheet.phrases["old_page"])
    response = redirect("intake:case", sheet.code)
    passes.give(response, replace(carried, nonce=secrets.token_hex(8)))
    return response


@sealed_view
def sealed_answer(request: HttpRequest) -> HttpResponse:
    """Yes or no that a browser sealed and signed."""
    sent = wire.read(request, SentAnswer)
    sealed_pages.refuse_flood(request, "send", sent.sum, sent.answer)
    services.answer(
        holder=holder_shown(sent),
        digest=sent.body,
        agrees=sent.says == "yes",
        sequence=sent.sequence,
        sealed=sent.sealed,
        once=sent.once,
    )
    return JsonResponse({"kept": True})
