"""Makes one record out of each row of purchase of one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from .amounts import AmountColumn, TonnesReader, ValueReaderEuro, settle_notation
from .columns import AMOUNTS, Layout
from .dates import as_date
from .grid import Grid
from .limits import Limits
from .lines import split_lines
from .lookups import Entry, Lookup
from .model import WARNING, Record, SkippedRow
from .numbers import from_float
from .rowcells import Findings, RowCells
from .rows import RowKinds, RowSorter
from .sites import Site, SiteReader
from .values import ValueReader
from .vocabulary import Vocabulary
from .wording import as_text

_LONGEST_NUMBER = 16
FOOTNOTE_MARKS = frozenset("¹²³⁴⁵⁶*†‡")
_NOT_REPEATED_BY_MERGE = (*AMOUNTS, "supplier")
_ORIGINS = ("origin_country", "quarry_country", "country", "supplier_country")
_OF_THIS_ROW = ("quarry_country", "factory_country")
"""Where a place lies is said of the row's own place, never of the one above."""


class RecordMaker:
    """Reads the rows of one table; `make` returns the findings."""

    def __init__(
        self, grid: Grid, layout: Layout, lookups: Mapping[str, Lookup], words: Vocabulary,
        values: ValueReader, limits: Limits, *, year: int | None,
    ) -> None:  # fmt: skip
        self._grid = grid
        self._layout = layout
        self._suppliers = lookups["supplier"]
        self._words = words
        self._values = values
        self._year = year
        self._cells = RowCells(grid, layout, values, limits)
        self._report = self._cells.found.report
        self._columns = self._cells.columns
        self._factory = SiteReader("factory", self._cells, layout, lookups, values)
        self._quarry = SiteReader("quarry", self._cells, layout, lookups, values)
        self._supplier: str | None = None
        self._section: dict[str, str] = {}
        self._country_of_supplier = False
        self._footnotes: dict[str, str] = {}
        self._material_above = ""
        self._block_columns: frozenset[int] = frozenset()
        self._country_above: dict[str, str | None] = {}
        self._readers: dict[str, Callable[[object, int, object], Decimal | None]] = {}

    def make(self) -> Findings:
        """Sorts the rows, settles the notation of amounts, then reads row by row."""
        self._fill_merged()
        self._block_columns = self._find_block_columns()
        kinds = RowSorter(self._grid, self._layout, self._words, self._values).sort()
        self._note_skipped(kinds)
        self._prepare_amounts(kinds)
        headed = sorted(kinds.headed)
        position = 0
        for number in kinds.data:
            while position < len(headed) and headed[position] < number:
                self._enter_section(kinds.headed[headed[position]])
                position += 1
            for row in split_lines(self._grid.rows[number], self._columns):
                self._cells.found.records.append(self._record(row, number))
        self._report_cells(set(kinds.data))
        return self._cells.found

    def _enter_section(self, said: list[tuple[str, str]]) -> None:
        """A heading between the rows gives the supplier, country or stone for what stands below it."""
        names = dict(said)
        if "supplier" in names:
            self._supplier = names.pop("supplier")
            if self._country_of_supplier:
                self._section.pop("country", None)
            self._country_of_supplier = "country" in names
        self._section.update(names)

    def _fill_merged(self) -> None:
        """A merged cell speaks for all rows it covers, except for amounts: those are never shared out."""
        by_column = {index: name for name, index in self._columns.items()}
        rows = self._grid.rows
        for first_row, first_column, last_row, _ in self._grid.merged:
            name = by_column.get(first_column)
            if name is None or last_row == first_row or first_row >= len(rows):
                continue
            value = rows[first_row][first_column]
            for number in range(first_row + 1, min(last_row + 1, len(rows))):
                if name in AMOUNTS and value != "" and any(cell != "" for cell in rows[number]):
                    self._report("amount_merged", number, first_column, value=as_text(value))
                elif name not in _NOT_REPEATED_BY_MERGE:
                    rows[number][first_column] = value

    def _find_block_columns(self) -> frozenset[int]:
        supplier, place = self._columns.get("supplier"), self._layout.place
        rows = self._grid.rows[place.first_row : place.last_row + 1]
        found = set()
        for name in _ORIGINS:
            column = self._columns.get(name)
            if column is None or supplier is None or column > supplier:
                continue
            named = [row for row in rows if row[supplier] != ""]
            stated = [row[column] for row in named if row[column] != ""]
            once = all(one != other for one, other in pairwise(stated))
            if len(stated) > 1 and once and named[0][column] != "" and len(named) - len(stated) >= 2:
                found.add(column)
        return frozenset(found)

    def _note_skipped(self, kinds: RowKinds) -> None:
        for number, reason in kinds.skipped:
            text = " | ".join(as_text(cell) for cell in self._grid.rows[number] if cell != "")[:200]
            self._cells.found.skipped.append(SkippedRow(self._grid.sheet, number + 1, reason, text))
            if reason == "note" and text[:1] in FOOTNOTE_MARKS:
                self._footnotes[text[0]] = text[1:]
            if reason in ("amounts_without_name", "amounts_after_total"):
                self._report(reason, number, None, value=text, severity=WARNING)

    def _prepare_amounts(self, kinds: RowKinds) -> None:
        columns, cells = {}, {}
        for name in AMOUNTS:
            proposal = self._layout.proposal(name)
            if proposal is not None:
                rows = [row for number in kinds.data for row in split_lines(self._grid.rows[number], self._columns)]
                cells[name] = [row[proposal.index] for row in rows]
                columns[name] = AmountColumn(proposal, cells[name])
        settle_notation(columns, cells, self._report)
        if "tonnes" in columns:
            self._readers["tonnes"] = TonnesReader(
                columns["tonnes"], self._report, unit_column=self._cells.has("unit")
            ).read
        if "value_eur" in columns:
            self._readers["value_eur"] = ValueReaderEuro(columns["value_eur"], self._report).read

    def _report_cells(self, data: set[int]) -> None:
        """Formulas are shown for confirmation, cells that hold an error are faults; only in columns that
        count.
        """
        used = set(self._columns.values())
        for row, column in sorted(self._grid.computed):
            if row in data and column in used and (row, column) not in self._grid.broken:
                cell = self._grid.rows[row][column]
                if cell == "":
                    self._report("formula_without_value", row, column)
                else:
                    self._report("computed", row, column, value=as_text(cell), severity=WARNING)
        for (row, column), shown in sorted(self._grid.broken.items()):
            if row in data and column in used:
                self._report("error_in_cell", row, column, value=shown)

    def _record(self, row: list[object], number: int) -> Record:
        supplier, entry, continues = self._read_supplier(row, number)
        faults_before = len(self._cells.found.faults)
        stated = {name: self._country(row, number, name, continues=continues) for name in _ORIGINS}
        recognised = len(self._cells.found.faults) == faults_before
        factory, quarry = self._factory.read(row, number, supplier), self._quarry.read(row, number, supplier)
        made_in = self._country(row, number, "factory_country", continues=continues)
        material, written = self._material(row, number, continues=continues)
        remark = self._cells.text(row, "remark") or None
        listed = entry.country if entry else None
        origin = stated["origin_country"] or stated["quarry_country"] or quarry.country
        country = origin
        if country is None and not self._says_unknown(row, "origin_country"):
            country = stated["country"] or stated["supplier_country"] or listed
            country = country or self._named_country(self._section.get("country"))
            country = country or self._named_country(quarry.place) or self._named_country(factory.place)
        if country is None and recognised:
            self._missing("country_missing", number, _ORIGINS)
        return Record(
            supplier=supplier,
            supplier_country=stated["supplier_country"] or listed or stated["country"] or country,
            country=country,
            material=material,
            material_as_written=written,
            tonnes=self._amount(row, number, "tonnes", "unit"),
            value_eur=self._amount(row, number, "value_eur", "currency"),
            factory=factory.name,
            factory_place=factory.place,
            quarry=quarry.name,
            quarry_place=quarry.place,
            unknown_factory=factory.unknown,
            unknown_quarry=quarry.unknown,
            asked_on=self._asked_on(row, number, factory, quarry, remark),
            sheet=self._grid.sheet,
            row=number + 1,
            year=self._read_year(row),
            site_kind=quarry.kind,
            coordinates=quarry.coordinates,
            quarry_local_name=quarry.local_name,
            factory_kind=factory.kind,
            factory_coordinates=factory.coordinates,
            factory_local_name=factory.local_name,
            remark=remark,
            factory_country=made_in or factory.country,
            chain_number=self._chain_number(row),
        )

    def _read_supplier(self, row: list[object], number: int) -> tuple[str | None, Entry | None, bool]:
        """Name, entry in a list of suppliers, and whether this row goes on about the supplier above."""
        name = self._cells.name(row, number, "supplier")
        code = self._cells.text(row, "supplier_code")
        entry = self._suppliers.find(code) if code and self._suppliers else None
        if not name and code:
            name = (entry.name if entry else None) or ("" if self._cells.has("supplier") else code)
        if name and not self._values.unknown(name):
            continues = name == self._supplier
            self._supplier = name
        elif name or self._supplier is None:
            self._missing("supplier_missing", number, ("supplier", "supplier_code"))
            return None, entry, False
        else:
            continues = True
        if entry is None and self._suppliers:
            entry = self._suppliers.find(self._supplier)
        return self._supplier, entry, continues

    def _country(self, row: list[object], number: int, name: str, *, continues: bool) -> str | None:
        column = self._columns.get(name)
        if column is None:
            return None
        text = self._cells.text(row, name)
        if self._values.unknown(text):
            # The seller's country does not change between his rows; where a quarry lies may.
            repeats = not text and name not in _OF_THIS_ROW and (continues or self._heads_blocks(column))
            if repeats and not continues and self._country_above.get(name):
                above = self._country_above[name]
                self._report("country_from_above", number, column, value=above, severity=WARNING)
            self._country_above[name] = self._country_above.get(name) if repeats else None
            return self._country_above[name]
        found = self._values.country(text)
        code = found.code if found else None
        if found is None:
            self._report("country_not_recognised", number, column, value=text)
        elif found.several:
            self._report("several_countries", number, column, value=text)
        elif not found.sure:
            self._report("country_spelling", number, column, value=text, severity=WARNING, read_as=code)
        self._country_above[name] = code
        return code

    def _chain_number(self, row: list[object]) -> int | None:
        """The number of our own workbook; anything else in that column is no number of a chain."""
        text = self._cells.text(row, "chain_number").removesuffix(".0")
        return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else None

    def _heads_blocks(self, column: int) -> bool:
        """A column left of the suppliers that is mostly empty names each country once, for the rows below."""
        return column in self._block_columns

    def _says_unknown(self, row: list[object], name: str) -> bool:
        """A cell that says "?" is an answer: nothing else of the row may be taken instead."""
        text = self._cells.text(row, name)
        return bool(text) and self._values.unknown(text) is not None

    def _named_country(self, place: str | None) -> str | None:
        """A place such as "Kolar, India" states a country where no column does."""
        found = self._values.country(place) if place else None
        return found.code if found and found.sure else None

    def _material(self, row: list[object], number: int, *, continues: bool) -> tuple[str | None, str | None]:
        column = self._columns.get("material")
        if column is None:
            text = self._section.get("material", "")
            found = self._values.material(text) if text else None
            return (found.code if found else None), text or None
        text = self._cells.text(row, "material")
        if not text and continues and self._material_above:
            text = self._material_above
            self._report("material_from_above", number, column, value=text, severity=WARNING)
        self._material_above = text
        if self._values.unknown(text):
            self._report("material_missing", number, column, value=text or None)
            return None, text or None
        found = self._values.material(text)
        if found is None:
            self._report("material_not_recognised", number, column, value=text)
        elif found.several:
            self._report("several_materials", number, column, value=text)
        elif not found.sure:
            self._report("material_spelling", number, column, value=text, severity=WARNING, read_as=found.code)
        return (found.code if found else None), text

    def _amount(self, row: list[object], number: int, name: str, unit: str) -> Decimal | None:
        column = self._columns.get(name)
        if column is None:
            return None
        cell = row[column]
        if isinstance(cell, str) and cell.strip() != "0" and self._values.unknown(cell.strip()):
            if name == "tonnes" and (number, column) not in self._grid.broken:
                self._report("tonnes_missing", number, column, value=cell or None)
            return None
        unit_column = self._columns.get(unit)
        return self._readers[name](cell, number, row[unit_column] if unit_column is not None else "")

    def _asked_on(self, row: list[object], number: int, factory: Site, quarry: Site, remark: str | None) -> date | None:
        column = self._columns.get("asked_on")
        on = self._stated_date(row[column], number, column) if column is not None and row[column] != "" else None
        on = on or quarry.asked_on or factory.asked_on
        if on is None and remark and (quarry.unknown or factory.unknown):
            asked = self._values.asked_in_remark(remark)
            on = asked.asked_on if asked else None
        if on is None and self._footnotes and (quarry.unknown or factory.unknown):
            marks = {self._cells.text(row, name)[-1:] for name in ("quarry", "factory")} & self._footnotes.keys()
            asked = next(
                (found for mark in marks if (found := self._values.asked_in_remark(self._footnotes[mark]))), None
            )
            on = asked.asked_on if asked else None
        return on

    def _stated_date(self, cell: object, number: int, column: int) -> date | None:
        on, text = as_date(cell), as_text(cell)
        if on is not None:
            return on
        found = self._values.date(text)
        if found is None or found.on is None:
            if found or not self._values.unknown(text):
                self._report("date_unreadable", number, column, value=text, severity=WARNING)
            return None
        if found.assumed:
            self._report("date_order_assumed", number, column, value=text, severity=WARNING)
        return found.on

    def _read_year(self, row: list[object]) -> int | None:
        column = self._columns.get("year")
        if column is None or row[column] == "":
            return self._year
        cell = row[column]
        on = as_date(cell)
        if on is not None:
            return on.year
        text = as_text(cell)
        number = from_float(cell) if isinstance(cell, float) else Decimal(text) if text.isdecimal() else None
        return int(number) if number is not None and 1990 <= number <= 2100 else self._year

    def _missing(self, code: str, number: int, names: tuple[str, ...]) -> None:
        column = next((self._columns[name] for name in names if name in self._columns), None)
        self._report(code, number, column)
