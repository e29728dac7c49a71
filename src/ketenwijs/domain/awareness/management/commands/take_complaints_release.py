"""Take a released copy of the complaints register in, so that the public site shows it beside the awareness numbers."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.awareness.released import LARGEST_FILE
from ketenwijs.domain.awareness.services import take_release
from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.ui.errors import DomainError


class Command(BaseCommand):
    """`ketenwijs take-complaints-release FILE --agreement SLUG`"""

    help = (
        "Publish the file that the complaints program offers at /register/released.json. Nothing is fetched: download it "
        "first. A file of another shape or with an older serial number is refused and changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and the agreements whose complaints body released it."""
        parser.add_argument("file", type=Path, help="the downloaded released.json")
        parser.add_argument(
            "--agreement", action="append", required=True, help="folder name of the agreement; may be given again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the copy for all agreements that are named, or for none."""
        try:
            with Path(options["file"]).open("rb") as opened:
                content = opened.read(LARGEST_FILE + 1)
        except OSError as error:
            raise CommandError(f"{Path(options['file']).name} cannot be read. Nothing was taken.") from error
        try:
            with transaction.atomic():
                copies = [_taken(slug, content) for slug in dict.fromkeys(options["agreement"])]
        except DomainError as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        for slug, serial in copies:
            self.stdout.write(f"Copy {serial} of the complaints register is public for {slug}.")


def _taken(slug: str, content: bytes) -> tuple[str, int]:
    agreement = Agreement.objects.filter(slug=slug).first()
    if agreement is None:
        raise CommandError(f"There is no agreement {slug}. Nothing was taken.")
    actor, today = system("take-complaints-release"), timezone.localdate()
    copy = take_release(actor=actor, agreement=agreement, content=content, today=today)
    return slug, copy.payload["serial"]
