"""Reads xlsx workbooks: checks the parts and every cell reference, then lets calamine extract the cells."""

from __future__ import annotations

import io
import re
from posixpath import normpath
from typing import cast
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .grid import Area, Cell, Grid
from .limits import Limits
from .model import UnreadableSheet
from .package import Package

_MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_EMBEDDED_FOLDERS = ("xl/embeddings/", "xl/activex/", "xl/ctrlprops/", "xl/macrosheets/", "xl/dialogsheets/")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_HYPERLINK = b"/relationships/hyperlink"

# A cell or row that can hold something; `<c .../>` and `<c ...></c>` carry only a style.
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']\$?([A-Za-z]+)\$?(\d+)["'][^<>]*(?<!/)>(?!</)""")
_CELL_WITHOUT_REFERENCE = re.compile(rb"""<(?:\w+:)?c(?:>|\s(?![^<>]*\br\s*=)[^<>]*>)""")
_ROW_OR_CELL = re.compile(rb"""<(?:\w+:)?(row|c)(?=[\s>/])([^<>]*)>""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']([A-Za-z]+)(\d+)["'][^<>]*>\s*<(?:\w+:)?f(?=[\s>/])[^<>]*>([^<]*)"""
)
_ERROR_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*?\br\s*=\s*["']([A-Za-z]+)(\d+)["'][^<>]*>.{0,2000}?<(?:\w+:)?v>([^<]*)""",
    re.DOTALL,
)
_VERTICAL_SUM = re.compile(
    r"(?:SUM|SUBTOTAL|AGGREGATE)\(.*?\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)", re.IGNORECASE
)


def read_workbook(data: bytes, limits: Limits) -> list[Grid]:
    """The sheets of an xlsx file as grids. Raises UnreadableSheet where the file is unsafe or damaged."""
    package = Package(data, limits)
    _check_parts(package)
    clues = {part: _sheet_clues(package, part, limits) for part in _sheet_parts(package)}
    for name in ("xl/sharedStrings.xml", "xl/styles.xml"):
        package.part(name)
        package.forget(name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _grids(workbook, _part_by_sheet(package), clues)
    except CalamineError as error:
        raise UnreadableSheet("damaged") from error


def _check_parts(package: Package) -> None:
    types = package.part("[Content_Types].xml")
    if types is None:
        raise UnreadableSheet("wrong_type", {"extension": ".xlsx", "content": "container"})
    lowered = [name.lower() for name in package.names]
    if b"macroEnabled" in types or any(name.endswith(_MACRO_PARTS) for name in lowered):
        raise UnreadableSheet("macros")
    if _MAIN_TYPE not in types:
        raise UnreadableSheet("wrong_type", {"extension": ".xlsx", "content": "container"})
    if any(name.startswith("xl/externallinks/") for name in lowered):
        raise UnreadableSheet("external_links")
    if any(name.startswith(_EMBEDDED_FOLDERS) or name.endswith((".exe", ".ole")) for name in lowered):
        raise UnreadableSheet("embedded_objects")
    for name in package.names:
        if name.endswith(".rels"):
            _check_relations(package.part(name) or b"")


def _check_relations(content: bytes) -> None:
    """A clickable address in a cell is harmless since nothing follows it; every other way out is refused."""
    for relation in _RELATION.findall(content):
        if re.search(rb"""TargetMode\s*=\s*["']External["']""", relation) and _HYPERLINK not in relation:
            raise UnreadableSheet("external_links")


def _sheet_parts(package: Package) -> list[str]:
    """Every part that could be read as a sheet, also where a relation gives it an unusual name."""
    usual = {name for name in package.names if re.match(r"xl/(?:work|chart)sheets/[^/]+\.xml$", name, re.IGNORECASE)}
    return sorted(usual | (set(_part_by_sheet(package).values()) & set(package.names)))


def _part_by_sheet(package: Package) -> dict[str, str]:
    """Sheet name to part name, by way of the relations of the workbook."""
    targets: dict[str, str] = {}
    for attributes in _elements(package.part("xl/_rels/workbook.xml.rels") or b"", "Relationship"):
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
    parts: dict[str, str] = {}
    for attributes in _elements(package.part("xl/workbook.xml") or b"", "sheet"):
        relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        parts[attributes.get("name", "")] = targets.get(relation, "")
    return parts


def _elements(content: bytes, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadableSheet("damaged") from error
    return found


class _Clues:
    """What calamine does not tell: formulas and error cells, by (row, column) from 0."""

    def __init__(self) -> None:
        self.computed: set[tuple[int, int]] = set()
        self.column_sums: set[tuple[int, int]] = set()
        self.broken: dict[tuple[int, int], str] = {}


def _sheet_clues(package: Package, part: str, limits: Limits) -> _Clues:
    content = package.part(part) or b""
    _check_references(content, limits)
    clues = _Clues()
    if b"<f" in content or b":f" in content:
        for letters, digits, formula in _FORMULA.findall(content):
            position = (int(digits) - 1, _column_index(letters))
            clues.computed.add(position)
            if adds_up_rows(formula.decode("utf-8", "replace")):
                clues.column_sums.add(position)
    if b't="e"' in content or b"t='e'" in content:
        for letters, digits, shown in _ERROR_CELL.findall(content):
            clues.broken[(int(digits) - 1, _column_index(letters))] = shown.decode("utf-8", "replace")[:40]
    package.forget(part)
    return clues


def adds_up_rows(formula: str) -> bool:
    """True for a sum over a stretch of rows; a sum along its own row is ordinary data."""
    found = _VERTICAL_SUM.search(formula)
    return found is not None and found.group(2) != found.group(4)


def _check_references(content: bytes, limits: Limits) -> None:
    """A single far cell makes a reader reserve the whole area up to it, so every reference is looked at
    first.
    """
    references = _CELL.findall(content)
    if len(references) > limits.cells:
        raise UnreadableSheet("too_many_rows", {"what": "cells", "found": len(references), "allowed": limits.cells})
    rows = {int(row) for row in {row for _, row in references}}
    columns = {_column_index(letters) for letters in {letters for letters, _ in references}}
    last_row, last_column = max(rows, default=0), max(columns, default=-1) + 1
    if _CELL_WITHOUT_REFERENCE.search(content):
        more_rows, more_columns = _unmarked_extent(content)
        last_row, last_column = max(last_row, more_rows), max(last_column, more_columns)
    if last_column > limits.columns:
        raise UnreadableSheet("bomb", {"what": "columns", "found": last_column, "allowed": limits.columns})
    if last_row > limits.last_row:
        if len(rows) > limits.rows or last_row <= 2 * len(rows):
            raise UnreadableSheet("too_many_rows", {"what": "rows", "found": last_row, "allowed": limits.rows})
        raise UnreadableSheet("bomb", {"what": "far_cell", "found": last_row, "allowed": limits.last_row})


def _unmarked_extent(content: bytes) -> tuple[int, int]:
    """Last row and width where cells leave out their reference and follow one another instead."""
    row, column, last_row, width = 0, 0, 0, 0
    for match in _ROW_OR_CELL.finditer(content):
        reference = _REFERENCE.search(match.group(2))
        if match.group(1) == b"row":
            row = int(reference.group(2)) if reference else row + 1
            column = 0
            continue
        column = _column_index(reference.group(1)) + 1 if reference and reference.group(1) else column + 1
        last_row, width = max(last_row, row), max(width, column)
    return last_row, width


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + letter - 64
    return index - 1


def _grids(workbook: CalamineWorkbook, parts: dict[str, str], clues: dict[str, _Clues]) -> list[Grid]:
    grids = []
    for meta in workbook.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        found = clues.get(parts.get(meta.name, ""), _Clues())
        grids.append(
            Grid(
                sheet=meta.name,
                rows=cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False)),
                merged=[_area(start, end) for start, end in sheet.merged_cell_ranges or ()],
                computed=found.computed,
                column_sums=found.column_sums,
                broken=found.broken,
                hidden=meta.visible != SheetVisibleEnum.Visible,
            )
        )
    return grids


def _area(start: tuple[int, int], end: tuple[int, int]) -> Area:
    return start[0], start[1], end[0], end[1]
