"""Pages for everybody: telling what was seen at a site, and following it with the receipt. No account, no script."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ketenwijs.domain.sitereports import brakes, selectors, services
from ketenwijs.domain.sitereports.forms import FollowForm, ReportForm
from ketenwijs.domain.sitereports.vocabulary import clock
from ketenwijs.foundation.access.viewer import visitor
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error

TOO_MANY = 429


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Tell what was seen. The receipt is the answer to sending; loading it again sends nothing twice."""
    agreements = selectors.agreements_taking_reports()
    form = ReportForm(
        request.POST or None, agreements=agreements, initial={"agreement": request.GET.get("agreement", "")}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        if not brakes.may_send(request):
            status = TOO_MANY
        else:
            try:
                receipt = services.send(
                    actor=visitor(),
                    agreement=form.chosen_agreement,
                    told=form.told,
                    sender=form.sender(get_language() or settings.LANGUAGE_CODE),
                    once=form.once_mark,
                    today=timezone.localdate(),
                )
            except DomainError as error:
                add_domain_error(form, error)
            else:
                return render(request, "sitereports/receipt.html", {"receipt": receipt, "clock": clock()})
    return render(request, "sitereports/tell.html", _context(form, agreements, status), status=status)


def _context(form: ReportForm, agreements: list[Any], status: int) -> dict[str, Any]:
    return {
        "form": form,
        "agreements": agreements,
        "clock": clock(),
        "complaints": settings.COMPLAINTS_LINK,
        "too_many": status == TOO_MANY,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """How far a report is, and its answer, for whoever holds the receipt."""
    form = FollowForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        if not brakes.may_look(request):
            return render(request, "sitereports/follow.html", {**context, "too_many": True}, status=TOO_MANY)
        context["report"] = selectors.receipt_for(form.cleaned_data["number"], form.cleaned_data["code"])
        context["not_found"] = context["report"] is None
    return render(request, "sitereports/follow.html", context)
