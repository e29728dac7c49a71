"""No page of this program may be kept by a browser, a proxy or a search engine."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

WITH_ORIGIN = ("/committee/", "/accounts/", "/language/", "/register/")


class NoTraces:
    """Says so on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers that forbid keeping."""
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Pragma"] = "no-cache"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if not request.path.startswith(WITH_ORIGIN):
            response.headers["Referrer-Policy"] = "no-referrer"
        return response
