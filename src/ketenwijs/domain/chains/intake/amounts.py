"""Turns the cells of an amount column into tonnes or euros, with the notation of the whole column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from .columns import Proposal
from .numbers import TONNES_PER_UNIT, Notation, Written, from_float, notation_of, read_written, unit_named
from .wording import as_text, fold

Report = Callable[..., None]
"""report(code, row, column, value=..., severity=..., **params)"""

_PLAUSIBLE_PRICE = (Decimal(20), Decimal(20_000))
"""Euros per tonne of worked or raw stone; only used to choose between two readings a thousandfold apart."""


class AmountColumn:
    """Reads one column of tonnes or euros. `decimal_mark` may be set later from what other columns prove."""

    def __init__(self, proposal: Proposal, cells: Iterable[object]) -> None:
        self.index = proposal.index
        self.heading = proposal.heading
        self.text = proposal.text
        texts = {cell for cell in cells if isinstance(cell, str) and cell}
        self._written = {text: read_written(text) for text in texts}
        self.notation: Notation = notation_of(written for written in self._written.values() if written)
        self.decimal_mark = self.notation.decimal_mark

    @property
    def undecided(self) -> bool:
        """True where numbers such as 1.250 occur and nothing in the column tells what the mark means."""
        return self.notation.ambiguous and self.decimal_mark is None

    def number(self, cell: object) -> tuple[Decimal | None, str | None, Written | None]:
        """The number of a cell, a fault code or None, and how it was written."""
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            number = from_float(float(cell))
            return number, None if number is not None else "number_unreadable", None
        if not isinstance(cell, str) or isinstance(cell, date):
            return None, "number_unreadable", None
        written = self._written.get(cell) or read_written(cell)
        if written is None:
            return None, "number_unreadable", None
        if written.value is not None:
            return written.value, None, written
        if self.decimal_mark is None:
            return None, "number_ambiguous", written
        return written.read_with(self.decimal_mark), None, written

    def typical(self, decimal_mark: str, cells: Sequence[object]) -> Decimal | None:
        """The median if the undecided numbers are read with this mark."""
        numbers = []
        for cell in cells:
            number, _, written = self.number(cell)
            if number is None and written is not None:
                number = written.read_with(decimal_mark)
            if number:
                numbers.append(number)
        numbers.sort()
        return numbers[len(numbers) // 2] if numbers else None


def settle_notation(columns: dict[str, AmountColumn], cells: dict[str, list[object]], report: Report) -> None:
    """Columns that cannot tell borrow from a column that can; then the price per tonne may exclude one
    reading.
    """
    marks = {column.decimal_mark for column in columns.values() if column.decimal_mark}
    for column in columns.values():
        if column.notation.mixed:
            report("notation_mixed", None, column.index, severity="warning")
    undecided = [field for field, column in columns.items() if column.undecided]
    for field in undecided:
        column = columns[field]
        if column.notation.mixed:
            continue
        if len(marks) == 1:
            column.decimal_mark = next(iter(marks))
            report(
                "notation_from_other_column",
                None,
                column.index,
                severity="warning",
                decimal_mark=column.decimal_mark,
            )
    undecided = [field for field in undecided if columns[field].undecided and not columns[field].notation.mixed]
    if len(undecided) == 1 and len(columns) == 2:
        _settle_by_price(undecided[0], columns, cells, report)


def _settle_by_price(
    field: str, columns: dict[str, AmountColumn], cells: dict[str, list[object]], report: Report
) -> None:
    other = next(name for name in columns if name != field)
    known = columns[other].typical(".", cells[other])
    plausible = []
    for mark in (".", ","):
        number = columns[field].typical(mark, cells[field])
        if number and known:
            price = known / number if field == "tonnes" else number / known
            if _PLAUSIBLE_PRICE[0] <= abs(price) <= _PLAUSIBLE_PRICE[1]:
                plausible.append(mark)
    if len(plausible) == 1:
        columns[field].decimal_mark = plausible[0]
        report("notation_from_price", None, columns[field].index, severity="warning", decimal_mark=plausible[0])


class TonnesReader:
    """Reads tonnes of one table; a unit in the cell or in its own column goes before the heading's."""

    def __init__(self, column: AmountColumn, report: Report, *, unit_column: bool) -> None:
        self._column = column
        self._report = report
        self._unit = column.heading.unit
        if self._unit is None and not unit_column and "ton" not in fold(column.text):
            report("unit_assumed", None, column.index, severity="warning", unit="t")

    def read(self, cell: object, row: int, unit_cell: object = "") -> Decimal | None:
        """Tonnes of one cell, or None with a fault."""
        column = self._column.index
        number, fault, written = self._column.number(cell)
        if fault or number is None:
            self._report(fault or "number_unreadable", row, column, value=as_text(cell))
            return None
        unit = (
            (written.unit if written else None)
            or (unit_named(as_text(unit_cell)) if unit_cell != "" else None)
            or self._unit
            or "t"
        )
        factor = TONNES_PER_UNIT.get(unit)
        if factor is None:
            self._report("unit_not_weight", row, column, value=as_text(cell), unit=unit)
            return None
        _mark_doubt(self._report, number, written, row, column, cell)
        return number if factor == 1 else _plain(number * factor)


class ValueReaderEuro:
    """Reads euros of one table; another currency is left out with a fault, since a rate would be a guess."""

    def __init__(self, column: AmountColumn, report: Report) -> None:
        self._column = column
        self._report = report
        self._currency = column.heading.currency
        self._scale = column.heading.scale
        if self._currency not in (None, "EUR"):
            report("other_currency", None, column.index, severity="warning", currency=self._currency)

    def read(self, cell: object, row: int, currency_cell: object = "") -> Decimal | None:
        """Euros of one cell, or None with a fault."""
        column = self._column.index
        number, fault, written = self._column.number(cell)
        if fault or number is None:
            self._report(fault or "number_unreadable", row, column, value=as_text(cell))
            return None
        stated = (written.currency if written else None) or _currency_code(currency_cell)
        currency = stated or self._currency or "EUR"
        if currency != "EUR":
            if currency != self._currency:
                self._report("other_currency", row, column, value=as_text(cell), severity="warning", currency=currency)
            return None
        _mark_doubt(self._report, number, written, row, column, cell)
        return number if self._scale == 1 else _plain(number * self._scale)


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _currency_code(cell: object) -> str | None:
    text = as_text(cell).upper() if cell != "" else ""
    if not text:
        return None
    return "EUR" if text in ("€", "EUR", "EURO", "EUROS") else text[:8]


def _mark_doubt(report: Report, number: Decimal, written: Written | None, row: int, column: int, cell: object) -> None:
    params: dict[str, Any] = {"value": as_text(cell), "severity": "warning"}
    if written is not None and written.about:
        report("number_approximate", row, column, **params)
    if number < 0:
        report("number_negative", row, column, **params)
