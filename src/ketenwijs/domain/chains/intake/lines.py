"""A row whose cells hold several lines each, in the same order: one purchase per line."""

from __future__ import annotations

from collections.abc import Mapping

from .columns import AMOUNTS

_PARALLEL = ("material", *AMOUNTS, "factory", "factory_place", "factory_code", "quarry", "quarry_place", "quarry_code")
_SEVERAL = ("material", "quarry", "factory", "quarry_code", "factory_code")


def split_lines(row: list[object], columns: Mapping[str, int]) -> list[list[object]]:
    """The row as one row per line, or as it is where its lines do not run parallel.

    A cell with one line speaks for all of them, except an amount: that is never shared out.
    """
    lines = {column: _lines(row[column]) for name, column in columns.items() if name in _PARALLEL}
    counts = {len(found) for found in lines.values() if len(found) > 1}
    if len(counts) != 1 or not any(len(lines[columns[name]]) > 1 for name in _SEVERAL if name in columns):
        return [row]
    amounts = [columns[name] for name in AMOUNTS if name in columns]
    if any(len(lines[column]) == 1 and row[column] != "" for column in amounts):
        return [row]
    return [
        [lines[column][number] if len(lines.get(column, ())) > 1 else cell for column, cell in enumerate(row)]
        for number in range(counts.pop())
    ]


def _lines(cell: object) -> list[str]:
    """The lines of a cell; empty lines at its end do not count."""
    return cell.strip().splitlines() if isinstance(cell, str) else []
