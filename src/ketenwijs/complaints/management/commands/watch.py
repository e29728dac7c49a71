"""Watch from outside that the pages for people without account are those that the committee signed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ketenwijs.complaints.release.watching import AGENT, Unwatchable, watch

DIFFERENT, NOT_COMPARED = 1, 2


class Command(BaseCommand):
    """`ketenwijs complaints-watch ADDRESS CHECK-NUMBER`"""

    help = (
        "Compare the pages and scripts at an address with the manifest that the committee's root key signed. Exit status 0: "
        "all as signed; 1: something differs; 2: nothing could be compared. Needs no account and no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and by which check number."""
        parser.add_argument("address", help="as on the poster, https://…")
        parser.add_argument(
            "check_number", help="24 digits, from a poster or a letter, never from the pages themselves"
        )
        parser.add_argument("--least-serial", type=int, default=0, help="refuse a manifest older than this number")
        parser.add_argument("--agent", default=AGENT, help="what to call oneself; as a telephone does")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what differs; the exit status is for whatever runs this every day."""
        try:
            found = watch(
                options["address"],
                options["check_number"],
                least_serial=options["least_serial"],
                agent=options["agent"],
            )
        except Unwatchable as refusal:
            raise CommandError(f"Not compared. {refusal}", returncode=NOT_COMPARED) from refusal
        manifest = found.manifest
        self.stdout.write(f"Manifest {manifest.serial} of {manifest.made_on}, program {manifest.program}")
        for one in found.passed_over:
            self.stdout.write(f"not compared: {one}")
        if found.differences:
            lines = "\n".join(f"differs: {one}" for one in found.differences)
            raise CommandError(
                f"{lines}\nSomething is not as signed. Tell the committee by telephone.", returncode=DIFFERENT
            )
        self.stdout.write(f"{found.compared} compared: all as signed.")
