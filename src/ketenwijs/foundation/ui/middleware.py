"""A short reference number per request, so that an error page and one log line can be brought together."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("ketenwijs.requests")
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class ReferenceNumber:
    """Sets `request.reference` and `X-Reference`; logs refusals and failures without content."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer and log one line for answers from 400 on: method, status, address pattern, never values."""
        request.reference = "".join(secrets.choice(ALPHABET) for _place in range(8))  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["X-Reference"] = request.reference  # type: ignore[attr-defined]
        if response.status_code >= 400:
            pattern = request.resolver_match.route if request.resolver_match else "-"
            logger.warning("%s %s %s %s", request.reference, request.method, response.status_code, pattern)  # type: ignore[attr-defined]
        return response
