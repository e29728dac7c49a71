"""Compares restored data with the manifest; only when all is well does it settle what must not come back.

Runs in a process of its own on that data: `said_by` prints one line of JSON with
`faults` (sentences), `journal_entries`, `messages_held` and `settled`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction

from ketenwijs.foundation.journal.models import JournalEntry, JournalHead
from ketenwijs.foundation.journal.selectors import broken_entries
from ketenwijs.foundation.journal.services import Actor, record
from ketenwijs.foundation.mail.services import hold_back_all
from ketenwijs.foundation.operations.making import table_names
from ketenwijs.foundation.operations.manifest import Manifest

EVENT = "operations.backup.restored"
"""Each program registers it, in words of its own."""


def said_by(manifest: str, actor: Actor, settle: Callable[[], dict[str, int]] = dict) -> None:
    """Examine what the manifest (as JSON) describes and print the answer."""
    report = examined(Manifest.model_validate_json(manifest), actor=actor, settle=settle)
    sys.stdout.write(json.dumps(report) + "\n")


def examined(manifest: Manifest, *, actor: Actor, settle: Callable[[], dict[str, int]]) -> dict[str, Any]:
    """Compare; only when all is well settle what is the program's own, hold back what waited to be sent, and write the
    restore into the journal. `settle` says what it did and how often."""
    faults = [*_wrong_counts(manifest), *_wrong_heads(manifest), *_broken_journal()]
    report: dict[str, Any] = {"faults": faults, "messages_held": 0, "settled": {}}
    report["journal_entries"] = JournalEntry.objects.count()
    if not faults:
        report["settled"] = settle()
        with transaction.atomic():
            report["messages_held"] = hold_back_all()
            values = {"made_at": manifest.made_at.isoformat(), "messages_held": report["messages_held"]}
            record(actor=actor, event=EVENT, subject="installation", values={**values, **report["settled"]})
    return report


def _wrong_counts(manifest: Manifest) -> Iterator[str]:
    existing = set(table_names())
    for name, expected in manifest.counts.items():
        found = None
        if name in existing:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - existing table
                found = cursor.fetchone()[0]
        if found != expected:
            yield f"table {name} holds {found} rows instead of {expected}"


def _wrong_heads(manifest: Manifest) -> Iterator[str]:
    found = {head.chain: (head.sequence, head.hash) for head in JournalHead.objects.all()}
    if found != {head.chain: (head.sequence, head.hash) for head in manifest.journal}:
        yield "the journal ends elsewhere than when the backup was made"


def _broken_journal() -> Iterator[str]:
    for entry in broken_entries():
        yield f"journal {entry.chain} entry {entry.sequence} {entry.fault}"
