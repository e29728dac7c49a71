"""Keeping what somebody typed when their session had ended: for the same browser and person, for thirty minutes."""

from __future__ import annotations

import time
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest

KEY = "typed_text"
LAST_PERSON = "last_person"
LONGEST = 200_000
MINUTES = 30
LEFT_OUT = ("csrfmiddlewaretoken", "password", "password1", "password2", "code")


def keep(request: HttpRequest) -> None:
    """Put the posted text fields into the (signed-out) session; files and secrets are left out, too much is not kept."""
    fields = [(name, value) for name, values in request.POST.lists() if name not in LEFT_OUT for value in values]
    if not fields or sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return
    request.session[KEY] = {
        "path": request.path,
        "fields": fields,
        "at": time.time(),
        "person": request.COOKIES.get(LAST_PERSON, ""),
    }


def waiting(request: HttpRequest) -> dict[str, Any] | None:
    """What is kept for this person and not too old; what is not for them is dropped."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    theirs = not kept["person"] or kept["person"] == marker(request)
    if time.time() - kept["at"] > MINUTES * 60 or not theirs:
        drop(request)
        return None
    return kept


def waits_for(request: HttpRequest) -> bool:
    """Whether the page asked for is the one whose text is kept."""
    kept = request.session.get(KEY)
    return bool(kept and kept["path"] == request.path and waiting(request))


def drop(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(KEY, None)


def marker(request: HttpRequest) -> str:
    """A mark of the signed-in person that tells nobody who it is; set as a cookie at sign-in."""
    return sha256(f"{settings.SECRET_KEY}:{request.user.pk}".encode()).hexdigest()[:24]
