"""Reading an uploaded sheet on its way to chains: rows after correction, faults, and what taking it
over would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.intake.model import ERROR, Fault, Note, Reading, Record, SkippedRow, Table
from ketenwijs.domain.chains.intake.plain import from_plain, table_from_plain
from ketenwijs.domain.chains.models import IntakeBatch, Site
from ketenwijs.domain.chains.rules import Place, ProposedChain, PurchaseRow, grouped
from ketenwijs.domain.chains.rules.contradictions import places_in_two_countries
from ketenwijs.domain.chains.rules.grouping import name_of
from ketenwijs.domain.chains.rules.mapped import Key
from ketenwijs.domain.chains.selectors.chains import place_of
from ketenwijs.domain.reference.selectors import may_lie_in

EDITABLE = (
    "supplier", "supplier_country", "country", "material", "tonnes", "value_eur", "factory", "factory_place",
    "quarry", "quarry_place", "asked_on",
)  # fmt: skip
"""What a person may correct in one row."""

REFUSED = "refused"


@dataclass(frozen=True)
class Sheet:
    """A batch as its pages show it. `refused` is a code when no rows could be read.

    The tables then help to say why.
    """

    batch: IntakeBatch
    rows: list[PurchaseRow]
    faults: list[Fault]
    tables: list[Table]
    skipped: list[SkippedRow]
    notes: list[Note]
    refused: str = ""
    now_called: Mapping[Key, Place] = field(default_factory=dict)

    @cached_property
    def open_faults(self) -> list[Fault]:
        """Errors that nobody has dealt with: their row is neither corrected nor left out."""
        settled = {row.key for row in self.rows if row.corrected or row.left_out}
        return [one for one in self.faults if one.severity == ERROR and row_key(one.sheet, one.row) not in settled]

    @cached_property
    def remarks(self) -> list[Fault]:
        """What the reader wants to be known without anything having to be done."""
        return [one for one in self.faults if one.severity != ERROR]

    @cached_property
    def rows_to_look_at(self) -> list[PurchaseRow]:
        """Rows with an open error or something that must be repaired."""
        at_fault = {row_key(one.sheet, one.row) for one in self.open_faults}
        return [row for row in self.rows if not row.left_out and (row.key in at_fault or row.problems)]

    @cached_property
    def blocked(self) -> list[PurchaseRow]:
        """Rows that cannot be taken over as they are."""
        return [row for row in self.rows if not row.left_out and row.problems]

    @cached_property
    def chains(self) -> list[ProposedChain]:
        """How the rows become chains."""
        return grouped(self.rows, self.now_called)

    def row(self, key: str) -> PurchaseRow | None:
        """One row by sheet and number."""
        return next((row for row in self.rows if row.key == key), None)

    def faults_of(self, key: str) -> list[Fault]:
        """Everything the reader said of one row."""
        return [one for one in self.faults if row_key(one.sheet, one.row) == key]


def batches_in(workspace: Workspace) -> QuerySet[IntakeBatch]:
    """Uploaded sheets of this firm and year, newest first, without their readings."""
    if not policies.may_read_in(workspace.viewer, workspace):
        return IntakeBatch.objects.none()
    found = IntakeBatch.objects.filter(organisation=workspace.organisation, year=workspace.year.code)
    return found.select_related("file", "uploaded_by").defer("reading", "row_edits").order_by("-pk")


def batch_in(workspace: Workspace, pk: int) -> IntakeBatch | None:
    """One uploaded sheet of this firm and year; None where absent or somebody else's."""
    if not policies.may_read_in(workspace.viewer, workspace):
        return None
    found = IntakeBatch.objects.filter(organisation=workspace.organisation, year=workspace.year.code, pk=pk)
    return found.select_related("file").first()


def sheet_of(batch: IntakeBatch) -> Sheet:
    """The batch with its reading unpacked and the person's corrections applied.

    One query: which places the firm said are another one. Coordinates that cannot lie in the row's country are a fault
    and are left out. A place that rows put in two countries is a fault too.
    """
    if REFUSED in batch.reading:
        tables = [table_from_plain(table) for table in batch.reading["tables"]]
        return Sheet(batch, [], [], tables, [], [], refused=batch.reading[REFUSED])
    reading: Reading = from_plain(batch.reading)
    rows = rows_of(reading.records, batch.row_edits)
    elsewhere = [fault for row in rows for fault in _elsewhere(row)]
    rows = [_without_wrong_coordinates(row) for row in rows]
    faults = [*reading.faults, *elsewhere, *_contradicting(rows)]
    now_called = _now_called(batch.organisation_id)
    return Sheet(batch, rows, faults, reading.tables, reading.skipped, reading.notes, now_called=now_called)


def _elsewhere(row: PurchaseRow) -> list[Fault]:
    """Coordinates of the row that cannot lie in the country its place is in."""
    return [
        Fault(
            "coordinates_elsewhere", row.sheet, row.row, value=f"{place.coordinates[0]}, {place.coordinates[1]}",
            params={"country": place.country},
        )
        for place in (row.factory_site, row.quarry_site)
        if place and place.coordinates and not _may_lie(place)
    ]  # fmt: skip


def _contradicting(rows: Iterable[PurchaseRow]) -> list[Fault]:
    """Rows that put a place in another country than an earlier row does."""
    return [
        Fault(
            "country_contradicts", one.row.sheet, one.row.row, value=f"{one.place.name}, {one.place.place}",
            params={"country": one.place.country, "other": one.country, "row": one.earlier.row},
        )
        for one in places_in_two_countries(rows)
    ]  # fmt: skip


def _without_wrong_coordinates(row: PurchaseRow) -> PurchaseRow:
    factory, quarry = row.factory_site, row.quarry_site
    return replace(
        row,
        factory_coordinates=row.factory_coordinates if factory and _may_lie(factory) else None,
        quarry_coordinates=row.quarry_coordinates if quarry and _may_lie(quarry) else None,
    )


def _may_lie(place: Place) -> bool:
    if place.coordinates is None:
        return True
    latitude, longitude = place.coordinates
    return may_lie_in(place.country, float(latitude), float(longitude))


def _now_called(organisation_pk: int) -> dict[Key, Place]:
    merged = Site.objects.filter(organisation_id=organisation_pk, merged_into__isnull=False)
    pairs = [(site, site.merged_into) for site in merged.select_related("merged_into")]
    return {name_of(place_of(site)): place_of(now) for site, now in pairs if now is not None}


def rows_of(records: Iterable[Record], edits: Mapping[str, Mapping[str, Any]]) -> list[PurchaseRow]:
    """Records as rows of purchase, each with the person's corrections of that row."""
    return [_row(record, edits.get(row_key(record.sheet, record.row), {})) for record in records]


def row_key(sheet: str, row: int | None) -> str:
    """How a row is named in corrections and addresses."""
    return f"{sheet}!{row}"


def _row(record: Record, edit: Mapping[str, Any]) -> PurchaseRow:
    values = {name: getattr(record, name) for name in EDITABLE}
    changes = edit.get("values", {})
    values.update({name: _typed(name, value) for name, value in changes.items() if name in EDITABLE})
    texts = {name: values[name] or "" for name in EDITABLE if name not in ("tonnes", "value_eur", "asked_on")}
    return PurchaseRow(
        key=row_key(record.sheet, record.row),
        sheet=record.sheet,
        row=record.row,
        material_as_written=record.material_as_written or "",
        tonnes=values["tonnes"],
        value_eur=values["value_eur"],
        asked_on=values["asked_on"],
        quarry_kind=record.site_kind or "",
        factory_kind=record.factory_kind or "",
        factory_local_name=record.factory_local_name or "",
        quarry_local_name=record.quarry_local_name or "",
        factory_coordinates=record.factory_coordinates,
        quarry_coordinates=record.coordinates,
        factory_country=record.factory_country or "",
        number=record.chain_number,
        left_out=bool(edit.get("left_out")),
        corrected=bool(changes),
        **texts,
    )


def _typed(name: str, value: Any) -> Any:
    """A corrected value as JSON keeps it, back in its own type."""
    if value in (None, ""):
        return None
    if name in ("tonnes", "value_eur"):
        return Decimal(value)
    return date.fromisoformat(value) if name == "asked_on" else value
