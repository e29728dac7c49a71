"""Reads ods spreadsheets in one pass that places the cells itself, so that repeats cannot grow unseen."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from xml.parsers import expat

from .grid import Cell, Grid
from .limits import Limits
from .model import UnreadableSheet
from .package import Package

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SUM = re.compile(
    r"(?:SUM|SUBTOTAL|AGGREGATE)\(.*?\[?\.?\$?([A-Z]{1,3})\$?(\d+):\.?\$?([A-Z]{1,3})\$?(\d+)", re.IGNORECASE
)
_EMPTY = ""


def read_opendocument(data: bytes, limits: Limits) -> list[Grid]:
    """The sheets of an ods file as grids. Raises UnreadableSheet where the file is unsafe or damaged."""
    package = Package(data, limits)
    if (package.part("mimetype") or b"").strip() != _MIMETYPE:
        raise UnreadableSheet("wrong_type", {"extension": ".ods", "content": "container"})
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise UnreadableSheet("encrypted")
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in package.names):
        raise UnreadableSheet("macros")
    if any(name.startswith("Object ") and name.endswith("content.xml") for name in package.names):
        raise UnreadableSheet("embedded_objects")
    content = package.part("content.xml")
    if content is None:
        raise UnreadableSheet("damaged", {"what": "content"})
    return _ContentReader(content, limits).grids


class _ContentReader:
    """Follows the elements of content.xml; `grids` holds the sheets when done."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self.grids: list[Grid] = []
        self._limits = limits
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row: list[tuple[Cell, int]] = []
        self._row_repeat = 1
        self._attributes: dict[str, str] = {}
        self._text: list[str] | None = None
        self._in_note = 0
        self._cells = 0
        self._spans: list[tuple[int, int, int]] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise UnreadableSheet("damaged") from error
        for grid in self.grids:
            _trim(grid)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table-cell" or name == "table:covered-table-cell":
            self._attributes, self._text = attributes, []
        elif name == "text:p" and self._text or name == "text:s" and self._text is not None:
            self._text.append(" ")
        elif name == "office:annotation":
            self._in_note += 1
        elif name == "table:table-row":
            self._row, self._spans = [], []
            self._row_repeat = _count(attributes, "table:number-rows-repeated")
        else:
            self._start_sheet_or_source(name, attributes)

    def _start_sheet_or_source(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            hidden = attributes.get("table:style-name", "") in self._hidden_styles
            self.grids.append(Grid(sheet=attributes.get("table:name", ""), rows=[], hidden=hidden))
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif name in ("table:table-source", "table:cell-range-source"):
            raise UnreadableSheet("external_links")

    def _characters(self, text: str) -> None:
        if self._text is not None and not self._in_note:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name == "table:table-cell" or name == "table:covered-table-cell":
            self._finish_cell()
        elif name == "office:annotation":
            self._in_note -= 1
        elif name == "table:table-row" and self.grids:
            self._finish_row()

    def _finish_cell(self) -> None:
        attributes, repeat = self._attributes, _count(self._attributes, "table:number-columns-repeated")
        value = _value(attributes, "".join(self._text or ()))
        self._text = None
        if not self.grids:
            return
        grid, row = self.grids[-1], len(self.grids[-1].rows)
        column = sum(times for _, times in self._row)
        if value != _EMPTY and column + repeat > self._limits.columns:
            raise UnreadableSheet(
                "bomb", {"what": "columns", "found": column + repeat, "allowed": self._limits.columns}
            )
        formula = attributes.get("table:formula")
        if formula is not None:
            grid.computed.add((row, column))
            found = _SUM.search(formula)
            if found and found.group(2) != found.group(4):
                grid.column_sums.add((row, column))
        down, across = (
            _count(attributes, "table:number-rows-spanned"),
            _count(attributes, "table:number-columns-spanned"),
        )
        if down > 1 or across > 1:
            self._spans.append((column, down, across))
        self._row.append((value, repeat))

    def _finish_row(self) -> None:
        grid = self.grids[-1]
        while self._row and self._row[-1][0] == _EMPTY:
            self._row.pop()
        values = [value for value, repeat in self._row for _ in range(repeat)]
        times = self._row_repeat if values else min(self._row_repeat, self._limits.last_row + 1)
        if values and len(grid.rows) + times > self._limits.last_row:
            raise UnreadableSheet("too_many_rows", {"what": "rows", "allowed": self._limits.rows})
        self._cells += len(values) * times
        if self._cells > self._limits.cells:
            raise UnreadableSheet("too_many_rows", {"what": "cells", "allowed": self._limits.cells})
        start = len(grid.rows)
        for column, down, across in self._spans:
            grid.merged.append((start, column, start + down - 1, column + across - 1))
        grid.rows.extend(list(values) for _ in range(min(times, 2 * self._limits.last_row - start)))


def _refuse_doctype(*_declaration: object) -> None:
    raise UnreadableSheet("has_doctype")


def _count(attributes: dict[str, str], name: str) -> int:
    try:
        return max(1, int(attributes.get(name, "1")))
    except ValueError as error:
        raise UnreadableSheet("damaged", {"what": "count"}) from error


def _value(attributes: dict[str, str], text: str) -> Cell:
    kind = attributes.get("office:value-type", "")
    if kind in ("float", "currency", "percentage"):
        with suppress(ValueError):
            return float(attributes.get("office:value", ""))
    if kind == "date":
        with suppress(ValueError):
            written = attributes.get("office:date-value", "")
            return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    return text


def _trim(grid: Grid) -> None:
    """Files end with a million repeated empty rows; only rows up to the last filled one count."""
    while grid.rows and not grid.rows[-1]:
        grid.rows.pop()
    width = max((len(row) for row in grid.rows), default=0)
    for row in grid.rows:
        row.extend([_EMPTY] * (width - len(row)))
