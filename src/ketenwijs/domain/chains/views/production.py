"""Releasing the combined list of production locations: the secretariat sees what will appear, and publishes that."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import (
    agreement_for,
    agreements_of,
    definition_of,
    report_year,
    report_years,
)
from ketenwijs.domain.chains import choices, policies
from ketenwijs.domain.chains.publications import LOCATIONS_KIND, locations_from
from ketenwijs.domain.chains.selectors.production import location_list_of, locations_preview
from ketenwijs.domain.chains.services.areas import fingerprint
from ketenwijs.domain.chains.services.production import publish_locations
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.publishing.selectors import history
from ketenwijs.foundation.publishing.services import preview as exactly
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.pages import paginate

PER_PAGE = 100


def _opened(request: ViewerRequest, slug: str, year_code: str) -> tuple[Agreement, ReportYear]:
    agreement = agreement_for(request.viewer, slug)
    if agreement is None or not policies.may_release_areas(request.viewer, agreement):
        raise Http404
    year = report_year(agreement, year_code)
    if year is None or location_list_of(agreement) is None:
        raise Http404
    return agreement, year


def _begun(agreement: Agreement) -> list[ReportYear]:
    return [one for one in report_years(agreement) if one.starts_on <= timezone.localdate()]


@needs(policies.RELEASE_AREAS)
@require_GET
def home(request: ViewerRequest) -> HttpResponse:
    """The agreements that ask for a list and whose this person may release; with one, straight to its latest year."""
    allowed = [one for one in agreements_of(request.viewer) if policies.may_release_areas(request.viewer, one)]
    places = [(one, _begun(one)[-1]) for one in allowed if location_list_of(one) and _begun(one)]
    if len(places) == 1:
        return redirect("chains:production", places[0][0].slug, places[0][1].code)
    lines = [(definition_of(one).name, one, year) for one, year in places]
    return render(request, "chains/production_home.html", {"lines": lines})


@needs(policies.RELEASE_AREAS)
@require_GET
def preview(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Exactly what will appear, what changes since the list before, and what was published."""
    found, report = _opened(request, agreement, year)
    shown = locations_preview(request.viewer, found, report, timezone.localdate())
    if shown is None:
        raise Http404
    payload = exactly(LOCATIONS_KIND, locations_from(shown.inputs))
    page = paginate(request, payload["locations"], PER_PAGE)
    context = {
        "agreement": found,
        "year": report,
        "years": _begun(found),
        "preview": shown,
        "payload": payload,
        "added": set(payload["added"]),
        "page": page,
        "rows": [
            (one, choices.site_kind_name(one["kind"]), choices.country_name(one["country"])) for one in page.object_list
        ],
        "fingerprint": fingerprint(preview_payload=payload, kind=LOCATIONS_KIND),
        "published": history(LOCATIONS_KIND, found.slug)[:5],
    }
    return render(request, "chains/production.html", context)


@needs(policies.RELEASE_AREAS)
@require_POST
def publish(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Publish what the preview showed."""
    found, report = _opened(request, agreement, year)
    try:
        copy = publish_locations(
            actor=request.viewer, agreement=found, year=report, today=timezone.localdate(),
            seen=request.POST.get("seen", ""),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error.sentence))
    else:
        if copy.effective_on > timezone.localdate():
            messages.success(request, _("The list is ready and appears by itself on its day."))
        else:
            messages.success(request, _("The production locations are published."))
    return redirect("chains:production", agreement, year)
