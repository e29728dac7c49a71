"""Check every hash chain and name each entry that does not verify."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ketenwijs.foundation.journal import selectors
from ketenwijs.foundation.journal.models import JournalEntry


class Command(BaseCommand):
    """`ketenwijs verify-journal`"""

    help = "Check that no journal entry was changed, removed or reordered."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every broken entry and fail, or say how many were checked."""
        broken = list(selectors.broken_entries())
        for entry in broken:
            self.stderr.write(f"{entry.chain} entry {entry.sequence} {entry.fault}")
        if broken:
            raise CommandError(
                f"The journal does not verify: {len(broken)} fault(s). Restore from a backup and compare."
            )
        self.stdout.write(f"The journal verifies: {JournalEntry.objects.count()} entries.")
