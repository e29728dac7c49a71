"""Write one archive of the whole installation while it runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ketenwijs.config.operations.platform import PLATFORM
from ketenwijs.foundation.operations.making import backup
from ketenwijs.foundation.operations.manifest import Unusable


class Command(BaseCommand):
    """`ketenwijs backup TARGET`"""

    help = "Write database and stored files to one tar.gz, with a list of what is inside. It is not encrypted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("target", type=Path, help="the archive to write; it must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and say what is in it; damaged files are named and do not stop the rest."""
        try:
            manifest = backup(PLATFORM, options["target"])
        except Unusable as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(manifest.counts.values())
        self.stdout.write(f"{options['target']}: {rows} rows, {len(manifest.files)} files.")
        for name in manifest.damaged:
            self.stderr.write(f"missing or changed on disk: {name}")
