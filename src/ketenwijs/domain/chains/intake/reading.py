"""Reads a supplier sheet from its bytes: file type, safety, tables, columns, records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath

from .columns import Layout, lay_out, left_out
from .dates import proves_order, year_in
from .delimited import read_delimited
from .filetype import file_kind
from .grid import Grid
from .headings import HeadingReader
from .limits import Limits
from .lookups import build_lookups
from .model import WARNING, ColumnMapping, Fault, Note, Reading, Record, SkippedRow, Table, UnreadableSheet
from .opendocument import read_opendocument
from .records import RecordMaker
from .rowcells import Findings
from .tables import Place, find_tables, without_headings
from .values import ValueReader
from .vocabulary import Vocabulary
from .wording import as_text, fold
from .workbook import read_workbook

_UNCERTAIN = 0.6
_WEIGHTY = (
    "supplier",
    "supplier_code",
    "material",
    "tonnes",
    "value_eur",
    "factory",
    "factory_code",
    "quarry",
    "quarry_code",
)


def read_sheet(
    data: bytes,
    name: str,
    *,
    words: Vocabulary,
    mapping: ColumnMapping | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, holds numbers only
) -> Reading:
    """Reads a file named `name` (its extension counts). `mapping` overrides proposed columns.

    Raises UnreadableSheet where the file as a whole is refused; its `tables` then show what was found.
    Untrusted files belong in `read_in_child`, which also bounds memory and time.
    """
    grids, encoding = _open(data, name, limits)
    values = ValueReader(words)
    opened = _Sheets(grids, words, values, mapping or {})
    values = ValueReader(words, month_first=opened.month_first, year_of_dates=opened.year_of_dates)
    chosen = opened.record_tables()
    if not chosen:
        tables = [_table(grid, layout) for grid, layout in opened.tables]
        raise UnreadableSheet("no_columns", {"sheets": [grid.sheet for grid in grids]}, tables=tables)
    lookups = build_lookups(opened.tables, values)
    findings: list[Findings] = []
    for grid, layout in chosen:
        maker = RecordMaker(
            grid, layout, lookups, words, values, limits,
            year=opened.year_of(grid, layout, name),
        )  # fmt: skip
        findings.append(maker.make())
    return _reading(opened.without_summaries(chosen, findings), opened, encoding, limits)


def _open(data: bytes, name: str, limits: Limits) -> tuple[list[Grid], str | None]:
    kind = file_kind(data, name, limits)
    if kind == "xlsx":
        return read_workbook(data, limits), None
    if kind == "ods":
        return read_opendocument(data, limits), None
    grid, encoding = read_delimited(data, name, limits)
    return [grid], encoding


@dataclass(slots=True)
class _Sheets:
    """All tables of a file with their settled columns."""

    grids: list[Grid]
    words: Vocabulary
    values: ValueReader
    mapping: ColumnMapping
    tables: list[tuple[Grid, Layout]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    month_first: bool | None = None
    year_of_dates: int | None = None

    def __post_init__(self) -> None:
        headings = HeadingReader(self.words)
        languages: Counter[str] = Counter()
        for grid in self.grids:
            for place in find_tables(grid, headings, self.values) or self._bare(grid):
                layout = lay_out(grid, place, headings, self.values, self.words, self._overrides(grid.sheet))
                self.tables.append((grid, layout))
                languages.update(language for proposal in layout.proposals for language in proposal.heading.languages)
        self.month_first = self._order_of_dates(languages)

    def _bare(self, grid: Grid) -> list[Place]:
        place = without_headings(grid)
        return [place] if place else []

    def _overrides(self, sheet: str) -> Mapping[int, str | None]:
        return {column: name for (table, column), name in self.mapping.items() if table == sheet}

    def _order_of_dates(self, languages: Counter[str]) -> bool | None:
        """What the dates prove; else Dutch, French and German write the day first, and English leaves it
        open.
        """
        stated = self._stated_order()
        if stated is not None:
            return stated
        proofs = {proof for grid in self.grids for proof in _proofs(grid)}
        if len(proofs) == 1:
            return proofs.pop()
        european = max((languages[language] for language in ("nl", "fr", "de")), default=0)
        return False if european > languages["en"] else None

    def _stated_order(self) -> bool | None:
        """What a line above a table says of its dates: "dates are day/month 2025", "datum: dd-mm-jjjj"."""
        for grid, layout in self.tables:
            for text in _texts_above(grid, layout):
                folded = f" {fold(text)} "
                for order, month_first in (("day_first", False), ("month_first", True)):
                    if any(f" {words} " in folded for words in self.words.date_order[order]):
                        self.year_of_dates = year_in(text)
                        return month_first
        return None

    def record_tables(self) -> list[tuple[Grid, Layout]]:
        """Tables with rows of purchase. A poorer table beside a richer one sums it up and is left out; so is
        a hidden sheet.
        """
        rows = [(grid, layout) for grid, layout in self.tables if layout.role == "records"]
        visible = [(grid, layout) for grid, layout in rows if not grid.hidden]
        best = max((_weight(layout) for _, layout in visible or rows), default=0)
        chosen = []
        for grid, layout in rows:
            reason = "hidden_sheet" if grid.hidden and visible else "summary" if _weight(layout) < best - 1 else None
            if (
                reason is None
                and layout.place.heading_row < 0
                and any(other.place.heading_row >= 0 for _, other in rows)
            ):
                reason = "no_headings"
            if reason is None:
                chosen.append((grid, layout))
            else:
                self._leave_out(grid, layout, reason)
        return chosen

    def without_summaries(self, chosen: list[tuple[Grid, Layout]], findings: list[Findings]) -> list[Findings]:
        """A table with fewer rows and the very same tonnage as another repeats it in short, and would count
        double.
        """
        kept = []
        for (grid, layout), found in zip(chosen, findings, strict=True):
            total, count = _tonnage(found), len(found.records)
            repeated = any(count < len(other.records) and total and total == _tonnage(other) for other in findings)
            if repeated and count > 1:
                self._leave_out(grid, layout, "summary")
            else:
                kept.append(found)
        return kept

    def _leave_out(self, grid: Grid, layout: Layout, reason: str) -> None:
        self.notes.append(Note("table_left_out", {"sheet": grid.sheet, "reason": reason}))
        position = next(number for number, (_, table) in enumerate(self.tables) if table is layout)
        self.tables[position] = grid, left_out(layout)

    def year_of(self, grid: Grid, layout: Layout, name: str) -> int | None:
        """The year of purchase: from the headings of amounts, the titles above, the sheet's name, the file's
        name.
        """
        years = {proposal.heading.year for proposal in layout.proposals if proposal.field in ("tonnes", "value_eur")}
        years -= {None}
        if len(years) == 1:
            return years.pop()
        for text in (*_texts_above(grid, layout), grid.sheet, PurePath(name).stem):
            year = None if proves_order(text) is not None or _has_date(text) else year_in(text)
            if year:
                return year
        return None


def _texts_above(grid: Grid, layout: Layout) -> list[str]:
    above = grid.rows[: max(layout.place.heading_row, 0)]
    return [as_text(cell) for row in above for cell in row if isinstance(cell, str) and cell]


def _tonnage(found: Findings) -> Decimal:
    return sum((record.tonnes for record in found.records if record.tonnes is not None), Decimal(0))


def _has_date(text: str) -> bool:
    return any(mark.isdigit() for mark in text) and sum(text.count(mark) for mark in "-/.") >= 2


def _proofs(grid: Grid) -> set[bool]:
    """What the dates written as text prove about the order of day and month."""
    texts = {cell for row in grid.rows[:2000] for cell in row if isinstance(cell, str) and 7 < len(cell) < 80}
    return {proof for text in texts if (proof := proves_order(text)) is not None}


def _weight(layout: Layout) -> int:
    fields = layout.fields
    pairs = (
        {"supplier", "supplier_code"},
        {"material"},
        {"tonnes", "value_eur"},
        {"factory", "factory_code"},
        {"quarry", "quarry_code", "quarry_place"},
    )
    return sum(bool(fields & pair) for pair in pairs)


def _table(grid: Grid, layout: Layout) -> Table:
    place = layout.place
    heading_row = place.heading_row + 1 if place.heading_row >= 0 else None
    return Table(
        grid.sheet,
        layout.role,
        heading_row,
        place.heading_rows,
        place.first_row + 1,
        place.last_row + 1,
        layout.shown(),
    )


def _reading(findings: list[Findings], opened: _Sheets, encoding: str | None, limits: Limits) -> Reading:
    tables = [_table(grid, layout) for grid, layout in opened.tables]
    records: list[Record] = [record for found in findings for record in found.records]
    skipped: list[SkippedRow] = [row for found in findings for row in found.skipped]
    if len(records) > limits.rows:
        raise UnreadableSheet("too_many_rows", {"what": "rows", "found": len(records), "allowed": limits.rows})
    if not records:
        raise UnreadableSheet("no_columns", {"sheets": [table.sheet for table in tables]}, tables=tables)
    faults = [fault for table in tables if table.role == "records" for fault in _table_faults(table)]
    faults += [fault for found in findings for fault in found.faults]
    notes = list(opened.notes)
    if encoding == "cp1252":
        notes.append(Note("encoding_assumed", {"encoding": encoding}))
    return Reading(records, faults, tables, skipped, encoding, notes)


def _table_faults(table: Table) -> list[Fault]:
    """Columns that were recognised without much certainty, and what the table does not have at all."""
    faults = []
    if table.header_row is None:
        faults.append(Fault("no_headings", table.sheet, severity=WARNING))
    for column in table.columns:
        if column.field and column.confidence < _UNCERTAIN:
            params = {"field": column.field, "confidence": column.confidence}
            faults.append(
                Fault(
                    "column_uncertain",
                    table.sheet,
                    table.header_row,
                    column.index,
                    None,
                    column.heading,
                    params,
                    WARNING,
                )
            )
    fields = {column.field for column in table.columns}
    for wanted in (
        {"tonnes"},
        {"material"},
        {"factory", "factory_code"},
        {"quarry", "quarry_code", "quarry_place"},
    ):
        if not wanted & fields:
            faults.append(
                Fault("column_missing", table.sheet, params={"field": min(wanted, key=len)}, severity=WARNING)
            )
    return faults
