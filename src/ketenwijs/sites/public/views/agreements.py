"""All agreements: the way in, the overview, the page of each one, its figures and its annual reports."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.publishing.selectors import current
from ketenwijs.sites.public import copies
from ketenwijs.sites.public.frames import all_agreements, frame, site
from ketenwijs.sites.public.overview import Asked, Overview, choices, chosen, overview
from ketenwijs.sites.public.portrait import portrait_of
from ketenwijs.sites.public.remembering import Remembering
from ketenwijs.sites.public.showing import words
from ketenwijs.sites.public.summary import summary_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The ways in: registers kept here, the overview of all agreements, the way from risk sector to agreement."""
    kept = site()
    with_register = kept.keep("holdings", copies.holdings)
    agreements = all_agreements(kept)
    context = {
        "agreements": [one for one in agreements if one.slug in with_register and with_register[one.slug].register],
        "number": len(agreements),
        "has_pipeline": bool(kept.keep("pipeline", copies.pipeline)["sectors"]),
    }
    return render(request, "public/home.html", context)


def everything(kept: Remembering) -> Overview:
    """All rows of the overview as they stand today."""
    return kept.keep(
        "overview",
        lambda: overview(
            all_agreements(kept),
            kept.keep("figures", copies.figures),
            kept.keep("pipeline", copies.pipeline),
            copies.report_years(),
            {slug for slug, one in kept.keep("holdings", copies.holdings).items() if one.register},
            kept.today,
        ),
    )


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """The state of affairs: all agreements and sectors side by side, filtered by sector, theme and state."""
    kept = site()
    found = everything(kept)
    options = kept.keep(("options", get_language()), lambda: _options(kept, found))
    asked = Asked(
        sector=_known(request, "sector", [code for code, _name in options["sectors"]]),
        theme=_known(request, "theme", [code for code, _name in options["themes"]]),
        state=_known(request, "state", options["states"]),
    )
    rows = kept.drawn("public/_overview.html", asked, lambda: summary_of(chosen(found, asked), asked, kept.today))
    context = {"options": options, "asked": asked, "overview": rows, "today": kept.standing.day}
    return render(request, "public/overview.html", context)


def _options(kept: Remembering, found: Overview) -> dict[str, Any]:
    themes = [(one.code, one.name) for one in reference.themes()]
    return choices(found, kept.keep("pipeline", copies.pipeline), themes, words)


def _known(request: HttpRequest, name: str, codes: list[str]) -> str:
    """A filter's value when it is one that occurs; anything else filters nothing."""
    given = request.GET.get(name, "")
    return given if given in codes else ""


@require_safe
def agreement(request: HttpRequest, agreement: str) -> HttpResponse:
    """Everything published about one agreement, each fact with its source."""
    kept = site()
    context = frame(kept, agreement)
    figures = kept.keep(("figures", agreement), lambda: copies.figures_of(agreement))
    others = {one.slug: one.payload["name"] for one in all_agreements(kept)}
    context["portrait"] = kept.drawn(
        "public/_portrait.html",
        agreement,
        lambda: context | portrait_of(context["agreement"], figures, others, kept.today),
    )
    context["reports"] = kept.keep("reports", copies.report_years).get(agreement, [])
    return render(request, "public/agreement.html", context)


@require_safe
def figures(request: HttpRequest, agreement: str) -> HttpResponse:
    """Dated figures of the sector with their sources and, where figures contradict each other, the reading chosen."""
    kept = site()
    context = frame(kept, agreement)
    found = kept.keep(("figures", agreement), lambda: copies.figures_of(agreement))
    if found["figures"]:
        context["table"] = kept.drawn(
            "public/_figures.html", agreement, lambda: portrait_of(context["agreement"], found, {}, kept.today)
        )
    context["reports"] = kept.keep("reports", copies.report_years).get(agreement, [])
    return render(request, "public/figures.html", context)


@require_safe
def report(request: HttpRequest, agreement: str, year: str) -> HttpResponse:
    """A released annual report."""
    context = frame(site(), agreement)
    published = current(copies.REPORT, f"{agreement}/{year}")
    if published is None:
        raise Http404
    context |= {"published": published, "payload": published.payload, "year": year}
    return render(request, "public/report.html", context)
