"""Tells rows of data from totals, headings between them, notes and repeated column headings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .columns import AMOUNTS, Layout
from .grid import Grid
from .labels import LabelReader
from .numbers import from_float, read_written
from .values import Found, ValueReader
from .vocabulary import Vocabulary
from .wording import as_text, fold

_DETAILS = ("material", "factory", "quarry", "factory_code", "quarry_code", "quarry_place", "factory_place")
_COUNTRIES = ("country", "origin_country", "supplier_country")
_HEADS = {"heading": "supplier", "country_heading": "country", "material_heading": "material"}
_STRETCHES = ("all", "name", "total")
_ROUNDING = Decimal("0.051")
_TOLERANCE = Decimal("0.00005")
_LONGEST_TOTAL = 90


@dataclass(frozen=True, slots=True)
class RowKinds:
    """Rows from 0. `data` are records; `skipped` pairs a row with the reason; `headed` rows give a supplier,
    country or stone for those below.
    """

    data: list[int]
    skipped: list[tuple[int, str]]
    headed: dict[int, list[tuple[str, str]]]


class _Sum:
    """A running sum of at least two amounts that a later row may repeat."""

    __slots__ = ("_count", "_total")

    def __init__(self) -> None:
        self._count, self._total = 0, Decimal(0)

    def add(self, amount: Decimal) -> None:
        self._count += 1
        self._total += amount

    def equals(self, amount: Decimal) -> bool:
        """Printed totals are rounded, so a little difference is allowed."""
        return self._count > 1 and abs(self._total - amount) <= max(_ROUNDING, abs(amount) * _TOLERANCE)


class RowSorter:
    """Goes through the rows of one table once, in order."""

    def __init__(self, grid: Grid, layout: Layout, words: Vocabulary, values: ValueReader) -> None:
        self._grid = grid
        self._layout = layout
        self._words = words
        self._values = values
        supplier = layout.column("supplier")
        self._supplier = layout.column("supplier_code") if supplier is None else supplier
        self._details = [column for field in _DETAILS if (column := layout.column(field)) is not None]
        self._countries = [column for field in _COUNTRIES if (column := layout.column(field)) is not None]
        self._amounts = [column for field in AMOUNTS if (column := layout.column(field)) is not None]
        self._heading = fold(layout.place.headings[self._supplier]) if self._supplier is not None else ""
        self._below_total = False
        self._labels = LabelReader(words)
        self._is_total = lru_cache(maxsize=None)(self._names_total)
        self._sums = {column: {stretch: _Sum() for stretch in _STRETCHES} for column in self._amounts}

    def sort(self) -> RowKinds:
        """The kind of every filled row of the table."""
        kinds = RowKinds([], [], {})
        rows, place = self._grid.rows, self._layout.place
        for number in range(place.first_row, place.last_row + 1):
            row = rows[number]
            if not any(cell != "" for cell in row):
                continue
            labels = self._labels.read(row)
            if labels:
                kinds.headed[number] = labels
                kinds.skipped.append((number, "heading"))
                self._start_again("name")
                continue
            reason = self._reason_to_skip(number, row)
            if reason is None:
                kinds.data.append(number)
                self._remember(row)
                self._below_total = False
                continue
            kinds.skipped.append((number, reason))
            if reason.startswith("total"):
                self._start_again("total")
                self._below_total = True
            if reason in _HEADS and self._supplier is not None:
                kinds.headed[number] = [(_HEADS[reason], as_text(row[self._supplier]))]
        return kinds

    def _reason_to_skip(self, number: int, row: list[object]) -> str | None:
        named = self._supplier is not None and row[self._supplier] != ""
        detailed = any(row[column] != "" for column in self._details)
        amounts = [column for column in self._amounts if row[column] != ""]
        if self._says_total(row, named=named, detailed=detailed):
            return "total"
        if named and detailed and amounts:
            return "repeated_header" if self._repeats_headings(row) else None
        if amounts and not named:
            return self._without_name(number, row, amounts, detailed=detailed)
        if named and not detailed:
            return self._without_details(number, row, amounts=bool(amounts))
        if named and self._repeats_headings(row):
            return "repeated_header"
        if not amounts and (not (named or detailed) or sum(cell != "" for cell in row) == 1):
            return "note"
        return None

    def _says_total(self, row: list[object], *, named: bool, detailed: bool) -> bool:
        if named and self._supplier is not None:
            kind = self._is_total(row[self._supplier])
            if kind == "exact" or (kind == "part" and not detailed):
                return True
            if kind == "" and detailed:
                return False
        texts = [cell for cell in row if isinstance(cell, str) and cell != "" and _amount(cell) is None]
        if len(texts) == 1 and self._is_total(texts[0]) == "part" and any(row[one] != "" for one in self._amounts):
            return True
        return any(self._is_total(cell) == "exact" for cell in texts)

    def _names_total(self, cell: object) -> str:
        """ "exact" where the cell is nothing but such a word, "part" where it begins or ends with one."""
        if not isinstance(cell, str) or len(cell) > _LONGEST_TOTAL:
            return ""
        folded = fold(cell)
        if folded in self._words.totals or (len(folded) < 30 and folded.replace(" ", "") in self._words.totals):
            return "exact"
        tokens = folded.split()
        ends = {" ".join(tokens[:length]) for length in (1, 2)} | {" ".join(tokens[-length:]) for length in (1, 2)}
        return "part" if len(tokens) > 1 and ends & self._words.totals else ""

    def _without_name(self, number: int, row: list[object], amounts: list[int], *, detailed: bool) -> str | None:
        """No name but amounts: the next line of the supplier above, or a total."""
        if any((number, column) in self._grid.column_sums for column in amounts):
            return "total_by_formula"
        if self._adds_up(row, amounts) and not (detailed and self._has_own_site(row)):
            return "total_by_sum"
        if detailed:
            return None
        return "amounts_without_name"

    def _has_own_site(self, row: list[object]) -> bool:
        columns = (self._layout.column(field) for field in ("factory", "quarry", "factory_code", "quarry_code"))
        return any(column is not None and row[column] != "" for column in columns)

    def _adds_up(self, row: list[object], amounts: list[int]) -> bool:
        """The amount equals the sum of all rows so far, of those since the last name, or since the last
        total.
        """
        for column in amounts:
            amount = _amount(row[column])
            if amount and any(running.equals(amount) for running in self._sums[column].values()):
                return True
        return False

    def _remember(self, row: list[object]) -> None:
        if self._supplier is not None and row[self._supplier] != "":
            self._start_again("name")
        for column in self._amounts:
            amount = _amount(row[column])
            if amount is not None:
                for running in self._sums[column].values():
                    running.add(amount)

    def _start_again(self, stretch: str) -> None:
        for sums in self._sums.values():
            sums[stretch] = _Sum()

    def _without_details(self, number: int, row: list[object], *, amounts: bool) -> str | None:
        """A name and an amount make a record, but below a total they divide it ("of which India")."""
        if not amounts:
            return self._name_alone(number, row)
        if self._repeats_headings(row):
            return "repeated_header"
        return "amounts_after_total" if self._below_total and self._details else None

    def _name_alone(self, number: int, row: list[object]) -> str | None:
        """A name without anything else heads the rows below it, if these have no name of their own."""
        supplier = self._supplier
        following = next((other for other in self._grid.rows[number + 1 : number + 4] if any(other)), None)
        if supplier is None or following is None:
            return None if self._states_country(row) else "note"
        if following[supplier] == "" and any(following[column] != "" for column in self._details):
            return "heading"
        text = as_text(row[supplier])
        if not self._countries and _sure(self._values.country(text)):
            return "country_heading"
        if self._layout.column("material") is None and _sure(self._values.material(text)):
            return "material_heading"
        return None if self._states_country(row) else "note"

    def _states_country(self, row: list[object]) -> bool:
        stated = any(row[column] != "" for column in self._countries)
        return stated and not self._is_note(row)

    def _is_note(self, row: list[object]) -> bool:
        text = fold(as_text(row[self._supplier])) if self._supplier is not None else ""
        return any(text == word or text.startswith(f"{word} ") for word in self._words.notes)

    def _repeats_headings(self, row: list[object]) -> bool:
        return (
            bool(self._heading)
            and self._supplier is not None
            and isinstance(row[self._supplier], str)
            and fold(str(row[self._supplier])) == self._heading
        )


def _sure(found: Found | None) -> bool:
    return found is not None and found.sure and found.code is not None


@lru_cache(maxsize=32768)
def _amount(cell: object) -> Decimal | None:
    if isinstance(cell, float):
        return from_float(cell)
    if not isinstance(cell, str) or not cell:
        return None
    written = read_written(cell)
    if written is None:
        return None
    # For recognising totals it is enough to compare with the same reading of every cell.
    return written.value if written.value is not None else written.read_with(",")
