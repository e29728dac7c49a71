"""Costly pages, such as lists to take away, share a few places per process, so that forms go on answering (case 78)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ketenwijs.foundation.ui.views import busy

RETRY_AFTER = 20
"""Seconds after which a browser or program may ask again."""


class HeavyPages:
    """Lets `HEAVY_AT_ONCE` requests for `HEAVY_PAGES` run at a time in this process, and one per session.

    Nobody waits for a place: who waits holds a thread that a form could use. Comes last of all middleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.names = frozenset(settings.HEAVY_PAGES)
        self.places = threading.BoundedSemaphore(settings.HEAVY_AT_ONCE)
        self.lock = threading.Lock()
        self.sessions: set[str] = set()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and give back the place that the page took."""
        try:
            return self.get_response(request)
        finally:
            self._give_back(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Take a place, or say that all are taken."""
        match = request.resolver_match
        if match is None or match.view_name not in self.names or self._take(request):
            return None
        response = busy(request)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response

    def _take(self, request: HttpRequest) -> bool:
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)  # not the account: that would cost a query
        with self.lock:
            if session in self.sessions or not self.places.acquire(blocking=False):
                return False
            if session is not None:
                self.sessions.add(session)
        request.heavy_place = (session,)  # type: ignore[attr-defined]
        return True

    def _give_back(self, request: HttpRequest) -> None:
        taken = request.__dict__.pop("heavy_place", None)
        if taken is not None:
            with self.lock:
                self.sessions.discard(taken[0])
                self.places.release()
