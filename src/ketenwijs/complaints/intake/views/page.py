"""What every page of one language shares: its phrases, the pass, and answers that leave nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.intake import passes
from ketenwijs.complaints.intake.passes import Pass
from ketenwijs.complaints.intake.phrases import Sheet, all_sheets
from ketenwijs.complaints.intake.proxies import reads_along

View = Callable[..., HttpResponse]


def sheet_of(language: str) -> Sheet:
    """The phrases of a language that is offered here; 404 for any other."""
    sheet = all_sheets().get(language)
    if sheet is None or not sheet.may_open:
        raise Http404
    return sheet


def page(*methods: str) -> Callable[[View], View]:
    """A page of one language. The framework's own token against forged forms needs a cookie for every visitor; here
    the pass and its form key do that work, and a foreign origin is refused."""

    def around(view: View) -> View:
        @csrf_exempt
        @require_http_methods(list(methods))
        @wraps(view)
        def answer(request: HttpRequest, language: str, **words: Any) -> HttpResponse:
            sheet = sheet_of(language)
            if request.method == "POST" and not is_same_origin(request):
                return redirect("intake:start", language)
            return view(request, sheet, **words)

        return answer

    return around


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a post comes from our own pages, as far as the browser says; old ones say nothing."""
    origin = request.headers.get("Origin", "")
    own = f"{request.scheme}://{request.get_host()}"
    said = request.headers.get("Sec-Fetch-Site", "same-origin")
    return said in ("same-origin", "none") and origin in ("", "null", own)


def show(
    request: HttpRequest, sheet: Sheet, template: str, *, carried: Pass | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """One page in the phrases of a sheet; `carried` is given to the browser again."""
    found = {
        "p": sheet.phrases,
        "sheet": sheet,
        "lang": sheet.lang,
        "title": mechanism().neutral_title,
        "reads_along": reads_along(request),
        "key": passes.form_key(carried) if carried else "",
        **context,
    }
    response = render(request, f"intake/{template}.html", found, status=status)
    if status == 503:
        response.headers["Retry-After"] = "60"
    if carried:
        passes.give(response, carried)
    return response


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; only ever counted in memory, never written."""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded or str(request.META.get("REMOTE_ADDR", ""))
