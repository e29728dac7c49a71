"""Put an archive of the complaints program back into an empty place, without what was erased since."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ketenwijs.complaints.operations.program import restore
from ketenwijs.foundation.operations.manifest import Unusable


class Command(BaseCommand):
    """`ketenwijs complaints-restore SOURCE DATA_DIR --purged FILE`"""

    help = "Unpack a backup into an empty data folder, check it, and erase again what was erased since."
    requires_system_checks: list[str] = []
    """The checks may ask for a database that is not there yet."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where, to where, and what must not come back."""
        parser.add_argument("source", type=Path, help="the archive")
        parser.add_argument("data_dir", type=Path, help="the empty data folder")
        known = parser.add_mutually_exclusive_group()
        known.add_argument("--purged", type=Path, metavar="FILE", help="the newest erased-cases.txt")
        known.add_argument(
            "--list-lost", action="store_true", help="there is no newer list than the one in the archive"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what came back, what was erased again and what was held back."""
        if not options["purged"] and not options["list_lost"]:
            raise CommandError(
                "Give the newest list of erased cases with --purged, or say --list-lost: "
                "cases that were erased after this backup would come back."
            )
        try:
            done = restore(options["source"], options["data_dir"], options["purged"])
        except Unusable as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{done.rows} rows, {done.files} files and {done.journal_entries} journal entries are back and whole; "
            f"{done.settled['erased_again']} cases were erased again, "
            f"{done.messages_held} waiting messages will not be sent."
        )
