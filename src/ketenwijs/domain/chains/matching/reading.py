"""Reads a list of sites from a CSV file row by row, and refuses what is not one with a clear sentence."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from .records import COLUMNS, Row, make_row

MOST_ROWS = 5_000_000
_CELL_LIMIT = 1_000_000
_SNIFFED = 65_536
_NEEDED = "name"


class UnreadableList(Exception):
    """The file is not a list of sites; the message says what to do about it."""


def read_rows(file: Path, *, most: int = MOST_ROWS) -> Iterator[Row]:
    """The rows of a CSV file (UTF-8; comma, semicolon or tab), one at a time.

    Needs the columns id and name; the others may be absent, and every cell may be empty but the id. Raises
    `UnreadableList` for anything else: no such file, not UTF-8, no headings, no id, an id twice, too many rows.
    """
    if not file.is_file():
        raise UnreadableList(f"There is no file {file.name}.")
    previous = csv.field_size_limit(_CELL_LIMIT)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            head = stream.read(_SNIFFED)
            stream.seek(0)
            yield from _rows(csv.reader(stream, delimiter=_delimiter(head)), file.name, most)
    except UnicodeDecodeError as fault:
        raise UnreadableList(f"{file.name} is not in UTF-8. Save it as CSV UTF-8 and try again.") from fault
    except csv.Error as fault:
        raise UnreadableList(
            f"{file.name} cannot be read as CSV: {fault}. A cell may be too long or a quote open."
        ) from fault
    finally:
        csv.field_size_limit(previous)


def _delimiter(head: str) -> str:
    first = head.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _rows(lines: Iterator[list[str]], name: str, most: int) -> Iterator[Row]:
    headings = [cell.strip().casefold() for cell in next(lines, [])]
    absent = [column for column in ("id", _NEEDED) if column not in headings]
    if absent:
        raise UnreadableList(
            f"{name} has no column {' and no column '.join(absent)}. The first line must name the columns: "
            f"{', '.join(COLUMNS)}; only id and name are needed."
        )
    twice = sorted({heading for heading in headings if heading in COLUMNS and headings.count(heading) > 1})
    if twice:
        raise UnreadableList(f"{name} has the column {twice[0]} more than once. Keep one of them.")
    places = [headings.index(column) if column in headings else -1 for column in COLUMNS]
    seen: set[str] = set()
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        row = make_row([cells[place] if 0 <= place < len(cells) else "" for place in places])
        if not row.id:
            raise UnreadableList(f"Row {number} of {name} has no id. Give every row its own id.")
        if row.id in seen:
            raise UnreadableList(f"Row {number} of {name} has the id {row.id[:80]!r}, which another row has too.")
        if len(seen) >= most:
            raise UnreadableList(f"{name} has more than {most} rows. Split it into smaller files.")
        seen.add(row.id)
        yield row
