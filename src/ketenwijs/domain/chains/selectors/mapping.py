"""The register of locations seen from above: by country and on the map, with what several members share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, When

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.chains.models import SharedSite
from ketenwijs.domain.chains.selectors.locations import Narrowing, locations_of, secretariat_of
from ketenwijs.foundation.access.viewer import Viewer

SEVERAL = 2
"""From so many members on a location is shared."""

MOST_SPOTS = 400
"""More dots cannot be told apart; those of most members are drawn, the table counts them all."""


@dataclass(frozen=True)
class MappedLocation:
    """One location on the map. Coordinates in decimal degrees."""

    pk: int
    name: str
    country: str
    latitude: float
    longitude: float
    members: int


@dataclass(frozen=True)
class CountryOfRegister:
    """How many locations of a country the register knows, how many several members share, how many can be drawn."""

    country: str
    locations: int
    shared: int
    with_coordinates: int


@dataclass(frozen=True)
class RegisterMap:
    """The countries by number of locations, the spots that are drawn, and how many more have coordinates."""

    countries: list[CountryOfRegister]
    spots: list[MappedLocation]
    not_drawn: int


def register_map(viewer: Viewer, agreement: Agreement) -> RegisterMap | None:
    """The whole register at a glance for who keeps it, else None. Two queries."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return None
        found: QuerySet[Any] = locations_of(viewer, agreement)  # with `members`
        drawn = Case(When(latitude__isnull=False, then=1), default=0, output_field=IntegerField())
        rows = list(found.order_by().annotate(drawn=drawn).values_list("country", "members", "drawn"))
        placed = found.filter(latitude__isnull=False).order_by("-members", "name", "pk")
        names = ("pk", "name", "country", "latitude", "longitude", "members")
        spots = [
            MappedLocation(pk, name, country, float(latitude), float(longitude), members)
            for pk, name, country, latitude, longitude, members in placed.values_list(*names)[:MOST_SPOTS]
        ]
        return RegisterMap(_by_country(rows), spots, max(0, sum(row[2] for row in rows) - len(spots)))


def shared_locations(viewer: Viewer, agreement: Agreement, most: int) -> list[SharedSite]:
    """Locations that several members use, those of most members first, each with `members`."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return []
        found: QuerySet[Any] = locations_of(viewer, agreement, Narrowing(members=SEVERAL))
        return list(found.order_by("-members", "country", "name", "pk")[:most])


def _by_country(rows: Iterable[tuple[str, int, int]]) -> list[CountryOfRegister]:
    counted: dict[str, list[int]] = {}
    for country, members, drawn in rows:
        numbers = counted.setdefault(country, [0, 0, 0])
        numbers[0] += 1
        numbers[1] += members >= SEVERAL
        numbers[2] += drawn
    found = [CountryOfRegister(country, *numbers) for country, numbers in counted.items()]
    return sorted(found, key=lambda one: (-one.shared, -one.locations, one.country))
