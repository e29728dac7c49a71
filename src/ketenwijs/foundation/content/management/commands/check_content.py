"""Check all content files and print every fault."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ketenwijs.foundation.content.checking import check_directory


class Command(BaseCommand):
    """`ketenwijs check-content`"""

    help = "Check content files: text, shape, names, meaning, translations. Prints file:line: path: what is wrong."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder; the installation's own by default."""
        parser.add_argument("folder", nargs="?", default=str(settings.CONTENT_DIR))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print all faults and fail, or say how many files are right."""
        result = check_directory(Path(options["folder"]))
        for fault in result.faults:
            self.stdout.write(str(fault))
        if result.faults:
            raise CommandError(f"{len(result.faults)} fault(s) in the content.")
        self.stdout.write(f"{len(result.loaded)} content files are right.")
