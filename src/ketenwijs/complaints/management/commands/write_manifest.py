"""Write the manifest of what is installed here, to be signed with the committee's root key."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ketenwijs.complaints.committee import selectors
from ketenwijs.complaints.release.expected import manifest_of
from ketenwijs.complaints.sealing import keylists, manifests, signatures


class Command(BaseCommand):
    """`ketenwijs complaints-write-manifest FILE`"""

    help = "Write the manifest of this release: every script, sheet and page for people without account, with SHA-256."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and what only the installation itself knows otherwise."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--root", default="", help="public root key, where the database is not here")
        parser.add_argument(
            "--serial", type=int, default=0, help="number of this manifest, where the database is not here"
        )
        parser.add_argument(
            "--reviewed-only",
            action="store_true",
            default=settings.PRODUCTION,
            help="only languages with a recorded review, as in production",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it. With --root and --serial no database is read: so it can be made on the computer that signs."""
        root = options["root"] or selectors.key_list().root
        if not root or not signatures.is_public(root):
            raise CommandError("There is no signed list of keys yet, or --root is no root key. Nothing was written.")
        serial = options["serial"] or self._next()
        made = manifest_of(
            root=root, serial=serial, made_on=timezone.localdate(), reviewed_only=options["reviewed_only"]
        )
        options["file"].write_text(manifests.document(made), "utf-8")
        self.stdout.write(f"Manifest {serial}: {len(made.files)} files and {len(made.pages)} pages.")
        self.stdout.write(f"Check number of the root that must sign it: {keylists.fingerprint(root)}")

    def _next(self) -> int:
        before = selectors.latest_manifest()
        return before.serial + 1 if before else 1
