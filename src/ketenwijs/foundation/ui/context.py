"""What every page needs around its content: menu, language switch, demo banner."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject

from ketenwijs.foundation.ui.navigation import acting_name, menu_for, nearest

LANGUAGE_NAMES = (("nl", "Nederlands"), ("fr", "Français"), ("en", "English"))


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates; also for visitors and for requests that never met the viewer's middleware."""
    viewer = getattr(request, "viewer", None)
    signed_in = bool(viewer and viewer.is_signed_in)
    menu: Any = SimpleLazyObject(lambda: menu_for(viewer) if signed_in else [])
    return {
        "viewer": viewer,
        "signed_in": signed_in,
        "acting": SimpleLazyObject(lambda: acting_name(viewer) if signed_in else ""),
        "menu": menu,
        "menu_here": SimpleLazyObject(lambda: nearest(menu, request.path)),
        "demo": settings.DEMO,
        "sign_in_note": settings.SIGN_IN_NOTE,
        "whom_to_ask": settings.WHOM_TO_ASK,
        "language_names": LANGUAGE_NAMES,
        "links": SimpleLazyObject(lambda: {name: resolve_url(page) for name, page in settings.CHROME_LINKS.items()}),
        "path": request.get_full_path(),
        "bare_path": request.path,
    }
