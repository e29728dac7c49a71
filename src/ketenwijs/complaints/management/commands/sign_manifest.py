"""Sign a manifest with the committee's root key, on the computer where that key is; never on the host."""

from __future__ import annotations

import base64
import binascii
import getpass
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import pyrage
from django.core.management.base import BaseCommand, CommandError

from ketenwijs.complaints.release.expected import differences, manifest_of
from ketenwijs.complaints.sealing import manifests, signatures
from ketenwijs.complaints.sealing.refusals import Refusal


class Command(BaseCommand):
    """`ketenwijs complaints-sign-manifest FILE --root-key KEPT`"""

    help = "Sign a manifest with the root key. Signs only what this computer's own copy of the release makes too."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to sign, and with which key."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--root-key", type=Path, required=True, help="the root key as the page showed it, in a file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the signature, and keep it beside the manifest. No database is read."""
        try:
            text = options["file"].read_text("utf-8")
            found = manifests.read(text)
            day = date.fromisoformat(found.made_on)
        except (OSError, ValueError, manifests.NotSigned) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        own = manifest_of(root=found.root, serial=found.serial, made_on=day, reviewed_only=found.reviewed_only)
        if other := differences(found, own):
            lines = "\n".join(other)
            raise CommandError(f"This computer's own copy of the release makes another manifest. Not signed.\n{lines}")
        private = self._root(options["root_key"])
        if signatures.public_of(private) != found.root:
            raise CommandError("This root key is not the one that the manifest names. Not signed.")
        signature = manifests.signed(text, private)
        kept = options["file"].with_suffix(options["file"].suffix + ".sig")
        kept.write_text(signature + "\n", "utf-8")
        self.stdout.write(f"Manifest {found.serial} is signed; the signature lies in {kept}\n{signature}")

    def _root(self, kept: Path) -> bytes:
        """The private root key, opened with its passphrase; in memory only."""
        try:
            wrapped = base64.b64decode("".join(kept.read_text("utf-8").split()), validate=True)
            private = base64.b64decode(
                pyrage.passphrase.decrypt(wrapped, getpass.getpass("Passphrase of the root key: "))
            )
            signatures.public_of(private)
        except (OSError, ValueError, binascii.Error, pyrage.DecryptError, Refusal) as error:
            raise CommandError("This file and passphrase do not open the root key. Not signed.") from error
        return private
