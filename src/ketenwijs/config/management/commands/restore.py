"""Put an archive back into an empty place and check it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ketenwijs.config.operations.platform import PLATFORM
from ketenwijs.foundation.operations.manifest import Unusable
from ketenwijs.foundation.operations.restoring import restore


class Command(BaseCommand):
    """`ketenwijs restore SOURCE DATA_DIR`"""

    help = "Unpack a backup into an empty data folder and check it; nothing that waited in it is mailed."
    requires_system_checks: list[str] = []
    """The checks may ask for a database that is not there yet."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where, to where."""
        parser.add_argument("source", type=Path, help="the archive")
        parser.add_argument("data_dir", type=Path, help="the empty data folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what came back and what was held back."""
        try:
            done = restore(PLATFORM, options["source"], options["data_dir"])
        except Unusable as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{done.rows} rows, {done.files} files and {done.journal_entries} journal entries are back and whole; "
            f"{done.messages_held} waiting messages will not be sent."
        )
