"""Releasing quarry areas: the secretariat sees exactly what will appear, and publishes that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import (
    agreement_for,
    agreements_of,
    report_year,
    report_years,
    working_year,
)
from ketenwijs.domain.chains import choices, pictures, policies, services
from ketenwijs.domain.chains.alike import MEMBER, SITE, SUPPLIER
from ketenwijs.domain.chains.forms.areas import AreaNameForm
from ketenwijs.domain.chains.publications import KIND, areas_from
from ketenwijs.domain.chains.selectors import AreasPreview, areas_preview
from ketenwijs.domain.chains.selectors.areas import frozen
from ketenwijs.domain.chains.services.areas import fingerprint
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.publishing.selectors import history
from ketenwijs.foundation.publishing.services import preview as exactly
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error


def _opened(request: ViewerRequest, slug: str, year_code: str) -> tuple[Agreement, ReportYear]:
    agreement = agreement_for(request.viewer, slug)
    if agreement is None or not policies.may_release_areas(request.viewer, agreement):
        raise Http404
    year = report_year(agreement, year_code)
    if year is None:
        raise Http404
    return agreement, year


@needs(policies.RELEASE_AREAS)
@require_GET
def home(request: ViewerRequest) -> HttpResponse:
    """The agreements whose areas this person may release; with one, straight to its year."""
    found = [one for one in agreements_of(request.viewer) if policies.may_release_areas(request.viewer, one)]
    today = timezone.localdate()
    places = [(one, year) for one in found if (year := working_year(one, today))]
    if len(places) == 1:
        return redirect("chains:areas", places[0][0].slug, places[0][1].code)
    return render(request, "chains/areas_home.html", {"places": places})


def area_lines(country: Mapping[str, Any]) -> list[tuple[str, int | None]]:
    """The areas of one published country, each with its number of members where that may be told."""
    return [(name, country["numbers"].get(name)) for name in country["areas"]]


@needs(policies.RELEASE_AREAS)
@require_GET
def preview(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Exactly what will appear, with what was published before."""
    found, report = _opened(request, agreement, year)
    shown = areas_preview(request.viewer, found, report)
    if shown is None:
        raise Http404
    payload = exactly(KIND, areas_from(frozen(shown, timezone.localdate())))
    context = {
        "agreement": found,
        "year": report,
        "years": [one for one in report_years(found) if one.starts_on <= timezone.localdate()],
        "preview": shown,
        "payload": payload,
        "rows": [(choices.country_name(one["country"]), one, area_lines(one)) for one in payload["countries"]],
        "map": pictures.areas_map(payload["countries"]),
        "fingerprint": fingerprint(preview_payload=payload),
        "alike": _alike(shown),
        "withheld": _withheld(shown),
        "published": history(KIND, found.slug)[:5],
    }
    return render(request, "chains/areas.html", context)


@needs(policies.RELEASE_AREAS)
@require_http_methods(["GET", "POST"])
def names(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Names of areas that are also somebody's: what was decided on them, and deciding."""
    found, report = _opened(request, agreement, year)
    shown = areas_preview(request.viewer, found, report)
    if shown is None:
        raise Http404
    form = AreaNameForm(request.POST or None, preview=shown)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_area_name(actor=request.viewer, agreement=found, year=report, **form.values)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The decision was saved."))
            return redirect("chains:area_names", agreement, year)
    context = {"agreement": found, "year": report, "preview": shown, "form": form, "alike": _alike(shown)}
    return render(request, "chains/area_names.html", context)


def _alike(shown: AreasPreview) -> list[tuple[str, str, str]]:
    """Area, country and whose name it is, in words."""
    kinds = {SUPPLIER: _("a supplier"), SITE: _("a site"), MEMBER: _("a member")}
    return [
        (one.area, choices.country_name(one.country), ", ".join(kinds[kind] for kind in one.kinds))
        for one in shown.undecided
    ]


def _withheld(shown: AreasPreview) -> list[tuple[str, str, date]]:
    """Country, area and the day of the release that a number is too close to."""
    return [(choices.country_name(land), area, day) for (land, area), day in sorted(shown.withheld.items())]


@needs(policies.RELEASE_AREAS)
@require_POST
def publish(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Publish what the preview showed."""
    found, report = _opened(request, agreement, year)
    try:
        services.publish_areas(
            actor=request.viewer, agreement=found, year=report, today=timezone.localdate(),
            seen=request.POST.get("seen", ""),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, _("The quarry areas are published."))
    return redirect("chains:areas", agreement, year)
