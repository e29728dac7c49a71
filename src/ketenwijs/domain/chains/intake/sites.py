"""Reads the factory and the quarry of a row: by code, by name, or as unknown in any words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .columns import Layout
from .lookups import Entry, Lookup, join_place, read_coordinates
from .model import WARNING
from .rowcells import RowCells
from .values import Unknown, ValueReader


@dataclass(frozen=True, slots=True)
class Site:
    """A factory or quarry as one row names it; `country` comes from the list of sites only."""

    name: str | None
    place: str | None
    unknown: bool
    country: str | None
    kind: str | None
    local_name: str | None
    coordinates: tuple[Decimal, Decimal] | None
    asked_on: date | None


class SiteReader:
    """Reads one kind of site (`owner` is factory or quarry) from the rows of one table."""

    def __init__(
        self, owner: str, cells: RowCells, layout: Layout, lookups: Mapping[str, Lookup], values: ValueReader
    ) -> None:
        self._owner = owner
        self._cells = cells
        self._layout = layout
        self._lookup = lookups[owner]
        self._values = values
        has_name = cells.has(owner) or cells.has(f"{owner}_code")
        has_place = cells.has(f"{owner}_place") or cells.has(f"{owner}_region")
        self._is_stated = has_name or has_place
        self._has_place_only = has_place and not has_name
        self._own = "" if owner == "quarry" else f"{owner}_"
        self._has_coordinates = bool({f"{self._own}coordinates", f"{self._own}latitude"} & set(cells.columns))

    def read(self, row: list[object], number: int, supplier: str | None) -> Site:
        """The site of this row. A place that is stated stays, whatever is said of the name."""
        if self._is_stated:
            text, entry, unknown = self._identify(row, number)
        else:
            text, entry, unknown = None, self._lookup.only_one_of(supplier), None
        place, place_says = self._known(row, "place")
        region, _ = self._known(row, "region")
        says = unknown if unknown and unknown.asked else (place_says or unknown)
        if says and (says.incomplete_date or says.assumed_order):
            self._doubt_date(says, number)
        name = None if unknown else ((entry.name if entry else None) or text or None)
        place = join_place(place, region) or (entry.place if entry else None)
        return Site(
            name=name,
            place=place,
            unknown=place is None if self._has_place_only else name is None,
            country=entry.country if entry else None,
            kind=self._kind(row, entry),
            local_name=entry.local_name if entry else self._local_name(row),
            coordinates=self._coordinates(row, entry),
            asked_on=says.asked_on if says else None,
        )

    def _known(self, row: list[object], part: str) -> tuple[str | None, Unknown | None]:
        text = self._cells.text(row, f"{self._owner}_{part}")
        says = self._values.unknown(text) if text else None
        return (None if says or not text else text), says

    def _identify(self, row: list[object], number: int) -> tuple[str | None, Entry | None, Unknown | None]:
        """Written name, list entry, or the statement that it is unknown (also an empty cell)."""
        name = self._cells.name(row, number, self._owner)
        code = self._cells.text(row, f"{self._owner}_code")
        says_name, says_code = self._values.unknown(name), self._values.unknown(code)
        if not says_code:
            entry = self._lookup.find(code)
            if entry:
                known = entry.name or not says_name
                return (None if says_name else name), entry, None if known else Unknown()
            if says_name:
                return self._unlisted(code, number)
        if says_name:
            return None, None, says_code if code and says_code else says_name
        return name, (self._lookup.find(name) if self._lookup else None), None

    def _unlisted(self, code: str, number: int) -> tuple[str | None, Entry | None, Unknown | None]:
        """A code that no list explains: with a list at hand it is a fault, without one the code serves as
        name.
        """
        if self._lookup.by_code:
            self._cells.found.report(
                "reference_not_found", number, self._cells.columns[f"{self._owner}_code"], value=code
            )
            return None, None, Unknown()
        return code, None, None

    def _kind(self, row: list[object], entry: Entry | None) -> str | None:
        kind = self._cells.text(row, f"{self._owner}_kind")
        if kind:
            return self._values.site_kind(kind) or kind
        return (entry.kind_code or entry.kind) if entry else None

    def _local_name(self, row: list[object]) -> str | None:
        return self._cells.text(row, f"{self._own}local_name") or None

    def _coordinates(self, row: list[object], entry: Entry | None) -> tuple[Decimal, Decimal] | None:
        own = read_coordinates(row, self._layout, self._own) if self._has_coordinates else None
        return own or (entry.coordinates if entry else None)

    def _doubt_date(self, says: Unknown, number: int) -> None:
        columns = self._cells.columns
        column = columns.get(self._owner, columns.get(f"{self._owner}_code"))
        code = "date_incomplete" if says.incomplete_date else "date_order_assumed"
        self._cells.found.report(code, number, column, severity=WARNING)
