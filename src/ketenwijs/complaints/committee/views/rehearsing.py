"""The yearly try of the recovery key: on something made for it, never on a case."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from pydantic import Field

from ketenwijs.complaints.committee import selectors, services
from ketenwijs.complaints.committee.answers import bytes_of, member_of, text_of, told
from ketenwijs.complaints.committee.rehearsal import rehearsals
from ketenwijs.complaints.committee.views.keys import Sent
from ketenwijs.complaints.sealing import envelopes
from ketenwijs.foundation.ui.errors import DomainError

CHALLENGE = "rehearsal"
"""Where the session keeps the recovery key that is tried and the digest of what only it can read."""


class SentHalf(Sent):
    """What the first member signed."""

    key: str = Field(pattern=r"^[0-9a-f]{16}$")
    day: date
    inner: str = Field(pattern=r"^[0-9a-f]{64}$")
    signature: str = Field(max_length=100)


class SentTry(Sent):
    """What the second member read with the recovery key, signed, and the first one's half."""

    answer: str = Field(max_length=100)
    signature: str = Field(max_length=100)
    half: SentHalf


@require_http_methods(["GET", "POST"])
@told
def rehearsal(request: HttpRequest) -> HttpResponse:
    """The page with every try of the present recovery key; a post keeps a try that worked."""
    if request.method == "POST":
        return _kept(request)
    found = selectors.key_list()
    tries = selectors.tries_of(found.recovery)
    context = {
        "recovery": selectors.recovery_standing(found, tries),
        "tries": list(reversed(tries)),
        "term": rehearsals(),
    }
    return render(request, "committee/rehearsal.html", context)


def _kept(request: HttpRequest) -> HttpResponse:
    sent = SentTry.model_validate(json.loads(request.body))
    recovery, expected = request.session.pop(CHALLENGE, ("", ""))
    services.record_rehearsal(
        actor=member_of(request),
        recovery=recovery,
        expected=bytes.fromhex(expected),
        answer=bytes_of(sent.answer),
        signature=sent.signature,
        half=services.Half(sent.half.key, sent.half.day, sent.half.inner, sent.half.signature),
    )
    messages.success(request, _("The try is recorded: the recovery key opens."))
    return JsonResponse({"kept": True})


@require_POST
@told
def challenge(request: HttpRequest) -> HttpResponse:
    """Random words sealed to the recovery key and to nobody else; nothing of a case."""
    recovery = selectors.key_list().recovery
    if not recovery:
        raise DomainError(_("The signed list names no recovery key yet. Make one with the next list."))
    words = secrets.token_bytes(32)
    request.session[CHALLENGE] = (recovery, hashlib.sha256(words).hexdigest())
    return JsonResponse({"challenge": text_of(envelopes.seal(words, [recovery]))})


@require_POST
def failed(request: HttpRequest) -> HttpResponse:
    """Record that it did not open."""
    try:
        services.record_failed_rehearsal(actor=member_of(request))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Recorded. Make a new recovery key with the next list, then try that one."))
    return redirect("committee:rehearsal")
