"""Runs on restored data in a process of its own: compares it with the manifest on its input, holds back the
mail.

Prints one line of JSON: `faults` (sentences), `journal_entries`, `messages_held`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ketenwijs.config.operations.manifest import Manifest


def examined(manifest: Manifest) -> dict[str, Any]:
    """Compare; only when all is well hold back what waited to be sent, and write the restore into the
    journal."""
    from django.db import transaction

    from ketenwijs.foundation.access.viewer import system
    from ketenwijs.foundation.journal.models import JournalEntry
    from ketenwijs.foundation.journal.services import record
    from ketenwijs.foundation.mail.services import hold_back_all

    faults = [*_wrong_counts(manifest), *_wrong_heads(manifest), *_broken_journal()]
    report: dict[str, Any] = {"faults": faults, "messages_held": 0}
    report["journal_entries"] = JournalEntry.objects.count()
    if not faults:
        with transaction.atomic():
            report["messages_held"] = hold_back_all()
            record(
                actor=system("restore"),
                event="operations.backup.restored",
                subject="installation",
                values={"made_at": manifest.made_at.isoformat(), "messages_held": report["messages_held"]},
            )
    return report


def _wrong_counts(manifest: Manifest) -> Iterator[str]:
    from django.db import connection

    from ketenwijs.config.operations.backup import table_names

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
    from ketenwijs.foundation.journal.models import JournalHead

    found = {head.chain: (head.sequence, head.hash) for head in JournalHead.objects.all()}
    if found != {head.chain: (head.sequence, head.hash) for head in manifest.journal}:
        yield "the journal ends elsewhere than when the backup was made"


def _broken_journal() -> Iterator[str]:
    from ketenwijs.foundation.journal.selectors import broken_entries

    for entry in broken_entries():
        yield f"journal {entry.chain} entry {entry.sequence} {entry.fault}"


def main() -> None:
    """Set the program up on the restored data and answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenwijs.config.settings.local")
    import django

    django.setup()
    from ketenwijs.config.operations.manifest import Manifest

    report = examined(Manifest.model_validate_json(sys.stdin.read()))
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
