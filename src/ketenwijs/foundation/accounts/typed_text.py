"""Keeping what somebody typed when their session had ended: for the same browser and person, for thirty minutes."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest

from ketenwijs.foundation.accounts import browser

KEY = "typed_text"
LONGEST = 200_000
"""Characters of names and values together; more is not kept."""
SECONDS = 30 * 60
LEFT_OUT = {"csrfmiddlewaretoken", "code", "credential"}


def keep(request: HttpRequest) -> bool:
    """Put the posted text fields into the session; whether anything was kept.

    Files and passwords are left out. Nothing is kept for a browser in which nobody signed in before: without knowing
    whose text it is it could be given to somebody else.
    """
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in LEFT_OUT and "password" not in name
        for value in values
    ]
    length = sum(len(name) + len(value) for name, value in fields)
    person = _mark_of_person(request)
    if not fields or length > LONGEST or not person:
        return False
    request.session[KEY] = {"path": request.get_full_path(), "fields": fields, "at": time.time(), "person": person}
    return True


def waiting(request: HttpRequest) -> dict[str, Any] | None:
    """What is kept for the signed-in person: `path` and `fields`. What is too old or somebody else's is dropped."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None:
        return None
    if time.time() - kept["at"] > SECONDS or kept["person"] != _mark_of_person(request):
        drop(request)
        return None
    return kept


def is_for(request: HttpRequest) -> bool:
    """Whether the page asked for is the one whose text is kept."""
    kept = waiting(request)
    return bool(kept and kept["path"] == request.get_full_path())


def drop(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(KEY, None)


def _mark_of_person(request: HttpRequest) -> str:
    return browser.mark_of(request.user.email) if request.user.is_authenticated else browser.mark_in(request)
