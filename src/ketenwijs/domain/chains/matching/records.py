"""A row of a register or of a new list, as it is written, and the limits on what a cell may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

COLUMNS = ("id", "name", "address", "place", "region", "country", "lat", "lon", "identifiers")
_SEPARATOR = "\x1f"
_CELL_LENGTH = 400
_BREAKS = str.maketrans(dict.fromkeys(["\x1f", "\n", "\r", "\t", "\x00", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"], " "))
_BREAKS.update({ord(mark): " " for mark in "\x85\u2028\u2029"})


class Row(NamedTuple):
    """One site as a list names it. Every part but the id may be empty; `lat` and `lon` are degrees as text.

    Texts longer than 400 signs are cut: what tells two sites apart stands in front, and a huge cell costs nothing.
    """

    id: str
    name: str = ""
    address: str = ""
    place: str = ""
    region: str = ""
    country: str = ""
    lat: str = ""
    lon: str = ""
    identifiers: str = ""


def make_row(cells: Mapping[str, str | None] | Iterable[str]) -> Row:
    """A row from cells by column name, or from cells in the order of `COLUMNS`; cleaned and cut."""
    if isinstance(cells, Mapping):
        cells = [cells.get(column) or "" for column in COLUMNS]
    cells = list(cells)
    whole = "".join(cells)
    if len(whole) <= _CELL_LENGTH and whole.isascii() and whole.isprintable():
        return Row._make([cell.strip() for cell in cells])
    return Row._make([clean(cell) for cell in cells])


def clean(cell: str) -> str:
    """The cell without breaks, at most 400 signs, without white space around it."""
    cell = cell[:_CELL_LENGTH].strip()
    return cell if cell.isprintable() and cell.isascii() else cell.translate(_BREAKS).strip()


def pack(row: Row) -> str:
    """One string per row: a register of a million rows is kept in memory as these."""
    return _SEPARATOR.join(row)


def unpack(packed: str) -> Row:
    """The row that `pack` wrote."""
    return Row._make(packed.split(_SEPARATOR))
