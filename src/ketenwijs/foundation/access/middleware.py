"""Finds the viewer of each request and puts up their fence around everything that follows."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.access.viewer import visitor

ACTING_FOR = "acting_for"


class ViewerMiddleware:
    """Sets `request.viewer`; grants are read anew on every request, so an ended role ends at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the viewer's fence; nothing signed in may be kept by a cache."""
        if request.user.is_authenticated:
            viewer = viewer_of(request.user, acting_for=request.session.get(ACTING_FOR))
        else:
            viewer = visitor()
        request.viewer = viewer  # type: ignore[attr-defined]
        with fenced_for(viewer):
            response = self.get_response(request)
        if viewer.is_signed_in:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
