"""Finds the tables on a sheet: where the headings are, in how many rows, and where the data begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .grid import Grid
from .headings import GENERIC, Heading, HeadingReader, measure_in
from .numbers import read_written
from .values import ValueReader
from .wording import as_text

_SEARCHED_ROWS = 40
_SEARCHED_LATER = 200
_MOST_HEADING_ROWS = 3
_NEEDED_POINTS = 1.5
_WORTH_ANOTHER_ROW = 0.35
_PARTS_OF_HEADINGS = ("other", "measure", *GENERIC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table is; rows from 0. `headings` has one text per column; `heading_row` is -1 where there are
    none.
    """

    heading_row: int
    heading_rows: int
    first_row: int
    last_row: int
    headings: tuple[str, ...]
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: int
    rows: int
    headings: tuple[str, ...]
    points: float
    fields: int


def find_tables(grid: Grid, headings: HeadingReader, values: ValueReader) -> list[Place]:
    """The tables of one sheet from top to bottom. Empty where no row reads like headings."""
    finder = _Finder(grid, headings, values)
    first = finder.best()
    if first is None:
        return []
    starts = [first, *finder.later(first)]
    ends = [candidate.row - 1 for candidate in starts[1:]] + [len(grid.rows) - 1]
    return [finder.place(candidate, end) for candidate, end in zip(starts, ends, strict=True)]


def without_headings(grid: Grid) -> Place | None:
    """All filled rows as one table whose columns have no headings."""
    filled = [number for number, row in enumerate(grid.rows) if sum(cell != "" for cell in row) >= 2]
    if not filled:
        return None
    width = len(grid.rows[filled[0]])
    return Place(-1, 0, filled[0], filled[-1], ("",) * width)


class _Finder:
    def __init__(self, grid: Grid, headings: HeadingReader, values: ValueReader) -> None:
        self._grid = grid
        self._headings = headings
        self._values = values
        self._filled = [any(cell != "" for cell in row) for row in grid.rows]

    def best(self) -> _Candidate | None:
        """The strongest row or rows of headings near the top; the upper of equals."""
        rows = [number for number, filled in enumerate(self._filled) if filled][:_SEARCHED_ROWS]
        candidates = [candidate for row in rows if (candidate := self._at(row))]
        return max(candidates, key=lambda candidate: (candidate.points, -candidate.row), default=None)

    def later(self, first: _Candidate) -> list[_Candidate]:
        """Further tables below the first: a row of other headings after an empty row."""
        found: list[_Candidate] = []
        start = first.row + first.rows
        rows = [row for row in range(start + 1, len(self._filled)) if self._filled[row] and not self._filled[row - 1]]
        for row in rows[:_SEARCHED_LATER]:
            candidate = self._at(row)
            if candidate is None or candidate.headings == first.headings:
                continue
            if candidate.fields >= 3 or candidate.fields == sum(bool(text) for text in candidate.headings):
                found.append(candidate)
        return found

    def place(self, candidate: _Candidate, end: int) -> Place:
        first_row = candidate.row + candidate.rows
        rows = candidate.rows
        while first_row <= end and self._explains_headings(self._grid.rows[first_row]):
            first_row += 1
            rows += 1
        joined = self._joined(candidate.row, rows)
        headings = joined if rows > candidate.rows else candidate.headings
        return Place(candidate.row, rows, first_row, end, headings, candidate.points)

    def _at(self, row: int) -> _Candidate | None:
        """The best reading of the headings that start at this row, in one to three rows."""
        best: _Candidate | None = None
        for rows in range(1, _MOST_HEADING_ROWS + 1):
            if row + rows >= len(self._grid.rows) or (rows > 1 and not self._may_be_heading(row + rows - 1)):
                break
            candidate = self._scored(row, rows)
            if candidate and (best is None or candidate.points > best.points + _WORTH_ANOTHER_ROW):
                best = candidate
        return best

    def _scored(self, row: int, rows: int) -> _Candidate | None:
        texts = self._joined(row, rows)
        points, recognised, fields = 0.0, 0, set()
        filled = [text for text in texts if text]
        for text in filled:
            heading = self._headings.read(text)
            worth = self._worth(heading, text, seen=heading.field in fields)
            points += worth
            recognised += worth > 0
            if worth > 0 and heading.field not in ("other", None):
                fields.add(heading.field)
        enough = len(fields) >= 2 and points >= _NEEDED_POINTS and recognised >= 0.4 * len(filled)
        return _Candidate(row, rows, texts, points, len(fields)) if enough else None

    def _worth(self, heading: Heading, text: str, *, seen: bool) -> float:
        if read_written(text) is not None or (heading.confidence < 0.9 and self._is_value(text)):
            return -0.8
        if heading.field is None or heading.confidence < 0.6:
            return -0.1
        if heading.field in _PARTS_OF_HEADINGS:
            return 0.2 if seen else 0.5
        return 0.2 if seen else heading.confidence

    def _is_value(self, text: str) -> bool:
        """Names of countries and stones stand in data, not in headings."""
        found = (self._values.country(text), self._values.material(text))
        return any(value is not None and value.sure and value.code for value in found)

    def _may_be_heading(self, row: int) -> bool:
        cells = [cell for cell in self._grid.rows[row] if cell != ""]
        return bool(cells) and all(isinstance(cell, str) or _is_year(cell) for cell in cells)

    def _explains_headings(self, row: Sequence[object]) -> bool:
        """A row of units, or of column numbers, between the headings and the data."""
        texts = [as_text(cell) for cell in row if cell != ""]
        if len(texts) < 1:
            return False
        if len(texts) >= 3 and texts == [str(number) for number in range(1, len(texts) + 1)]:
            return True
        bare = [text.strip("()[] ") for text in texts]
        return all(_is_measure(text) for text in bare)

    def _joined(self, row: int, rows: int) -> tuple[str, ...]:
        """One text per column from the rows of headings; a heading over several columns counts for each of
        them.
        """
        width = len(self._grid.rows[row])
        layers = [[as_text(cell) for cell in self._grid.rows[number]] for number in range(row, row + rows)]
        for depth in range(rows - 1):
            self._spread(layers, depth, row + depth, width)
        joined = []
        for column in range(width):
            parts = dict.fromkeys(layer[column] for layer in layers if layer[column])
            joined.append(" ".join(parts))
        return tuple(joined)

    def _spread(self, layers: list[list[str]], depth: int, row: int, width: int) -> None:
        upper, lower = layers[depth], layers[depth + 1]
        merged = [area for area in self._grid.merged if area[0] <= row <= area[2] and area[3] > area[1]]
        for _, first, _, last in merged:
            if last - first + 1 <= 0.6 * width or width <= 3:
                for column in range(first + 1, min(last + 1, width)):
                    upper[column] = upper[column] or upper[first]
        if merged or sum(bool(text) for text in upper) < 2:
            return
        owner = ""
        for column in range(width):
            if upper[column]:
                owner = upper[column] if lower[column] else ""
            elif owner and lower[column]:
                upper[column] = owner


def _is_year(cell: object) -> bool:
    return isinstance(cell, float) and 1990 <= cell <= 2100 and cell.is_integer()


def _is_measure(text: str) -> bool:
    """A unit or a currency and nothing else; "12 kg" is data."""
    unit, currency, _ = measure_in(text)
    return bool(unit or currency) and len(text) <= 12 and read_written(text) is None
