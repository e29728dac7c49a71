"""The cells of one table by field, cleaned once per distinct text, and what was found wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .columns import Layout
from .grid import Grid
from .limits import Limits
from .model import ERROR, Fault, Record, SkippedRow, cell_address
from .values import ValueReader
from .wording import as_text, has_hidden_characters


@dataclass(slots=True)
class Findings:
    """Collects what was found on one table."""

    sheet: str
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)

    def report(
        self,
        code: str,
        row: int | None,
        column: int | None,
        *,
        value: str | None = None,
        severity: str = ERROR,
        **params: Any,
    ) -> None:
        """Adds a fault; `row` and `column` count from 0."""
        cell = cell_address(row + 1, column) if row is not None and column is not None else None
        shown = row + 1 if row is not None else None
        self.faults.append(
            Fault(code, self.sheet, shown, column, cell, value[:120] if value else value, params, severity)
        )


class RowCells:
    """Gives the text of a field in a row; a ditto mark becomes the text above it."""

    def __init__(self, grid: Grid, layout: Layout, values: ValueReader, limits: Limits) -> None:
        self.columns = {proposal.field: proposal.index for proposal in layout.proposals if proposal.field}
        self.found = Findings(grid.sheet)
        self._values = values
        self._limits = limits
        self._texts: dict[object, str] = {"": ""}
        self._above: dict[int, str] = {}

    def has(self, name: str) -> bool:
        """True where the table has a column for this field."""
        return name in self.columns

    def text(self, row: list[object], name: str) -> str:
        """The cleaned text of a cell, "" where the field has no column or the cell is empty."""
        column = self.columns.get(name)
        if column is None:
            return ""
        cell = row[column]
        text = self._texts.get(cell) if isinstance(cell, str) else as_text(cell)
        if text is None:
            text = self._texts[cell] = as_text(cell)
        if text and self._values.is_ditto(text):
            return self._above.get(column, "")
        self._above[column] = text
        return text

    def name(self, row: list[object], number: int, name: str) -> str:
        """The text of a column of names, with a fault where it hides something or is too long."""
        text = self.text(row, name)
        if not text:
            return text
        column = self.columns[name]
        cell = row[column]
        if len(text) > self._limits.name_length:
            self.found.report("name_too_long", number, column, value=text, allowed=self._limits.name_length)
        if cell is not text and isinstance(cell, str) and cell != text and has_hidden_characters(cell):
            self.found.report("hidden_characters", number, column, value=text)
        return text
