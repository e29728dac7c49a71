"""Decorators for pages of signed-in people, so that every view opens the same way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ketenwijs.foundation.access.viewer import Viewer

View = Callable[..., HttpResponse]


class ViewerRequest(HttpRequest):
    """A request that went through `ViewerMiddleware`; for type checks only."""

    viewer: Viewer


def signed_in(view: View) -> View:
    """Only for signed-in people; others go to the sign-in page and come back."""
    return login_required(view)


def needs(right: str) -> Callable[[View], View]:
    """Only for people who hold the right in some scope (403 otherwise); the object itself is checked by its selector."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.viewer.holds(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
