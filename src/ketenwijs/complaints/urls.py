"""Root addresses of the complaints program."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
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
    """An error page for people without account: neutral, in their language, with nothing of what they sent."""
    sheets = all_sheets()
    sheet = sheets.get(request.path.split("/")[1]) or sheets["en"]
    sentence, reference = sheet.phrases["busy" if status >= 500 else "error_title"], getattr(request, "reference", "")
    back = f'<p><a href="/{sheet.code}/">{sheet.phrases["back"]}</a></p>'
    text = f"<!doctype html><meta charset=utf-8><title>-</title><h1>{sentence}</h1><p>{reference}</p>{back}"
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
