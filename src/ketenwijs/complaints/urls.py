"""Root addresses of the complaints program."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import include, path
from django.views.decorators.http import require_GET

from ketenwijs.complaints.intake.phrases import all_sheets
from ketenwijs.foundation.ui import views as ui

SIGNED_IN = ("/committee/", "/accounts/")


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Says that the process answers, nothing more."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("health", health),
    path("language/", include("django.conf.urls.i18n")),
    path("accounts/", include("ketenwijs.foundation.accounts.urls")),
    path("", include("ketenwijs.complaints.register.urls")),
    path("", include("ketenwijs.complaints.succession.urls")),
    path("committee/cases/", include("ketenwijs.complaints.cases.urls")),
    path("committee/", include("ketenwijs.complaints.committee.urls")),
    path("", include("ketenwijs.complaints.intake.urls")),
]


def _plain(request: HttpRequest, status: int) -> HttpResponse:
    """An error page for people without account: neutral, in their language, with nothing of what they sent. What they
    typed is not on it: it says so, and what to do. Made without templates, so that it cannot fail itself."""
    sheets = all_sheets()
    sheet = sheets.get(request.path.split("/")[1]) or sheets["en"]
    sentence, reference = sheet.phrases["failed" if status >= 500 else "no_page"], getattr(request, "reference", "")
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>-</title>'
    head += f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{static("intake/intake.css")}">'
    leave = f'<header><a class="exit" href="/exit/" rel="noreferrer">{sheet.phrases["exit"]}</a></header>'
    body = f'<h1>{sheet.phrases["error_title"]}</h1><p>{sentence}</p><p class="small">{reference}</p>'
    body += f'<p><a href="/{sheet.code}/">{sheet.phrases["back"]}</a></p>'
    text = f'<!doctype html><html lang="{sheet.lang}"><head>{head}</head><body>{leave}<main>{body}</main></body></html>'
    return HttpResponse(text, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return ui.bad_request(request, exception) if request.path.startswith(SIGNED_IN) else _plain(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return ui.not_allowed(request, exception) if request.path.startswith(SIGNED_IN) else _plain(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return ui.not_found(request, exception) if request.path.startswith(SIGNED_IN) else _plain(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return ui.failed(request) if request.path.startswith(SIGNED_IN) else _plain(request, 500)


handler400 = bad_request
handler403 = not_allowed
handler404 = not_found
handler500 = failed
