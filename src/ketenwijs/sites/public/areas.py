"""The published quarry areas: lines of area, district and province, and the map of their countries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ketenwijs.foundation.ui.maps import WorldMap, world_map

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
