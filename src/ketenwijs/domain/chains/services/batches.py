"""Uploaded sheets: taken in, columns and rows corrected, dropped. Nothing here makes a chain.

`confirming.py` does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains.intake import Limits, UnreadableSheet, read_in_child
from ketenwijs.domain.chains.intake.model import FIELDS, Table
from ketenwijs.domain.chains.intake.plain import table_from_plain, table_to_plain, to_plain
from ketenwijs.domain.chains.models import Chain, IntakeBatch
from ketenwijs.domain.chains.rules.grouping import LONGEST_NAME
from ketenwijs.domain.chains.selectors.batches import EDITABLE, REFUSED, sheet_of
from ketenwijs.domain.chains.services.remembering import remember_choices, remembered_choices
from ketenwijs.domain.chains.services.writing import ensure_may_write, journal, lock_chains_of
from ketenwijs.domain.chains.wording import refusal_sentence
from ketenwijs.foundation.access.viewer import ORGANISATION, Viewer
from ketenwijs.foundation.files.selectors import opened
from ketenwijs.foundation.files.services import store
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion

PURPOSE = "chains.sheet"
LIMITS = Limits(name_length=LONGEST_NAME)

ColumnChoices = Mapping[tuple[str, int], str | None]


@dataclass(frozen=True)
class TakenIn:
    """The batch a file became; `known` when the same file was here already and nothing was added.

    `remembered`: columns were read as the firm said of an earlier sheet.
    """

    batch: IntakeBatch
    known: bool
    remembered: bool = False


def take_in_sheet(*, actor: Viewer, workspace: Workspace, upload: UploadedFile) -> TakenIn:
    """Read a firm's own sheet and keep file and reading for checking; no chain is made.

    The same file (by checksum) again gives the batch that is there. Raises `DomainError` when the file
    cannot be read.
    Not one transaction: reading takes seconds, and nothing may hold the database meanwhile.
    """
    ensure_may_write(actor, workspace)
    if upload.size is not None and upload.size > LIMITS.file_size:
        raise DomainError(refusal_sentence("too_large"))
    content = upload.read(LIMITS.file_size + 1)
    known = _known_batch(workspace, hashlib.sha256(content).hexdigest())
    if known is not None:
        return TakenIn(known, known=True)
    name = upload.name or ""
    reading = read(content, name, {})
    chosen = remembered_choices(workspace.organisation.pk, tables_of(reading))
    if chosen:
        again = read(content, name, chosen)
        # What was right for last year's sheet may not read this one; then the reader's own proposal stands.
        reading, chosen = (reading, {}) if REFUSED in again and REFUSED not in reading else (again, chosen)
    return _keep(actor, workspace, content=content, name=name, reading=reading, chosen=chosen)


@transaction.atomic
def _keep(
    actor: Viewer, workspace: Workspace, *, content: bytes, name: str, reading: dict[str, Any], chosen: ColumnChoices
) -> TakenIn:
    ensure_may_write(actor, workspace)
    lock_chains_of(workspace)
    checksum = hashlib.sha256(content).hexdigest()
    known = _known_batch(workspace, checksum)
    if known is not None:
        return TakenIn(known, known=True)
    stored = store(
        actor=actor,
        uploaded=(name, content),
        purpose=PURPOSE,
        owner_kind=ORGANISATION,
        owner_key=workspace.organisation.pk,
        chain=workspace.agreement.slug,
    )
    batch = IntakeBatch.objects.create(
        organisation=workspace.organisation,
        year=workspace.year.code,
        file=stored,
        sha256=checksum,
        reading=reading,
        mapping={"columns": _stored(chosen)} if chosen else {},
        uploaded_by=actor.person,
    )
    journal(actor, workspace, "chains.sheet.taken_in", batch, file=stored.pk)
    return TakenIn(batch, known=False, remembered=bool(chosen))


def correct_columns(
    *, actor: Viewer, workspace: Workspace, batch: IntakeBatch, version: int, mapping: ColumnChoices
) -> IntakeBatch:
    """Read the file again with what the person says the columns are; corrections of single rows stay.

    Raises `DomainError` for unknown fields or when nothing can be read that way; the earlier reading then
    stays.
    """
    ensure_may_write(actor, workspace)
    if any(field is not None and field not in FIELDS for field in mapping.values()):
        raise DomainError(_("One of the choices is not in the list. Reload the page and choose again."))
    try:
        with opened(batch.file) as stream:
            content = stream.read()
    except OSError as error:
        raise DomainError(_("The file cannot be opened now. Try again later, or upload it again.")) from error
    reading = read(content, batch.file.name, mapping)
    if REFUSED in reading:
        raise DomainError(
            _("With these columns no rows can be read. Say at least which columns hold supplier and stone.")
        )
    corrected = _corrected(actor, workspace, batch, version, reading=reading, mapping={"columns": _stored(mapping)})
    remember_choices(workspace.organisation.pk, tables_of(reading), mapping)
    return corrected


def tables_of(reading: Mapping[str, Any]) -> list[Table]:
    """The tables of a reading as it is stored."""
    return [table_from_plain(table) for table in reading["tables"]]


def _stored(chosen: ColumnChoices) -> list[list[Any]]:
    return [[sheet, column, field] for (sheet, column), field in sorted(chosen.items())]


def correct_row(
    *,
    actor: Viewer,
    workspace: Workspace,
    batch: IntakeBatch,
    version: int,
    key: str,
    values: Mapping[str, Any],
) -> IntakeBatch:
    """Replace what the reader took from one row. Only what differs is kept; None or "" means unknown."""
    unknown = set(values) - set(EDITABLE)
    row = sheet_of(batch).row(key)
    if unknown or row is None:
        raise DomainError(_("This row cannot be changed in that way. Reload the page and try again."))
    earlier = dict(batch.row_edits.get(key, {}).get("values", {}))
    for name in EDITABLE:
        if name in values and (values[name] or None) != (getattr(row, name) or None):
            earlier[name] = _plain(values[name])
    edit = {"values": earlier} if earlier else {"values": {}, "left_out": False}
    return _corrected(actor, workspace, batch, version, row_edits={**batch.row_edits, key: edit})


def leave_row_out(*, actor: Viewer, workspace: Workspace, batch: IntakeBatch, version: int, key: str) -> IntakeBatch:
    """Leave one row out of what will be taken over."""
    if sheet_of(batch).row(key) is None:
        raise DomainError(_("This row is not in the sheet. Reload the page and try again."))
    edit = {**batch.row_edits.get(key, {}), "left_out": True}
    return _corrected(actor, workspace, batch, version, row_edits={**batch.row_edits, key: edit})


def restore_row(*, actor: Viewer, workspace: Workspace, batch: IntakeBatch, version: int, key: str) -> IntakeBatch:
    """Undo every correction of one row: it is again as the reader took it."""
    rest = {name: edit for name, edit in batch.row_edits.items() if name != key}
    return _corrected(actor, workspace, batch, version, row_edits=rest)


@transaction.atomic
def drop_sheet(*, actor: Viewer, workspace: Workspace, batch: IntakeBatch) -> None:
    """Put a sheet aside without taking anything over; the file stays where the firm can find it."""
    ensure_may_write(actor, workspace)
    changed = _mine(workspace, batch).filter(state=IntakeBatch.State.OPEN).update(state=IntakeBatch.State.DROPPED)
    if not changed:
        raise DomainError(_("This sheet was taken over or dropped already; nothing changed."))
    journal(actor, workspace, "chains.sheet.dropped", batch)


def read(content: bytes, name: str, mapping: ColumnChoices) -> dict[str, Any]:
    """Read bytes in a limited process.

    Where only the columns were not recognised, the tables found are kept instead.
    """
    try:
        words = settings.CONTENT_DIR / "reference"
        return to_plain(read_in_child(content, name, vocabulary_directory=words, mapping=mapping, limits=LIMITS))
    except UnreadableSheet as refusal:
        if refusal.code == "no_columns" and refusal.tables:
            return {REFUSED: refusal.code, "tables": [table_to_plain(table) for table in refusal.tables]}
        raise DomainError(refusal_sentence(refusal.code)) from refusal


def _known_batch(workspace: Workspace, sha256: str) -> IntakeBatch | None:
    """A batch of the same file that is still open, or that was taken over and has not been replaced since."""
    year = IntakeBatch.objects.filter(organisation=workspace.organisation, year=workspace.year.code)
    same = year.filter(sha256=sha256).select_related("file")
    still_open = same.filter(state=IntakeBatch.State.OPEN).order_by("-pk").first()
    if still_open is not None:
        return still_open
    taken_over = same.filter(state=IntakeBatch.State.CONFIRMED).order_by("-confirmed_at").first()
    if taken_over is None:
        return None
    replaced = year.filter(result__mode="replace", confirmed_at__gt=taken_over.confirmed_at).exists()
    emptied = not Chain.objects.filter(organisation=workspace.organisation, year=workspace.year.code).exists()
    return None if replaced or emptied else taken_over


@transaction.atomic
def _corrected(actor: Viewer, workspace: Workspace, batch: IntakeBatch, version: int, **changes: Any) -> IntakeBatch:
    ensure_may_write(actor, workspace)
    still = _mine(workspace, batch).filter(state=IntakeBatch.State.OPEN)
    if not still.exists():
        raise DomainError(_("This sheet was taken over or dropped already; nothing changed."))
    if not still.filter(version=version).update(version=version + 1, **changes):
        raise StaleVersion(_("Somebody else corrected this sheet in the meantime. Reload the page and try again."))
    journal(actor, workspace, "chains.sheet.corrected", batch, what=sorted(changes))
    batch.refresh_from_db()
    return batch


def _mine(workspace: Workspace, batch: IntakeBatch) -> Any:
    return IntakeBatch.objects.filter(pk=batch.pk, organisation=workspace.organisation, year=workspace.year.code)


def _plain(value: Any) -> Any:
    if value in (None, ""):
        return None
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
