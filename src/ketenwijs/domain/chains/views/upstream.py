"""What members know together of the ways behind their chains, for the secretariat alone."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ketenwijs.domain.agreements.selectors import report_year, report_years
from ketenwijs.domain.chains import choices, policies
from ketenwijs.domain.chains.selectors.upstream import known_together
from ketenwijs.domain.chains.views.register import opened_register
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.ui.pages import paginate

PER_PAGE = 50


@needs(policies.MATCH_SITES)
@require_GET
def upstream(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Per member what it knows itself and what others add, and the places that most members share."""
    found = opened_register(request, agreement)
    report = report_year(found, year)
    known = known_together(request.viewer, found, report) if report else None
    if report is None or known is None:
        raise Http404
    page = paginate(request, known.members, PER_PAGE)
    context = {
        "agreement": found,
        "year": report,
        "years": [one for one in report_years(found) if one.starts_on <= timezone.localdate()],
        "known": known,
        "page": page,
        "rows": [(one, ", ".join(choices.country_name(code) for code in one.countries)) for one in page.object_list],
        "shared": [(one, choices.country_name(one.country)) for one in known.shared],
    }
    return render(request, "chains/upstream.html", context)
