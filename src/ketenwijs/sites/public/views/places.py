"""Where members' stone and goods come from: quarry areas and production locations, as pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.publishing.selectors import current
from ketenwijs.foundation.ui.pages import paginate
from ketenwijs.sites.public import areas as quarries
from ketenwijs.sites.public import locations as production
from ketenwijs.sites.public.finding import MOST
from ketenwijs.sites.public.frames import frame, site
from ketenwijs.sites.public.locations import Listing

PER_PAGE = 40


@require_safe
def areas(request: HttpRequest, agreement: str) -> HttpResponse:
    """Quarry areas: names as the agreement decides, never counts or volumes of a small group."""
    kept = site()
    context: dict[str, Any] = frame(kept, agreement)
    published = kept.keep(("areas", agreement), lambda: current(quarries.KIND, agreement))
    context["published"] = published
    if published is not None:
        copy = published.payload
        context["table"] = kept.drawn(
            "public/_areas_table.html",
            agreement,
            lambda: {
                "payload": copy,
                "lines": quarries.countries_of(copy),
                "map": quarries.map_of(copy),
                "drawn": quarries.drawn_countries(copy, _name),
                "country_names": context["country_names"],
            },
        )
    return render(request, "public/areas.html", context)


@require_safe
def locations(request: HttpRequest, agreement: str) -> HttpResponse:
    """The combined list of production locations: a country, a search, what is new and what is gone."""
    kept = site()
    context: dict[str, Any] = frame(kept, agreement)
    found = production.listing(agreement)
    if found is None:
        raise Http404
    name, country = request.GET.get("name", "").strip()[:100], request.GET.get("country", "")[:2]
    positions = found.positions(name, country)
    page = paginate(request, positions, PER_PAGE)  # type: ignore[arg-type]
    context |= {
        "listing": found, "page": page, "name": name, "country": country,
        "number": min(len(positions), MOST) if name else len(positions), "too_many": bool(name) and len(positions) > MOST,
        "countries": kept.keep(("location countries", agreement, get_language()), lambda: _countries(found)),
    }  # fmt: skip
    if page.object_list:
        lines = {"rows": [production.shown(found.lines[one], found.added) for one in page.object_list]}
        # Without a search there are only so many pages: each is drawn once.
        place = (agreement, found.effective_on, country, page.number)
        template = "public/_locations_table.html"
        context["table"] = None if name else kept.drawn(template, place, lambda: lines)
        context |= lines
    return render(request, "public/locations.html", context)


def _name(code: str) -> str:
    item = reference.country(code)
    return item.name if item else code


def _countries(found: Listing) -> list[tuple[str, str, int]]:
    """Code, name and number of locations of each country on the list, by name."""
    named = [(code, reference.country(code), after - first) for code, (first, after) in found.countries.items()]
    shown = [(code, item.name if item else code, number) for code, item, number in named]
    return sorted(shown, key=lambda one: one[1].casefold())
