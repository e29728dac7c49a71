"""Quarry areas and production locations as open data: CSV with its table schema, and GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.selectors import current
from ketenwijs.sites.public import areas as quarries
from ketenwijs.sites.public import locations as production
from ketenwijs.sites.public.frames import agreement_or_404, site
from ketenwijs.sites.public.locations import Listing
from ketenwijs.sites.public.outlines import geometry
from ketenwijs.sites.public.tables import csv_file, described, geojson, table_schema

AREA_FIELDS = (
    ("report_year", "string", "Report year of the agreement"),
    ("as_of", "date", "Day on which the list was made"),
    ("country", "string", "Country of origin, ISO 3166-1 alpha-2"),
    ("country_name", "string", "Country of origin in the language of the reader"),
    ("area", "string", "Area as published; empty for other or unknown places of the country"),
    ("district", "string", "The part of the area before its last comma; empty where it has none"),
    ("province", "string", "The part of the area after its last comma; empty where it has none"),
    ("members", "integer", "Member companies that quarry here; empty where that is not told"),
    ("country_members", "integer", "Member companies that quarry in the country; empty where that is not told"),
    ("remainder", "boolean", "true for the line that stands for other or unknown places of the country"),
    ("is_example", "boolean", "true when the list is made of invented companies"),
)
LOCATION_FIELDS = (
    ("code", "string", "Stays the same from list to list while kind, name, place and country do"),
    ("as_of", "date", "Day on which the list appeared"),
    ("change", "string", "added or removed since the list before; empty for what was on both"),
    ("kind", "string", "Code of the kind of site"),
    ("name", "string", "Name of the location"),
    ("place", "string", "Place or address"),
    ("country", "string", "ISO 3166-1 alpha-2"),
    ("country_name", "string", "Country in the language of the reader"),
    ("latitude", "number", "Degrees; empty where not known"),
    ("longitude", "number", "Degrees; empty where not known"),
    ("is_example", "boolean", "true when the list is made of invented companies"),
)
NAMES = {one: tuple(name for name, _type, _meaning in fields) for one, fields in (
    ("areas", AREA_FIELDS), ("locations", LOCATION_FIELDS),
)}  # fmt: skip


def _country(code: str) -> str:
    found = reference.country(code)
    return found.name if found else code


def _areas(slug: str) -> Publication:
    agreement_or_404(site(), slug)
    found = current(quarries.KIND, slug)
    if found is None:
        raise Http404
    return found


def _area_rows(published: Publication) -> Iterator[dict[str, Any]]:
    copy = published.payload
    for one in quarries.areas_of(copy):
        yield {
            "report_year": copy["year"], "as_of": copy["as_of"], "country": one.country,
            "country_name": _country(one.country), "area": one.name, "district": one.district, "province": one.province,
            "members": one.members, "country_members": one.country_members,
            "remainder": _said(one.is_rest), "is_example": _said(copy["is_example"]),
        }  # fmt: skip


def _said(fact: bool) -> str:
    return "true" if fact else "false"


@require_safe
def areas_csv(request: HttpRequest, agreement: str) -> HttpResponse:
    """One line per area, and one per country for its unknown remainder."""
    published = _areas(agreement)
    rows = _area_rows(published)
    return described(csv_file(f"areas-{agreement}", NAMES["areas"], rows), reverse("public:areas-schema"))


@require_safe
def areas_schema(request: HttpRequest) -> HttpResponse:
    """The columns of the areas."""
    return table_schema(AREA_FIELDS, ("country", "area"))


@require_safe
def areas_geojson(request: HttpRequest, agreement: str) -> HttpResponse:
    """One feature per country with its areas, and one per province of it in which a named area lies; areas themselves have
    no outline.
    """
    copy = _areas(agreement).payload
    features = [*_country_features(copy), *_province_features(copy)]
    about = {"agreement": agreement, **{name: copy[name] for name in ("year", "as_of", "is_example")}}
    return geojson(f"areas-{agreement}", features, precision="country or province", **about)


def _country_features(copy: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one, areas in quarries.countries_of(copy):
        yield {
            "type": "Feature",
            "id": one["country"],
            "geometry": geometry(one["country"]),
            "properties": {
                "level": "country",
                "country": one["country"],
                "country_name": _country(one["country"]),
                "members": one["members"],
                "areas": [{"name": area.name, "members": area.members} for area in areas],
                "remainder": one["has_rest"],
            },
        }


def _province_features(copy: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one, areas in quarries.countries_of(copy):
        for province, named in quarries.provinces_with(areas):
            yield {
                "type": "Feature",
                "id": f"{one['country']}/{province.slug}",
                "geometry": province.geometry,
                "properties": {
                    "level": "province",
                    "country": one["country"],
                    "province": province.name,
                    "areas": [{"name": area.name, "members": area.members} for area in named],
                },
            }


def _listing(slug: str) -> Listing:
    agreement_or_404(site(), slug)
    found = production.listing(slug)
    if found is None:
        raise Http404
    return found


def _location_rows(found: Listing) -> Iterator[dict[str, Any]]:
    about = {"as_of": found.copy["as_of"], "is_example": _said(found.copy["is_example"])}
    for line in found.lines:
        change = "added" if line["code"] in found.added else ""
        yield {**line, **about, "change": change, "country_name": _country(line["country"])}
    for line in found.copy["removed"]:
        yield {**line, **about, "change": "removed", "country_name": _country(line["country"])}


@require_safe
def locations_csv(request: HttpRequest, agreement: str) -> HttpResponse:
    """One line per location on the list, and one per location that is gone since the list before."""
    rows = _location_rows(_listing(agreement))
    return described(csv_file(f"locations-{agreement}", NAMES["locations"], rows), reverse("public:locations-schema"))


@require_safe
def locations_schema(request: HttpRequest) -> HttpResponse:
    """The columns of the locations."""
    return table_schema(LOCATION_FIELDS, "code")


@require_safe
def locations_geojson(request: HttpRequest, agreement: str) -> HttpResponse:
    """One feature per location on the list; a point where coordinates are known, else no geometry."""
    found = _listing(agreement)
    features = (
        {
            "type": "Feature",
            "id": line["code"],
            "geometry": None
            if line["latitude"] is None or line["longitude"] is None
            else {"type": "Point", "coordinates": [line["longitude"], line["latitude"]]},
            "properties": {name: line[name] for name in ("kind", "name", "place", "country")}
            | {"new": line["code"] in found.added},
        }
        for line in found.lines
    )
    about = {"agreement": agreement, **{name: found.copy[name] for name in ("year", "as_of", "numbers", "is_example")}}
    return geojson(f"locations-{agreement}", features, **about)
