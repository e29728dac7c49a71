"""Print what the reader finds in a supplier sheet."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ketenwijs.domain.chains.intake import UnreadableSheet, as_json, read_in_child


class Command(BaseCommand):
    """`ketenwijs read-sheet FILE --json`"""

    help = "Read a supplier sheet (xlsx, ods, csv, tsv) and print its records; faults go to the error output."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and the form of the output."""
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true", help="records as JSON (otherwise one line each)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read in a limited child process, print, fail with a code when the sheet cannot be read."""
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"There is no file {path.name}.")
        try:
            reading = read_in_child(path, vocabulary_directory=Path(settings.CONTENT_DIR) / "reference")
        except UnreadableSheet as refusal:
            raise CommandError(f"This sheet cannot be read: {refusal.code} {dict(refusal.params)}") from refusal
        for fault in reading.faults:
            self.stderr.write(f"{fault.severity}: {fault.sheet} {fault.cell}: {fault.code} {dict(fault.params)}")
        records = as_json(reading)
        if options["json"]:
            self.stdout.write(json.dumps(records, ensure_ascii=False, indent=1))
        else:
            for one in records:
                self.stdout.write(f"{one['supplier']} | {one['country']} | {one['material']} | {one['tonnes']} t")
