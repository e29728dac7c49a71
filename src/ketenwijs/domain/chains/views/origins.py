"""The table beside the map of a firm's chains: by country, and the places of which the coordinates are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ketenwijs.domain.chains import choices
from ketenwijs.domain.chains.rules import MappedChain
from ketenwijs.domain.chains.views.showing import amount_in_words


@dataclass(frozen=True)
class Origin:
    """One country in words, how many chains come from it and of how many the quarry is known."""

    country: str
    chains: int
    quarries: int


@dataclass(frozen=True)
class Point:
    """A place on the map in words: decimal degrees as text, and how many chains go through it."""

    name: str
    kind: str
    country: str
    latitude: str
    longitude: str
    chains: int


def origins_of(chains: Sequence[MappedChain]) -> list[Origin]:
    """Countries of origin, most chains first; chains without a stated country last, with an empty name."""
    total = Counter(one.country for one in chains)
    known = Counter(one.country for one in chains if one.quarry.known)
    codes = sorted(total, key=lambda code: (not code, -total[code], choices.country_name(code)))
    return [Origin(choices.country_name(code), total[code], known[code]) for code in codes]


def points_of(chains: Sequence[MappedChain]) -> list[Point]:
    """Places with coordinates, those of most chains first; the same places as the dots on the map."""
    through = Counter(
        place for one in chains for place in {step.site for step in one.steps} if place and place.coordinates
    )
    found = []
    for place, number in sorted(through.items(), key=lambda one: (-one[1], one[0].name)):
        latitude, longitude = (amount_in_words(degrees) for degrees in place.coordinates or ())
        kind, country = choices.site_kind_name(place.kind), choices.country_name(place.country)
        found.append(Point(place.name, kind, country, latitude, longitude, number))
    return found
