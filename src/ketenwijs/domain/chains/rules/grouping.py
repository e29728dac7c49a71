"""How the rows of a sheet become chains, with volumes added up and what is unknown kept visible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ketenwijs.domain.chains.rules.mapped import QUARRY, Key, Place, folded, key_of

LARGEST = Decimal(10) ** 10
"""Amounts from here on (tonnes, euros) are a mistake in the sheet; they would not fit the register either."""

Coordinates = tuple[Decimal, Decimal]
LONGEST_NAME = 200
NO_SUPPLIER = "supplier_missing"
AMOUNT_TOO_LARGE = "amount_too_large"
NAME_TOO_LONG = "name_too_long"


@dataclass(frozen=True)
class PurchaseRow:
    """One row of purchase after the person's corrections. `key` is sheet and row.

    Amounts in tonnes and euros, coordinates in decimal degrees (latitude, longitude).
    """

    key: str
    sheet: str
    row: int
    supplier: str
    supplier_country: str
    country: str
    material: str
    material_as_written: str
    tonnes: Decimal | None
    value_eur: Decimal | None
    factory: str
    factory_place: str
    quarry: str
    quarry_place: str
    quarry_kind: str
    factory_kind: str
    asked_on: date | None
    left_out: bool = False
    corrected: bool = False
    factory_local_name: str = ""
    quarry_local_name: str = ""
    factory_coordinates: Coordinates | None = None
    quarry_coordinates: Coordinates | None = None
    factory_country: str = ""
    number: int | None = None

    @property
    def problems(self) -> list[str]:
        """Codes of what must be repaired, or the row left out, before anything can be taken over."""
        found = []
        if not self.supplier.strip():
            found.append(NO_SUPPLIER)
        if any(amount is not None and abs(amount) >= LARGEST for amount in (self.tonnes, self.value_eur)):
            found.append(AMOUNT_TOO_LARGE)
        names = (
            *(self.supplier, self.factory, self.factory_place, self.factory_local_name),
            *(self.quarry, self.quarry_place, self.quarry_local_name),
        )
        if any(len(name) > LONGEST_NAME for name in names):
            found.append(NAME_TOO_LONG)
        return found

    @property
    def factory_site(self) -> Place | None:
        """The factory, if known.

        Where its country is not stated, it is the seller's only where that is also the country of origin.
        """
        country = self.factory_country or (self.country if self.country == self.supplier_country else "")
        place = _place(self.factory_kind or "factory", self.factory, self.factory_place, country)
        return _described(place, self.factory_local_name, self.factory_coordinates)

    @property
    def quarry_site(self) -> Place | None:
        """The quarry, or the area where only that is known."""
        kind = self.quarry_kind or ("quarry" if self.quarry else "quarry_area")
        place = _place(kind, self.quarry, self.quarry_place, self.country)
        return _described(place, self.quarry_local_name, self.quarry_coordinates)


@dataclass
class ProposedChain:
    """A chain as it would be taken over. `rows` keep sheet, row and figures of each part.

    `number` is the one our own workbook gave it, if the sheet is one; it says which chain a corrected row was.
    """

    key: Key
    supplier: str
    supplier_country: str
    country: str
    material: str
    factory: Place | None
    quarry: Place | None
    tonnes: Decimal | None = None
    value_eur: Decimal | None = None
    asked_on: date | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    number: int | None = None

    @property
    def rows_without_tonnes(self) -> int:
        """How many of its rows gave no tonnes."""
        return sum(1 for row in self.rows if row["tonnes"] is None)


def grouped(rows: Iterable[PurchaseRow], now_called: Mapping[Key, Place] | None = None) -> list[ProposedChain]:
    """Chains in the order in which their first row stands; rows left out do not count.

    `now_called`: by `name_of`, places that the firm said are another one, and how that is called.
    """
    known = now_called or {}
    found: dict[Key, ProposedChain] = {}
    for row in rows:
        if row.left_out:
            continue
        factory, quarry = (
            known.get(name_of(site), site) if site else None for site in (row.factory_site, row.quarry_site)
        )
        key = key_of(row.supplier, row.material, row.country, factory, quarry)
        chain = found.get(key)
        if chain is None:
            chain = found[key] = ProposedChain(
                key, _tidy(row.supplier), row.supplier_country, row.country, row.material, factory, quarry
            )
        _add(chain, row)
    return list(found.values())


def _add(chain: ProposedChain, row: PurchaseRow) -> None:
    chain.tonnes = added(chain.tonnes, row.tonnes)
    chain.value_eur = added(chain.value_eur, row.value_eur)
    chain.number = row.number if chain.number is None else chain.number
    if row.asked_on and (chain.asked_on is None or row.asked_on > chain.asked_on):
        chain.asked_on = row.asked_on
    chain.rows.append(
        {
            "sheet": row.sheet,
            "row": row.row,
            "tonnes": None if row.tonnes is None else str(row.tonnes),
            "value_eur": None if row.value_eur is None else str(row.value_eur),
            "material": row.material_as_written,
        }
    )


def added(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The sum of what is known; None only where neither is."""
    if one is None or other is None:
        return one if other is None else other
    return one + other


def name_of(place: Place) -> Key:
    """A place by how it is written: quarry or not, name and place, without case and spacing."""
    is_quarry = "yes" if place.kind.startswith(QUARRY) else ""
    return is_quarry, folded(place.name), folded(place.place)


def _described(place: Place | None, local_name: str, coordinates: Coordinates | None) -> Place | None:
    return replace(place, local_name=_tidy(local_name), coordinates=coordinates) if place else None


def _place(kind: str, name: str, place: str, country: str) -> Place | None:
    name, place = _tidy(name), _tidy(place)
    if not name and not place:
        return None
    return Place(kind, name or place, place, country)


def _tidy(text: str) -> str:
    return " ".join(text.split())
