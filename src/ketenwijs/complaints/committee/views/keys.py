"""The member's own key and the signed list. Private halves are made and opened in the browser only."""

from __future__ import annotations

import hashlib
import json
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from pydantic import BaseModel, ConfigDict, Field

from ketenwijs.complaints.committee import selectors, services
from ketenwijs.complaints.committee.answers import bytes_of, member_of, text_of, told
from ketenwijs.complaints.sealing import envelopes, keylists
from ketenwijs.foundation.ui.errors import DomainError

CHALLENGE = "key_test"
"""Where the session keeps the digest of what only the holder of the key can read."""


class Sent(BaseModel):
    """Nothing unknown."""

    model_config = ConfigDict(extra="forbid")


class SentKey(Sent):
    """What the browser made."""

    recipient: str = Field(max_length=80)
    signing: str = Field(max_length=100)
    by_passphrase: str
    by_paper: str


class SentAnswer(Sent):
    """What the browser read in the challenge, signed."""

    answer: str
    signature: str


class SentList(Sent):
    """A signed list."""

    document: str
    signature: str


@require_http_methods(["GET", "POST"])
@told
def key(request: HttpRequest) -> HttpResponse:
    """The page of the own key; a post keeps a key that the browser made."""
    member = member_of(request)
    if request.method == "POST":
        sent = SentKey.model_validate(json.loads(request.body))
        services.add_key(
            actor=member,
            recipient=sent.recipient,
            signing=sent.signing,
            by_passphrase=bytes_of(sent.by_passphrase),
            by_paper=bytes_of(sent.by_paper),
        )
        return JsonResponse({"kept": True})
    return render(
        request,
        "committee/key.html",
        {"own": selectors.own_key(member), "work_factor": settings.PASSPHRASE_WORK_FACTOR},
    )


@require_GET
def wrapped(request: HttpRequest) -> HttpResponse:
    """The own private key as it lies here: wrapped by passphrase and by paper key."""
    own = selectors.own_key(member_of(request))
    if own is None:
        return JsonResponse({}, status=404)
    return JsonResponse(
        {
            "identifier": own.identifier,
            "recipient": own.recipient,
            "signing": own.signing,
            "by_passphrase": text_of(own.by_passphrase),
            "by_paper": text_of(own.by_paper),
        }
    )


@require_POST
@told
def challenge(request: HttpRequest) -> HttpResponse:
    """Something sealed to the own key, to be read and signed."""
    own = selectors.own_key(member_of(request))
    if own is None:
        raise DomainError(_("Make your key first, then test it."))
    words = secrets.token_bytes(32)
    request.session[CHALLENGE] = hashlib.sha256(words).hexdigest()
    return JsonResponse({"challenge": text_of(envelopes.seal(words, [own.recipient]))})


@require_POST
@told
def answer(request: HttpRequest) -> HttpResponse:
    """The key is tested when the challenge was read and signed."""
    member = member_of(request)
    sent = SentAnswer.model_validate(json.loads(request.body))
    own = selectors.own_key(member)
    expected = bytes.fromhex(request.session.pop(CHALLENGE, ""))
    if own is not None:
        services.pass_test(
            actor=member, key=own, expected=expected, answer=bytes_of(sent.answer), signature=sent.signature
        )
    return JsonResponse({"tested": own is not None})


@require_http_methods(["GET", "POST"])
@told
def key_list(request: HttpRequest) -> HttpResponse:
    """The signed list; a post puts up the next one."""
    member = member_of(request)
    if request.method == "POST":
        sent = SentList.model_validate(json.loads(request.body))
        services.take_list(actor=member, document=sent.document, signature=sent.signature)
        return JsonResponse({"kept": True})
    found = selectors.key_list()
    names = {**selectors.mechanism().seat_names()}
    context = {
        "found": found,
        "rows": [(one, names.get(one.function, one.function)) for one in found.members],
        "fingerprint": keylists.fingerprint(found.root) if found.root else "",
        "may": member.function in services.MANAGERS,
        "waiting": [key for key, _seat in selectors.listable() if key.identifier not in _listed(found)],
        "work_factor": settings.PASSPHRASE_WORK_FACTOR,
    }
    return render(request, "committee/list.html", context)


def _listed(found: keylists.KeyList) -> set[str]:
    return {one.identifier for one in found.acting}


@require_GET
def list_data(request: HttpRequest) -> HttpResponse:
    """What the chair's browser needs to sign the next list; it checks the present one itself."""
    stored = selectors.latest_list()
    keys = [
        {
            "identifier": key.identifier,
            "name": key.person.name,
            "function": seat.function,
            "recipient": key.recipient,
            "signing": key.signing,
            "since": key.made_on.isoformat(),
            "until": "",
        }
        for key, seat in selectors.listable()
    ]
    return JsonResponse(
        {
            "document": stored.document if stored else "",
            "signature": stored.signature if stored else "",
            "keys": keys,
        }
    )
