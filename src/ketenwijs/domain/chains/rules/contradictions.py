"""Rows of a sheet that cannot both be true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ketenwijs.domain.chains.rules.grouping import PurchaseRow, name_of
from ketenwijs.domain.chains.rules.mapped import Key, Place


@dataclass(frozen=True)
class TwoCountries:
    """A row that puts a place in another country than an earlier row does."""

    row: PurchaseRow
    place: Place
    earlier: PurchaseRow
    country: str


def places_in_two_countries(rows: Iterable[PurchaseRow]) -> list[TwoCountries]:
    """Places of the same name in the same town that rows put in different countries; rows left out do not count.

    A name without a town may well be two places, and so may a town without a name.
    """
    first: dict[Key, tuple[PurchaseRow, str]] = {}
    found = []
    for row in rows:
        if row.left_out:
            continue
        for place in (row.factory_site, row.quarry_site):
            if place is None or not place.country or not place.place or place.is_area_only:
                continue
            earlier, country = first.setdefault(name_of(place), (row, place.country))
            if country != place.country:
                found.append(TwoCountries(row, place, earlier, country))
    return found
