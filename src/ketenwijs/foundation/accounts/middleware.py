"""Sessions end in time, and text typed into an expired session is not lost."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ketenwijs.foundation.accounts import typed_text
from ketenwijs.foundation.accounts.second_factor import is_demanded

STARTED = "session_started"
SIGNED_IN_PATHS = "/desk/"


class AbsoluteSessionLimit:
    """Ends a session twelve hours after sign-in, whatever happens in it, and at once for people who were deactivated."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note when the session began, and end it in time."""
        if request.user.is_authenticated:
            started = request.session.setdefault(STARTED, time.time())
            if time.time() - started > settings.SESSION_ABSOLUTE_AGE or not request.user.is_active:
                logout(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            _remember_person(request, response)
        return response


def _remember_person(request: HttpRequest, response: HttpResponse) -> None:
    """A mark by which text typed after the session ended goes back to the same person only."""
    mark = typed_text.marker(request)
    if request.COOKIES.get(typed_text.LAST_PERSON) != mark:
        response.set_cookie(
            typed_text.LAST_PERSON, mark, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
        )


class KeepTypedText:
    """A form sent without a session is kept until the same person signed in again (security case 77).

    Also leads people whose role demands a second factor to setting one up before anything else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep, lead on, or pass through."""
        if not request.path.startswith(SIGNED_IN_PATHS):
            return self.get_response(request)
        if not request.user.is_authenticated:
            if request.method == "POST":
                typed_text.keep(request)
            return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)
        if request.method == "GET" and typed_text.waits_for(request):
            return redirect("accounts:kept-text")
        if is_demanded(request.user) and not _has_second_factor(request):
            return redirect(reverse("mfa_index"))
        return self.get_response(request)


def _has_second_factor(request: HttpRequest) -> bool:
    return is_mfa_enabled(request.user)
