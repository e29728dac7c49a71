"""A cookie by which a browser is known for the person who last signed in there.

Two uses: text typed after a session ended goes back to the same person only (security case 77), and a person's own
browser has its own allowance of failed sign-ins, so that a stranger cannot use it up (security case 69).
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "known_browser"
REMEMBERED_FOR = timedelta(days=180)


def mark_of(email: str) -> str:
    """A mark of an address that cannot be made or read without the installation's secret."""
    return salted_hmac("ketenwijs.accounts.browser", email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def cookie_name() -> str:
    """With the prefix that binds it to our host where cookies travel over https only."""
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def mark_in(request: HttpRequest) -> str:
    """The mark this browser carries; empty when nobody signed in here lately."""
    return request.COOKIES.get(cookie_name(), "")


def is_known_for(request: HttpRequest, email: str) -> bool:
    """Whether this address was the last to sign in from this browser."""
    return constant_time_compare(mark_in(request), mark_of(email))


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Give the browser the person's mark unless it has it already."""
    if not is_known_for(request, email):
        response.set_cookie(
            cookie_name(),
            mark_of(email),
            max_age=REMEMBERED_FOR,
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )
