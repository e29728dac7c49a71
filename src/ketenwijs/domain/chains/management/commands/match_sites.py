"""Match a list of sites to a register of sites, from file to file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """`ketenwijs match-sites REGISTER.csv NEW.csv --out PAIRS.csv`"""

    help = (
        "Say which rows of NEW.csv are sites of REGISTER.csv. Columns: id, name, address, place, region, country, "
        "lat, lon, identifiers; only id and name are needed. Writes new_id, register_id, probability, explanation."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two lists, where to write, and how many proposals are wanted."""
        parser.add_argument("register", type=Path)
        parser.add_argument("new", type=Path)
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--least", type=float, default=0.5, help="lowest probability that is written (0.5)")
        parser.add_argument("--proposals", type=int, default=1, help="most pairs per new row, best first (1)")
        parser.add_argument("--index", type=Path, help="keep the register's index in this file and use it again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Match, and say in one line what was found."""
        if not 0 <= options["least"] <= 1 or options["proposals"] < 1:
            raise CommandError("--least must lie between 0 and 1, and --proposals must be 1 or more.")
        if not options["out"].resolve().parent.is_dir():
            raise CommandError(f"The folder for {options['out'].name} does not exist. Make it first.")
        # numpy and scipy take half a second and 60 MB: only this command pays for them.
        from ketenwijs.domain.chains.matching.pairing import match_files
        from ketenwijs.domain.chains.matching.reading import UnreadableList

        try:
            tally = match_files(
                options["register"],
                options["new"],
                options["out"],
                country_names=Path(settings.CONTENT_DIR) / "reference" / "country-names.yaml",
                least=options["least"],
                proposals=options["proposals"],
                index_file=options["index"],
            )
        except UnreadableList as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{tally.new} new rows against {tally.sites} sites: {tally.linked} linked, "
            f"{tally.certain} of them without a person."
        )
