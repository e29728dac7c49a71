"""What a firm said its columns are is remembered by their headings, so that next year's sheet starts from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from ketenwijs.domain.chains.intake.model import Table
from ketenwijs.domain.chains.models import ColumnChoice
from ketenwijs.domain.chains.rules.mapped import folded

Choices = Mapping[tuple[str, int], str | None]


def remember_choices(organisation_pk: int, tables: Iterable[Table], chosen: Choices) -> None:
    """Keep what the person said of each column (None: leave it out), under the headings of its table."""
    for table in tables:
        for column in table.columns:
            if (table.sheet, column.index) in chosen:
                ColumnChoice.objects.update_or_create(
                    organisation_id=organisation_pk,
                    headings=_headings(table),
                    column=column.index,
                    defaults={"field": chosen[table.sheet, column.index] or ""},
                )


def remembered_choices(organisation_pk: int, tables: Iterable[Table]) -> dict[tuple[str, int], str | None]:
    """What the firm said before of columns under the same headings, where that is not what is proposed anyway."""
    known = list(tables)
    found = ColumnChoice.objects.filter(
        organisation_id=organisation_pk, headings__in=[_headings(table) for table in known]
    )
    by_table: dict[str, dict[int, str]] = {}
    for one in found:
        by_table.setdefault(one.headings, {})[one.column] = one.field
    return {
        (table.sheet, column.index): by_table[_headings(table)][column.index] or None
        for table in known
        for column in table.columns
        if column.index in by_table.get(_headings(table), {})
        and (by_table[_headings(table)][column.index] or None) != column.field
    }


def _headings(table: Table) -> str:
    """A checksum of the table's headings in their order; case and spacing do not count."""
    return sha256("\x1f".join(folded(column.heading) for column in table.columns).encode()).hexdigest()
