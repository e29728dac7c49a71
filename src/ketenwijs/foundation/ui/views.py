"""Error pages. They must never fail themselves, so they use little and fall back to plain text."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {
        "title": title,
        "sentence": sentence,
        "reference": getattr(request, "reference", ""),
        "status": status,
    }
    try:
        return HttpResponse(render_to_string("ui/error.html", context, request), status=status)
    except Exception:
        logger.exception("the error page could not be shown")
        return HttpResponse(
            f"{title}. {sentence} {context['reference']}", status=status, content_type="text/plain; charset=utf-8"
        )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    sentence = _("The page could not read what was sent. Go back, check what you filled in and try again.")
    return _page(request, 400, _("That did not work"), sentence)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but without the right."""
    sentence = _("Your account may not use this page.")
    return _page(request, 403, _("You may not open this page"), f"{sentence} {settings.WHOM_TO_ASK}")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: absent, or not yours to see; both look the same."""
    sentence = _(
        "This page does not exist, or it is not meant for your account. Go to the start page and look from there."
    )
    return _page(request, 404, _("Page not found"), sentence)


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing is told but a reference number."""
    sentence = _("Something went wrong on our side. Nothing was half saved. Try again, or give us the number below.")
    return _page(request, 500, _("Our fault"), sentence)


def busy(request: HttpRequest) -> HttpResponse:
    """503: as many costly pages are being made as this process carries."""
    sentence = _("More lists are being made now than the server can carry, or your last one is. Try again in a minute.")
    return _page(request, 503, _("Busy for a moment"), sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token: usually an old tab or refused cookies."""
    sentence = _(
        "This form was open too long or cookies are refused. Go back, copy what you typed, reload and send again."
    )
    return _page(request, 403, _("The form is too old"), sentence)
