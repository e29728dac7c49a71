"""Notices at the start of each request what another process applied."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ketenwijs.foundation.content.selectors import refresh


class FreshContent:
    """One small query per page, so that every process shows the same edition."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look, then answer."""
        if request.path != "/health":
            refresh()
        return self.get_response(request)
