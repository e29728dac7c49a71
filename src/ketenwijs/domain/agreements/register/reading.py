"""Reading the register sheet (xlsx, ods or csv) into plain rows, with limits that keep a bad file from doing
harm.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from ketenwijs.domain.agreements.register.columns import COLUMNS, field_of
from ketenwijs.domain.agreements.register.safety import UNREADABLE, refuse_dangerous
from ketenwijs.foundation.ui.errors import DomainError

MAX_BYTES = 5 * 1024 * 1024
MAX_SHEETS = 20
MAX_ROWS = 5_000
SEARCHED_ROWS = 20

Cell = str | int | float | bool | time | date | datetime | timedelta | None
Table = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class SheetRow:
    """One row below the headings: its number in the sheet (1 is the first line) and its cells as text by
    field.
    """

    number: int
    cells: dict[str, str]
    sheet: str = ""


@dataclass(frozen=True)
class Reading:
    """All rows of the first table that carries the needed headings, and headings that mean nothing here."""

    rows: list[SheetRow]
    unknown_headings: list[str]


def read_register(content: bytes, name: str) -> Reading:
    """Read an uploaded sheet. Raises `DomainError` with one sentence when it cannot be a register sheet.

    The first sheet in which a row holds all needed headings is read; rows above it and empty rows are left
    out.
    """
    if len(content) > MAX_BYTES:
        raise DomainError(_("This file is larger than 5 MB. Keep only the columns of the template and try again."))
    tables = _csv_tables(content) if name.lower().endswith((".csv", ".txt")) else _workbook_tables(content)
    for sheet, table in tables:
        reading = _table(sheet, table)
        if reading is not None:
            return reading
    needed = ", ".join(str(column.headings["nl"][0]) for column in COLUMNS if column.needed)
    raise DomainError(
        _("No row with the needed headings was found (%(headings)s). Use the template of this page.")
        % {"headings": needed}
    )


def _workbook_tables(content: bytes) -> list[tuple[str, Table]]:
    refuse_dangerous(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names[:MAX_SHEETS]
        return [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except (CalamineError, ValueError, OSError) as error:
        raise DomainError(UNREADABLE) from error


def _csv_tables(content: bytes) -> list[tuple[str, Table]]:
    text = None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\x00" in text:
        raise DomainError(_("This file cannot be read as text. Save it as csv in UTF-8, or as xlsx."))
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        return [("", [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)])]
    except csv.Error as error:
        raise DomainError(_("This file cannot be read as text. Save it as csv in UTF-8, or as xlsx.")) from error


def _heading_row(table: Table) -> tuple[int, list[str | None]] | None:
    """Where the needed headings stand near the top of a sheet, and the field of each of its columns."""
    needed = {column.field for column in COLUMNS if column.needed}
    for place, row in enumerate(table[:SEARCHED_ROWS]):
        fields = [field_of(_text(cell)) for cell in row]
        if needed <= set(fields):
            return place, fields
    return None


def _table(sheet: str, table: Table) -> Reading | None:
    """The register in one sheet, or None when no row near its top holds the needed headings."""
    headings = _heading_row(table)
    if headings is None:
        return None
    place, fields = headings
    row = table[place]
    if len(table) - place > MAX_ROWS:
        raise DomainError(
            _("A register sheet holds at most 5,000 rows. Split it and read the parts one after the other.")
        )
    unknown = [_text(cell) for cell, field in zip(row, fields, strict=True) if field is None and _text(cell)]
    rows = []
    for number, cells in enumerate(table[place + 1 :], start=place + 2):
        found = {
            field: _text(cell) for field, cell in reversed(list(zip(fields, cells, strict=False))) if field is not None
        }
        if any(found.values()):
            rows.append(SheetRow(number, found, sheet))
    return Reading(rows, unknown)


def _text(cell: Cell) -> str:
    """A cell as text: dates as ISO, whole numbers without a decimal point, so that numbers typed as numbers
    survive.
    """
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
