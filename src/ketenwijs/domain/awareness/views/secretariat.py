"""The secretariat's overview of all members, as a page and as a sheet, and publishing the numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import agreement_for, definition_of, report_year, report_years
from ketenwijs.domain.awareness import exports, policies, selectors, services
from ketenwijs.domain.awareness.publications import AWARENESS_KIND, frozen_numbers, numbers_from
from ketenwijs.domain.awareness.selectors import FirmLine
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.publishing.selectors import history
from ketenwijs.foundation.publishing.services import preview
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.pages import paginate

PER_PAGE = 20


@needs(policies.READ_MEMBERS)
@require_GET
def overview(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Counts per firm, firms with nothing, and exactly what would be public."""
    found, report, lines = _opened(request, agreement, year)
    only_gaps = request.GET.get("show") == "gaps"
    gaps = [one for one in lines if one.is_gap]
    context: dict[str, Any] = {
        "agreement": found,
        "name": str(definition_of(found).name),
        "year": report,
        "years": [one for one in report_years(found) if one.starts_on <= timezone.localdate()],
        "page": paginate(request, gaps if only_gaps else lines, PER_PAGE),
        "only_gaps": only_gaps,
        "gaps": len(gaps),
        "members": len(lines),
        "published": history(AWARENESS_KIND, f"{found.slug}/{report.code}")[:5],
        **_preview(request, found, report),
    }
    return render(request, "awareness/overview.html", context)


@needs(policies.READ_MEMBERS)
@require_GET
def overview_csv(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """The overview as a sheet."""
    found, report, lines = _opened(request, agreement, year)
    answer = HttpResponse(exports.overview_csv(lines), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.slug}-{report.code}-awareness.csv"'
    return answer


@needs(policies.RELEASE)
@require_POST
def publish(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Publish the numbers that the overview showed."""
    found, report, _lines = _opened(request, agreement, year)
    if not policies.may_release(request.viewer, found):
        raise Http404
    try:
        services.publish_numbers(
            actor=request.viewer, agreement=found, year=report, today=timezone.localdate(),
            seen=request.POST.get("seen", ""),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, _("The numbers are published."))
    return redirect("awareness:overview", agreement, year)


def _opened(request: ViewerRequest, slug: str, code: str) -> tuple[Agreement, ReportYear, list[FirmLine]]:
    agreement = agreement_for(request.viewer, slug)
    year = report_year(agreement, code) if agreement else None
    lines = selectors.overview(request.viewer, agreement, year) if agreement and year else None
    if agreement is None or year is None or lines is None:
        raise Http404
    return agreement, year, lines


def _preview(request: ViewerRequest, agreement: Agreement, year: ReportYear) -> dict[str, Any]:
    sources = selectors.sources_of(request.viewer, agreement, year)
    if sources is None or not (sources.announced or sources.named):
        return {"preview": None, "may_release": sources is not None}
    inputs = frozen_numbers(sources.announced, sources.named, sources.terms, timezone.localdate())
    payload = preview(AWARENESS_KIND, numbers_from(inputs))
    return {
        "preview": payload,
        "preview_years": [payload],
        "fingerprint": services.fingerprint(payload),
        "may_release": True,
    }
