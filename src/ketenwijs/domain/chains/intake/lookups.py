"""Lists that rows of purchase refer to: suppliers, factories, quarries, sites, found by code or by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .columns import Layout
from .grid import Grid
from .numbers import from_float, read_written
from .values import ValueReader
from .wording import as_text, fold

_OWNERS = {"suppliers": "supplier", "factories": "factory", "quarries": "quarry", "sites": "site"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of such a list. `kind` is as written, `kind_code` where the word is known."""

    name: str | None
    local_name: str | None
    place: str | None
    country: str | None
    kind: str | None
    kind_code: str | None
    coordinates: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class Lookup:
    """The lists that may hold one kind of thing, by folded code and by folded name."""

    by_code: dict[str, Entry]
    by_name: dict[str, Entry]
    by_supplier: dict[str, list[Entry]]

    def only_one_of(self, supplier: str | None) -> Entry | None:
        """The entry of a supplier who has just one here; with several nobody can tell which."""
        entries = self.by_supplier.get(fold(supplier), []) if supplier else []
        return entries[0] if len(entries) == 1 else None

    def __bool__(self) -> bool:
        return bool(self.by_code or self.by_name)

    def find(self, text: str) -> Entry | None:
        """The entry with this code, else with this name."""
        folded = fold(text)
        return self.by_code.get(folded) or self.by_name.get(folded)


def build_lookups(tables: Iterable[tuple[Grid, Layout]], values: ValueReader) -> dict[str, Lookup]:
    """One lookup each for supplier, factory and quarry; a list of sites of all kinds serves the last two."""
    found = {owner: Lookup({}, {}, {}) for owner in ("supplier", "factory", "quarry")}
    for grid, layout in tables:
        owner = _OWNERS.get(layout.role)
        if owner is None:
            continue
        for kind in [owner] if owner != "site" else ["factory", "quarry"]:
            _add_entries(found[kind], grid, layout, owner, values)
            if owner != "supplier":
                _add_by_supplier(found[kind], grid, layout, owner, kind, values)
    return found


def _add_entries(lookup: Lookup, grid: Grid, layout: Layout, owner: str, values: ValueReader) -> None:
    code, name = layout.column(f"{owner}_code"), layout.column(owner)
    for row in grid.rows[layout.place.first_row : layout.place.last_row + 1]:
        entry = _entry(row, layout, owner, values)
        written_code = as_text(row[code]) if code is not None else ""
        if written_code:
            lookup.by_code.setdefault(fold(written_code), entry)
        if name is not None and entry.name:
            lookup.by_name.setdefault(fold(entry.name), entry)


def _add_by_supplier(lookup: Lookup, grid: Grid, layout: Layout, owner: str, kind: str, values: ValueReader) -> None:
    """A list of sites that names the supplier of each. Of mixed lists only lines of the right kind count."""
    supplier = layout.column("supplier")
    if supplier is None:
        return
    above = ""
    for row in grid.rows[layout.place.first_row : layout.place.last_row + 1]:
        entry = _entry(row, layout, owner, values)
        above = as_text(row[supplier]) or above
        is_quarry = (entry.kind_code or "").startswith("quarry")
        if above and entry.name and (owner != "site" or (entry.kind_code and is_quarry == (kind == "quarry"))):
            lookup.by_supplier.setdefault(fold(above), []).append(entry)


def _entry(row: list[object], layout: Layout, owner: str, values: ValueReader) -> Entry:
    def text(field: str) -> str | None:
        column = layout.column(field)
        written = as_text(row[column]) if column is not None else ""
        return None if values.unknown(written) else written

    kind = text(f"{owner}_kind")
    country = values.country(text(f"{owner}_country") or text("country") or "")
    return Entry(
        name=text(owner),
        local_name=text("local_name"),
        place=join_place(text(f"{owner}_place"), text(f"{owner}_region")),
        country=country.code if country else None,
        kind=kind,
        kind_code=values.site_kind(kind) if kind else None,
        coordinates=read_coordinates(row, layout),
    )


def join_place(place: str | None, region: str | None) -> str | None:
    """Village and region as one text; a region that the place already names is not repeated."""
    if place and region and fold(region) not in fold(place).split(" ") and fold(region) not in fold(place):
        return f"{place}, {region}"
    return place or region


def read_coordinates(row: list[object], layout: Layout, owner: str = "") -> tuple[Decimal, Decimal] | None:
    """Decimal degrees from two columns or from one ("24.71, 118.42"); None where that is nowhere.

    `owner` "factory_" reads the factory's own columns in rows of purchase.
    """
    names = (f"{owner}{name}" for name in ("latitude", "longitude", "coordinates"))
    latitude, longitude, both = (layout.column(name) for name in names)
    if latitude is not None and longitude is not None:
        pair = _degrees(row[latitude]), _degrees(row[longitude])
    elif both is not None:
        first, _, second = as_text(row[both]).replace(";", ",").partition(",")
        pair = _degrees(first.strip()), _degrees(second.strip())
    else:
        return None
    if pair[0] is None or pair[1] is None or abs(pair[0]) > 90 or abs(pair[1]) > 180:
        return None
    return pair[0], pair[1]


def _degrees(cell: object) -> Decimal | None:
    if isinstance(cell, float):
        return from_float(cell)
    text = as_text(cell).rstrip("°NEne ")
    try:
        return Decimal(text.replace(",", ".")) if text.count(",") <= 1 else None
    except InvalidOperation:
        written = read_written(text)
        return written.value if written else None
