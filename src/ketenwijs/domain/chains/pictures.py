"""Pictures of chains: bars of what is known, and maps. The ways from quarry to firm are drawn in `graph`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ketenwijs.domain.chains import choices
from ketenwijs.domain.chains.rules import MappedChain, Share
from ketenwijs.domain.chains.selectors import RegisterMap
from ketenwijs.foundation.ui.charts import Picture, coverage_bar
from ketenwijs.foundation.ui.maps import Spot, WorldMap, world_map


def bar_of(share: Share, title: str) -> Picture:
    """One bar: known and unknown."""
    description = _("%(known)s of %(total)s known, %(unknown)s unknown") % {
        "known": f"{share.known:f}",
        "total": f"{share.total:f}",
        "unknown": f"{share.unknown:f}",
    }
    parts = [(_("known"), float(share.known), "known"), (_("unknown"), float(share.unknown), "unknown")]
    return coverage_bar(title, description, parts)


def map_of(chains: Sequence[MappedChain]) -> WorldMap:
    """Where the stone comes from by country, and of how much of it the quarry is known; places with coordinates as dots."""
    known: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for one in chains:
        if one.country:
            total[one.country] += 1
            known[one.country] += one.quarry.known
    kinds = {
        code: "strong" if known[code] == number else "middle" if known[code] else "light"
        for code, number in total.items()
    }
    labels = [
        ("strong", _("all quarries known")),
        ("middle", _("some quarries known")),
        ("light", _("no quarry known")),
    ]
    description = _("Countries of origin; the table below gives the same in words.")
    return world_map(_("Countries of origin"), description, kinds, labels, _spots(chains), _("place of your chains"))


def _spots(chains: Sequence[MappedChain]) -> list[Spot]:
    """Places with coordinates, weighed by how many chains go through them."""
    through = Counter(step.site for one in chains for step in one.steps if step.site and step.site.coordinates)
    found = []
    for place, number in through.items():
        latitude, longitude = place.coordinates or (Decimal(0), Decimal(0))
        label = ", ".join(part for part in (place.name, choices.country_name(place.country)) if part)
        found.append(Spot(float(latitude), float(longitude), label, number))
    return found


def register_picture(found: RegisterMap, address: Callable[[int], str]) -> WorldMap:
    """The secretariat's map: countries by what members share there, locations as dots that lead to their page."""
    kinds = {
        one.country: "strong" if one.shared else "light" for one in found.countries if one.country and one.locations
    }
    labels = [
        ("strong", _("with locations that several members use")),
        ("light", _("each location used by one member at most")),
    ]
    spots = [
        Spot(
            one.latitude, one.longitude, _("%(name)s, used by %(members)s") % {"name": one.name, "members": one.members},
            max(1, one.members), address(one.pk),
        )
        for one in found.spots
    ]  # fmt: skip
    description = _("The table below gives the same by country; dots are locations of which the coordinates are known.")
    return world_map(_("Locations"), description, kinds, labels, spots, _("location with coordinates"))


def areas_map(countries: Sequence[Mapping[str, Any]]) -> WorldMap:
    """Countries of the published list: with named areas, or without."""
    kinds = {one["country"]: "strong" if one["areas"] else "light" for one in countries}
    labels = [("strong", _("areas named")), ("light", _("areas not known or not named"))]
    description = _("Countries in which members' quarries lie; the list names the areas.")
    return world_map(_("Quarry areas"), description, kinds, labels)
