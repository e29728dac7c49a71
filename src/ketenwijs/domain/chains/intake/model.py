"""What the reader of supplier sheets hands over: records, faults, tables, refusals. Plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

ERROR = "error"
WARNING = "warning"

ColumnMapping = Mapping[tuple[str, int], str | None]
"""Overrides proposed columns: (sheet name, column index from 0) to one of `FIELDS`, or None to leave it out.
"""

FIELDS = (
    "supplier", "supplier_country", "supplier_code", "supplier_place", "country", "origin_country",
    "material", "tonnes", "value_eur", "unit", "currency", "year", "asked_on", "remark", "chain_number",
    "factory", "factory_place", "factory_region", "factory_country", "factory_code", "factory_kind",
    "factory_local_name", "factory_latitude", "factory_longitude", "factory_coordinates",
    "quarry", "quarry_place", "quarry_region", "quarry_country", "quarry_code", "quarry_kind",
    "site", "site_place", "site_region", "site_country", "site_code", "site_kind", "local_name",
    "latitude", "longitude", "coordinates",
)  # fmt: skip
"""What a column can be. Those from `site` on occur in a list of sites that the rows of purchase refer to."""

REFUSALS = (
    "wrong_type", "encrypted", "macros", "external_links", "embedded_objects", "bomb", "too_large",
    "too_many_rows", "no_columns", "unsupported_encoding", "damaged", "has_doctype", "too_heavy",
)  # fmt: skip
"""Every code an `UnreadableSheet` can carry."""


FAULTS = (
    "amount_merged", "amounts_after_total", "amounts_without_name", "column_missing",
    "column_uncertain", "computed",
    "country_from_above", "country_missing", "country_not_recognised", "country_spelling", "date_incomplete",
    "coordinates_elsewhere", "country_contradicts", "date_order_assumed", "date_unreadable", "error_in_cell", "formula_without_value",
    "hidden_characters", "material_from_above", "material_missing", "material_not_recognised",
    "material_spelling", "name_too_long", "no_headings", "notation_from_other_column",
    "notation_from_price", "notation_mixed", "number_ambiguous", "number_approximate",
    "number_negative", "number_unreadable", "other_currency", "reference_not_found",
    "several_countries", "several_materials", "supplier_missing", "tonnes_missing", "unit_assumed",
    "unit_not_weight",
)  # fmt: skip
"""Every code a `Fault` can carry."""

SKIP_REASONS = (
    "heading", "country_heading", "material_heading", "note", "total", "total_by_sum",
    "total_by_formula", "repeated_header", "amounts_without_name", "amounts_after_total",
)  # fmt: skip
"""Why a row is no record."""

COLUMN_REASONS = (
    "heading", "composed", "similar", "unit", "values", "heading_and_values", "neighbours", "chosen",
    "values_disagree", "no_owner", "another_column_fits_better", "another_column_chosen", "nothing",
)  # fmt: skip
"""Why a column was given its field, or none."""

NOTES = ("encoding_assumed", "table_left_out")
"""Every code a `Note` can carry."""

_KNOWN_FAULTS = frozenset(FAULTS)


class UnreadableSheet(Exception):
    """The whole file is refused; `code` is one of `REFUSALS`, `params` say what was found and what is
    allowed.

    With `no_columns` the tables are given, so that a screen can let the person say what the columns are.
    """

    def __init__(self, code: str, params: Mapping[str, Any] | None = None, *, tables: Sequence[Table] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, Any] = dict(params or {})
        self.tables = list(tables)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


@dataclass(frozen=True, slots=True)
class Record:
    """One row of purchase as a careful reader takes it. None is "unknown", never a guess.

    `country` is the stated country of origin, `supplier_country` that of the seller; both ISO 3166-1 alpha-2.
    `tonnes` are metric, `value_eur` euros. `row` counts from 1 as the sheet shows it. `coordinates`,
    `site_kind`
    and `quarry_local_name` describe the quarry; coordinates are decimal degrees (latitude, longitude). `chain_number` is
    the number our own workbook gave the chain. New fields go last: readings are stored as lists in this order.
    """

    supplier: str | None
    supplier_country: str | None
    country: str | None
    material: str | None
    material_as_written: str | None
    tonnes: Decimal | None
    value_eur: Decimal | None
    factory: str | None
    factory_place: str | None
    quarry: str | None
    quarry_place: str | None
    unknown_factory: bool
    unknown_quarry: bool
    asked_on: date | None
    sheet: str
    row: int
    year: int | None = None
    site_kind: str | None = None
    coordinates: tuple[Decimal, Decimal] | None = None
    quarry_local_name: str | None = None
    factory_kind: str | None = None
    factory_coordinates: tuple[Decimal, Decimal] | None = None
    factory_local_name: str | None = None
    remark: str | None = None
    factory_country: str | None = None
    chain_number: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a person must look at. `column` is an index from 0, `cell` an address like B7; None: the
    row, the sheet.
    """

    code: str
    sheet: str
    row: int | None = None
    column: int | None = None
    cell: str | None = None
    value: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: str = ERROR

    def __post_init__(self) -> None:
        if self.code not in _KNOWN_FAULTS:
            # A screen has a sentence for each code; an unlisted one would show nothing.
            raise ValueError(f"{self.code} is not in FAULTS")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as written, with the proposed field (of `FIELDS`), why (`COLUMN_REASONS`), how sure (0-1)."""

    index: int
    letter: str
    heading: str
    field: str | None
    reason: str
    confidence: float
    samples: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet. `role` is records, sites, factories, quarries, suppliers or left_out.

    `header_row` is the first row of headings, counted from 1 (None: no headings), `header_rows` how many
    there are.
    """

    sheet: str
    role: str
    header_row: int | None
    header_rows: int
    first_row: int
    last_row: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no record; `reason` is one of `SKIP_REASONS`."""

    sheet: str
    row: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing about the whole reading; plain data like a fault."""

    code: str
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was taken from one file. `encoding` is set for text files only."""

    records: list[Record]
    faults: list[Fault]
    tables: list[Table]
    skipped: list[SkippedRow]
    encoding: str | None = None
    notes: list[Note] = field(default_factory=list)


def column_letter(index: int) -> str:
    """0 becomes A, 26 becomes AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """Row counted from 1 and column index from 0 become an address like B7."""
    return f"{column_letter(column)}{row}"
