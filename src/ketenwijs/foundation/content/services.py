"""Applying content files as editions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError

from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content import events
from ketenwijs.foundation.content.checking import CheckResult, check_directory
from ketenwijs.foundation.content.difference import differences
from ketenwijs.foundation.content.faults import Fault
from ketenwijs.foundation.content.kinds import Loaded, kind
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.selectors import forget
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


@dataclass
class Applied:
    """What applying did, or would do in a dry run: new editions, changed unused ones, and the lines that differ."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    lines: list[str] = field(default_factory=list)


def checksum_of(payload: Any) -> str:
    """SHA-256 of the content in one fixed notation."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def apply_directory(*, actor: Viewer, root: Path, dry_run: bool = False) -> Applied:
    """Apply a checked folder: all of it or nothing.

    Refuses a folder with faults, and a changed text of an edition that is already in use: that needs a new version.
    With `dry_run` nothing is written and the result tells what would differ.
    """
    if not actor.holds("content.apply"):
        raise NotAllowed(_("Only the operator applies content."))
    result = check_directory(root)
    if result.faults:
        raise DomainError(_("The content has %(count)s faults. Check it first.") % {"count": len(result.faults)})
    applied = apply_checked(actor=actor, result=result, dry_run=dry_run)
    if not dry_run:
        events.folder_applied.send(Edition, actor=actor)
    return applied


@transaction.atomic
def apply_checked(*, actor: Viewer, result: CheckResult, dry_run: bool = False) -> Applied:
    """Apply files that were checked already."""
    applied = Applied()
    for loaded in result.loaded:
        if kind(loaded.kind).is_edition:
            _apply(actor, loaded, applied, dry_run)
    forget()
    return applied


def _apply(actor: Viewer, loaded: Loaded, applied: Applied, dry_run: bool) -> None:
    payload = loaded.content.model_dump(mode="json", by_alias=True, exclude_defaults=False)
    checksum = checksum_of(payload)
    version = str(getattr(loaded.content, "version", "1"))
    known = Edition.objects.filter(identifier=loaded.identifier, version=version).first()
    name = f"{loaded.identifier} {version}"
    if known is not None and (known.checksum == checksum or _says_the_same(loaded, known)):
        applied.same += 1
        return
    if known is not None and known.used_at is not None:
        raise DomainError(
            _("%(name)s is in use and its text changed. Give the changed file a new version.") % {"name": name}
        )
    before = known or Edition.objects.filter(identifier=loaded.identifier).order_by("-pk").first()
    applied.lines += [f"{name}: {line}" for line in differences(before.payload if before else {}, payload)]
    (applied.changed if known else applied.new).append(name)
    if dry_run:
        return
    fields = {"kind": loaded.kind, "checksum": checksum, "payload": payload, "source_file": loaded.parsed.file}
    edition, _created = Edition.objects.update_or_create(identifier=loaded.identifier, version=version, defaults=fields)
    record(actor=actor, event="content.edition.applied", subject=edition, values={"name": name, "checksum": checksum})


def changed_in_use(files: Iterable[Loaded]) -> list[Fault]:
    """A fault for each file whose edition something refers to already and whose text is another now."""
    found = []
    for loaded in files:
        if not kind(loaded.kind).is_edition:
            continue
        version = str(getattr(loaded.content, "version", "1"))
        used = Edition.objects.filter(identifier=loaded.identifier, version=version, used_at__isnull=False).first()
        if used is not None and not _says_the_same(loaded, used):
            sentence = f"version {version} is in use and its text changed; give the changed file a new version"
            found.append(loaded.parsed.fault(("version",), "in_use", sentence))
    return found


def _says_the_same(loaded: Loaded, known: Edition) -> bool:
    """Whether only the notation differs: a shape that learned a new optional name writes old text otherwise."""
    try:
        return kind(loaded.kind).shape.model_validate(known.payload) == loaded.content
    except ValidationError:
        return False


def mark_used(edition: Edition) -> None:
    """Say that something refers to this edition; from now on its text is frozen. Repeating it changes nothing."""
    Edition.objects.filter(pk=edition.pk, used_at=None).update(used_at=timezone.now())
