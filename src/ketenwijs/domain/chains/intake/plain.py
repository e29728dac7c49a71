"""A reading as plain data for JSON, and back; used between processes and by the command line."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from .model import Column, Fault, Note, Reading, Record, SkippedRow, Table

_RECORD_FIELDS = tuple(field.name for field in fields(Record))
_AMOUNTS = ("tonnes", "value_eur")
_COORDINATES = ("coordinates", "factory_coordinates")


def as_json(reading: Reading) -> list[dict[str, Any]]:
    """One dictionary per record, ready for `json.dumps`: amounts as numbers, dates in ISO form."""
    return [_record_as_json(record) for record in reading.records]


def _record_as_json(record: Record) -> dict[str, Any]:
    shown = {name: getattr(record, name) for name in _RECORD_FIELDS}
    for name in _AMOUNTS:
        shown[name] = as_number(shown[name])
    for name in _COORDINATES:
        shown[name] = [as_number(degrees) for degrees in shown[name]] if shown[name] else None
    shown["asked_on"] = record.asked_on.isoformat() if record.asked_on else None
    return shown


def as_number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON writes it; whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def to_plain(reading: Reading) -> dict[str, Any]:
    """The whole reading without loss: records as lists in the order of the fields, decimals as text."""
    return {
        "records": [_record_to_plain(record) for record in reading.records],
        "faults": [[getattr(fault, field.name) for field in fields(Fault)] for fault in reading.faults],
        "tables": [table_to_plain(table) for table in reading.tables],
        "skipped": [[row.sheet, row.row, row.reason, row.text] for row in reading.skipped],
        "encoding": reading.encoding,
        "notes": [[note.code, dict(note.params)] for note in reading.notes],
    }


def from_plain(plain: dict[str, Any]) -> Reading:
    """The reading that `to_plain` wrote."""
    return Reading(
        records=[_record_from_plain(values) for values in plain["records"]],
        faults=[Fault(*values) for values in plain["faults"]],
        tables=[table_from_plain(values) for values in plain["tables"]],
        skipped=[SkippedRow(*values) for values in plain["skipped"]],
        encoding=plain["encoding"],
        notes=[Note(*values) for values in plain["notes"]],
    )


def table_to_plain(table: Table) -> dict[str, Any]:
    """One table with its columns."""
    plain = {field.name: getattr(table, field.name) for field in fields(Table)}
    plain["columns"] = [[getattr(column, field.name) for field in fields(Column)] for column in table.columns]
    return plain


def table_from_plain(plain: dict[str, Any]) -> Table:
    """The table that `table_to_plain` wrote."""
    return Table(**{**plain, "columns": tuple(_column_from_plain(values) for values in plain["columns"])})


def _column_from_plain(values: list[Any]) -> Column:
    named = dict(zip((field.name for field in fields(Column)), values, strict=True))
    return Column(**{**named, "samples": tuple(named["samples"])})


def _record_to_plain(record: Record) -> list[Any]:
    values = []
    for name in _RECORD_FIELDS:
        value = getattr(record, name)
        if name in _AMOUNTS:
            value = None if value is None else str(value)
        elif name in _COORDINATES:
            value = [str(degrees) for degrees in value] if value else None
        elif name == "asked_on":
            value = value.isoformat() if value else None
        values.append(value)
    return values


def _record_from_plain(values: list[Any]) -> Record:
    # A reading of before a field was added is shorter; the field then has its default.
    named = dict(zip(_RECORD_FIELDS, values, strict=False))
    for name in _AMOUNTS:
        named[name] = None if named[name] is None else Decimal(named[name])
    for name in _COORDINATES:
        pair = named[name]
        named[name] = (Decimal(pair[0]), Decimal(pair[1])) if pair else None
    named["asked_on"] = date.fromisoformat(named["asked_on"]) if named["asked_on"] else None
    return Record(**named)
