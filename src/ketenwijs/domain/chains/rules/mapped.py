"""One chain as plain data, as every page, figure and export reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

QUARRY = "quarry"
FACTORY = "factory"

Key = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where stone is won or worked. `kind` is a code of the site kinds.

    `name` equals `place` where only an area is known. The name in local script and the coordinates (decimal degrees) do
    not make it another place.
    """

    kind: str
    name: str
    place: str
    country: str
    local_name: str = field(default="", compare=False)
    coordinates: tuple[Decimal, Decimal] | None = field(default=None, compare=False)

    @property
    def is_area_only(self) -> bool:
        """Whether the area is known but no name of a quarry or factory."""
        return bool(self.place) and self.name == self.place


@dataclass(frozen=True)
class Step:
    """The factory, the quarry or another place of a chain. `site` is None where it is not known.

    `country` is then only what was stated. `source` says where the firm has it from.
    """

    kind: str
    site: Place | None
    country: str = ""
    asked_on: date | None = None
    confidence: str = ""
    may_name_area: bool = True
    source: str = ""

    @property
    def known(self) -> bool:
        """Whether the place is known."""
        return self.site is not None


@dataclass(frozen=True)
class MappedChain:
    """One chain. `tonnes` and `value_eur` are None where no row gave a figure.

    `band` is the code of a band of weight where no figure is known. `further` are the places besides the first factory
    and the first quarry. `rows` are the parts it was added up from. `counts`: the firm hands it in for the agreement it
    was read for. `carried_from` is the number it had last year.
    """

    pk: int
    organisation: int
    supplier: str
    supplier_country: str
    material: str
    tonnes: Decimal | None
    value_eur: Decimal | None
    factory: Step
    quarry: Step
    rows: tuple[dict[str, Any], ...] = ()
    is_carried: bool = False
    is_confirmed: bool = True
    batch: int | None = None
    version: int = 1
    counts: bool = True
    band: str = ""
    further: tuple[Step, ...] = ()
    carried_from: int | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """All places of the way: first factory, first quarry, then the further ones."""
        return (self.factory, self.quarry, *self.further)

    @property
    def deeper(self) -> tuple[Step, ...]:
        """Places on the way besides factories and quarries: yards, home work, ports."""
        return tuple(step for step in self.further if step.kind not in (FACTORY, QUARRY))

    def knows(self, kind: str) -> bool:
        """Whether every place of the kind is known; with several sources one unknown is a gap."""
        return all(step.known for step in self.steps if step.kind == kind)

    @property
    def knows_supplier(self) -> bool:
        """Whether more than a name is known of the supplier; every chain has a name."""
        return bool(self.supplier_country)

    @property
    def country(self) -> str:
        """The stated country of origin; no proof where the quarry is unknown."""
        return self.quarry.country

    @property
    def rows_without_tonnes(self) -> int:
        """How many rows of the sheet behind this chain gave no tonnes."""
        return sum(1 for row in self.rows if row.get("tonnes") is None)

    @property
    def key(self) -> Key:
        """What makes two rows one chain."""
        return key_of(self.supplier, self.material, self.country, self.factory.site, self.quarry.site)


def key_of(supplier: str, material: str, country: str, factory: Place | None, quarry: Place | None) -> Key:
    """Same supplier, material, country, factory with place and quarry with place is one chain.

    Case and spaces do not count, nor does the seller's own country: sheets often leave it out.
    """
    parts = [supplier, material, country]
    for site in (factory, quarry):
        parts += [site.name, site.place] if site else ["", ""]
    return tuple(folded(part) for part in parts)


def folded(text: str) -> str:
    """Text for comparing: case and spacing left out."""
    return " ".join(text.split()).casefold()


def combinations(chains: Iterable[MappedChain], stage_of: Callable[[str], str | None]) -> list[tuple[str, str, str]]:
    """Country, material and stage wherever harm may arise, sorted.

    `stage_of` tells the stage of a kind of site.

    Where the factory's country is not stated, that of origin counts: better weighed in one place than
    nowhere.
    """
    found: set[tuple[str, str, str]] = set()
    for chain in chains:
        for step in chain.steps:
            country = step.country or chain.country
            stage = stage_of(step.site.kind if step.site else step.kind) or stage_of(step.kind)
            if country and chain.material and stage:
                found.add((country, chain.material, stage))
    return sorted(found)


def may_take_along(chains: Sequence[MappedChain]) -> bool:
    """Whether an earlier year's chains can still come along: the year has none, or only some entered by hand."""
    return all(one.carried_from is None and one.batch is None for one in chains)
