"""Apply the content folder as editions, or show what would change."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.content.services import apply_directory
from ketenwijs.foundation.ui.errors import DomainError


class Command(BaseCommand):
    """`ketenwijs apply-content`"""

    help = "Apply content files as editions; --dry-run shows the difference and writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder and whether to write."""
        parser.add_argument("folder", nargs="?", default=str(settings.CONTENT_DIR))
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply all or nothing."""
        try:
            applied = apply_directory(
                actor=system("apply-content"), root=Path(options["folder"]), dry_run=options["dry_run"]
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        for line in applied.lines:
            self.stdout.write(line)
        self.stdout.write(f"{len(applied.new)} new, {len(applied.changed)} changed, {applied.same} as before.")
