"""Sessions end in time, and text typed into an expired session is not lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from ketenwijs.foundation.accounts import browser, typed_text
from ketenwijs.foundation.accounts.language import remember_language
from ketenwijs.foundation.accounts.second_factor import is_demanded

STARTED = "session_started"
SEEN = "session_seen"
SEEN_EVERY = 60
"""Seconds within which a session's idle time is not counted anew: a page that is only read then writes nothing."""
SIGNED_IN_PATHS = "/desk/"
Answer = Callable[[HttpRequest], HttpResponse]


class AbsoluteSessionLimit:
    """Ends a session a fixed time after sign-in, whatever happens in it; at once for people who were deactivated."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session in time; after a sign-in note when it began, the person's language and browser."""
        if request.user.is_authenticated:
            if self._is_over(request):
                logout(request)
            elif time.time() - request.session.get(SEEN, 0) > SEEN_EVERY:
                request.session[SEEN] = time.time()
        response = self.get_response(request)
        if request.user.is_authenticated:
            browser.remember(request, response, request.user.email)
        for email in getattr(request, "reset_password_of", ()):
            browser.remember(request, response, email)
        if language := getattr(request, "language_of_person", ""):
            remember_language(response, language)
        return response

    def _is_over(self, request: HttpRequest) -> bool:
        started = request.session.setdefault(STARTED, time.time())
        return time.time() - started > settings.SESSION_ABSOLUTE_AGE or not request.user.is_active


class KeepTypedText:
    """A form sent without a session is kept until the same person has signed in again (security case 77).

    Also leads people whose role demands a second factor to setting one up before anything else. Works after the check
    against forged forms, so that nobody can plant a text from another site.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a kept text that was sent again and arrived is forgotten."""
        response = self.get_response(request)
        arrived = response.status_code < 500 and response.status_code != 403
        if getattr(request, "sent_again", False) and arrived:
            typed_text.drop(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Keep, lead on, or pass through."""
        if not request.path.startswith(SIGNED_IN_PATHS):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(_page_after_sign_in(request))
        if is_demanded(request.user) and not is_mfa_enabled(request.user):
            return _lead_to_second_factor(request)
        if request.method == "GET" and typed_text.is_for(request):
            return redirect("accounts:kept-text")
        request.sent_again = request.method == "POST" and typed_text.is_for(request)  # type: ignore[attr-defined]
        return None


def _page_after_sign_in(request: HttpRequest) -> str:
    """The page asked for; the home page after a posted form of which nothing could be kept (it may have no page)."""
    if request.method != "POST":
        return request.get_full_path()
    if not typed_text.keep(request):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    messages.info(request, _("Your session had ended. What you typed is kept: sign in and send it again."))
    return request.get_full_path()


def _lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        typed_text.keep(request)
    messages.warning(request, _("Your role needs a second step at sign-in. Set one up here; it takes two minutes."))
    return redirect("accounts:security")
