"""The raw cells of one sheet, whatever the file type, and what is known about them."""

from __future__ import annotations

from dataclasses import dataclass, field

Cell = object
"""str, float, bool, datetime.date, datetime.datetime or datetime.time; an empty cell is ""."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; all counted from 0, inclusive."""


@dataclass(slots=True)
class Grid:
    """Rows and columns are counted from 0 here; `computed` holds the cells whose value a formula gave."""

    sheet: str
    rows: list[list[Cell]]
    merged: list[Area] = field(default_factory=list)
    computed: set[tuple[int, int]] = field(default_factory=set)
    column_sums: set[tuple[int, int]] = field(default_factory=set)
    """Computed cells whose formula adds up a stretch of rows."""
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that hold an error such as #REF!."""
    hidden: bool = False
    decimal_mark: str | None = None
