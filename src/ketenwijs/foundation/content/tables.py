"""Tables (CSV) that are read where they lie: their columns, and what each row must be; every fault with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch

from ketenwijs.foundation.content.faults import Fault

Row = dict[str, str]
CheckRow = Callable[[Row], Iterable[tuple[str, str, str]]]
"""A row in; per problem the column, the code of the check and a sentence."""


@dataclass(frozen=True)
class TableKind:
    """A kind of table: its name, where it lies below the content folder, its columns in order, and a check per row."""

    name: str
    pattern: str
    columns: tuple[str, ...]
    check_row: CheckRow | None = None


_tables: dict[str, TableKind] = {}


def register_table(kind: TableKind) -> None:
    """Add a kind; a name taken twice stops the start."""
    if kind.name in _tables:
        raise ValueError(f"table {kind.name} is registered twice")
    _tables[kind.name] = kind


def check_table(text: str, file: str) -> list[Fault]:
    """All faults of one table: unknown place, wrong columns, rows that are too long or too short, and what rows say."""
    kind = next((one for one in _tables.values() if fnmatch(file, one.pattern)), None)
    if kind is None:
        return [Fault(file, 1, "", "unknown_file", "no app knows a table of this name here; check its place")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = next(reader, [])
        if tuple(columns) != kind.columns:
            return [Fault(file, 1, "", "columns", f"the columns must be {','.join(kind.columns)}")]
        return [fault for cells in reader for fault in _row(kind, file, reader.line_num, cells)]
    except csv.Error as error:
        return [Fault(file, reader.line_num, "", "csv", f"this is not a valid table: {error}")]


def _row(kind: TableKind, file: str, line: int, cells: list[str]) -> Iterable[Fault]:
    if len(cells) != len(kind.columns):
        yield Fault(file, line, "", "cells", f"this row has {len(cells)} cells, not {len(kind.columns)}")
    elif kind.check_row is not None:
        row = dict(zip(kind.columns, cells, strict=True))
        for column, code, sentence in kind.check_row(row):
            yield Fault(file, line, column, code, sentence)
