"""The published quarry areas: lines of area, district and province, and the map of their countries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ketenwijs.domain.reference.selectors import Province, provinces_of
from ketenwijs.foundation.ui.maps import CountryMap, WorldMap, country_map, world_map
from ketenwijs.foundation.ui.projection import Frame

KIND = "chains.quarry_areas"
Copy = dict[str, Any]


@dataclass(frozen=True)
class Area:
    """One area, or with an empty name the places of a country that are unknown or not named.

    District and province are empty where the name does not tell them apart. `members` is None where it is not told.
    """

    country: str
    name: str
    district: str
    province: str
    members: int | None
    country_members: int | None

    @property
    def is_rest(self) -> bool:
        """Whether this stands for other or unknown places."""
        return not self.name


def areas_of(copy: Copy) -> Iterator[Area]:
    """All lines of a published list, by country and name, the unknown remainder of each country last."""
    for one in copy["countries"]:
        told = one.get("numbers", {})
        for name in one["areas"]:
            before, comma, after = name.rpartition(",")
            yield Area(
                country=one["country"],
                name=name,
                district=before.strip() if comma else "",
                province=after.strip() if comma else "",
                members=told.get(name),
                country_members=one["members"],
            )
        if one["has_rest"]:
            yield Area(one["country"], "", "", "", None, one["members"])


def countries_of(copy: Copy) -> list[tuple[Copy, list[Area]]]:
    """Each country of a list with its named areas."""
    named: dict[str, list[Area]] = {}
    for area in areas_of(copy):
        if not area.is_rest:
            named.setdefault(area.country, []).append(area)
    return [(one, named.get(one["country"], [])) for one in copy["countries"]]


def map_of(copy: Copy) -> WorldMap:
    """The countries of a list: with areas named, or without."""
    kinds = {one["country"]: "strong" if one["areas"] else "light" for one in copy["countries"]}
    labels = [("strong", _("areas named")), ("light", _("areas not known or not named"))]
    return world_map(_("Quarry areas"), _("Countries with quarries; the table names the areas."), kinds, labels)


@dataclass(frozen=True)
class DrawnCountry:
    """A country whose provinces with named areas are drawn. `provinces` holds each with its areas, by name."""

    country: str
    map: CountryMap
    provinces: list[tuple[Province, list[Area]]]


def drawn_countries(copy: Copy, name_of: Callable[[str], str]) -> list[DrawnCountry]:
    """Countries of a list with at least one area in a province that has an outline, by code."""
    found = []
    for one, areas in countries_of(copy):
        provinces = provinces_of(one["country"])
        placed = provinces_with(areas)
        if provinces and placed:
            names = ", ".join(province.name for province, _areas in placed)
            title = _("%(country)s: %(provinces)s") % {"country": name_of(one["country"]), "provinces": names}
            picture = country_map(title, one["country"], Frame(*provinces.frame), [p.slug for p, _areas in placed])
            found.append(DrawnCountry(one["country"], picture, placed))
    return found


def provinces_with(areas: Sequence[Area]) -> list[tuple[Province, list[Area]]]:
    """Provinces in which named areas of one country lie, each with its areas; areas without an outline are left out."""
    found: dict[str, tuple[Province, list[Area]]] = {}
    for area in areas:
        provinces = provinces_of(area.country)
        province = provinces.named(area.province or area.name) if provinces else None
        if province:
            found.setdefault(province.slug, (province, []))[1].append(area)
    return [found[slug] for slug in sorted(found)]
