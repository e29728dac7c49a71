"""Publish a manifest that the committee's root key signed."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ketenwijs.complaints.committee.services import Operator, take_manifest
from ketenwijs.complaints.release.expected import differences, manifest_of
from ketenwijs.complaints.sealing import manifests
from ketenwijs.foundation.ui.errors import DomainError


class Command(BaseCommand):
    """`ketenwijs complaints-take-manifest FILE SIGNATURE`"""

    help = "Take a signed manifest: from now on whoever watches compares with it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Both as the computer of the committee made them."""
        parser.add_argument("file", type=Path)
        parser.add_argument("signature", type=Path, help="file with the signature")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses a wrong signature, and a manifest of something else than what is installed here."""
        try:
            text, signature = options["file"].read_text("utf-8"), options["signature"].read_text("utf-8").strip()
            found = manifests.read(text)
            day = date.fromisoformat(found.made_on)
        except (OSError, ValueError, manifests.NotSigned) as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        own = manifest_of(root=found.root, serial=found.serial, made_on=day, reviewed_only=found.reviewed_only)
        if other := differences(found, own):
            lines = "\n".join(other)
            raise CommandError(f"Another release was signed than is installed here. Nothing was changed.\n{lines}")
        try:
            stored = take_manifest(actor=Operator(), document=text, signature=signature)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Manifest {stored.serial} is public.")
