"""Match a list of sites to a register of sites, from file to file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from ketenwijs.domain.chains.matching.pairing import Tally


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
        parser.add_argument("--parts", type=int, default=1, help="divide the register into so many parts (1)")
        parser.add_argument("--spark", default="", help="work on the parts on this Spark cluster, for example local[2]")
        parser.add_argument("--index", type=Path, help="keep the register's index in this file and use it again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Match, and say in one line what was found."""
        if not 0 <= options["least"] <= 1 or options["proposals"] < 1:
            raise CommandError("--least must lie between 0 and 1, and --proposals must be 1 or more.")
        if not options["out"].resolve().parent.is_dir():
            raise CommandError(f"The folder for {options['out'].name} does not exist. Make it first.")
        if options["parts"] < 1 or (options["index"] and (options["parts"] > 1 or options["spark"])):
            raise CommandError("--parts must be 1 or more; an index is kept only for a register in one part.")
        tally = self._tally(options)
        self.stdout.write(
            f"{tally.new} new rows against {tally.sites} sites: {tally.linked} linked, "
            f"{tally.certain} of them without a person."
        )

    def _tally(self, options: dict[str, Any]) -> Tally:
        """What was found; in parts where that was asked for."""
        # numpy and scipy take half a second and 60 MB: only this command pays for them.
        from ketenwijs.domain.chains.matching.pairing import match_files, match_files_in_parts
        from ketenwijs.domain.chains.matching.reading import UnreadableList
        from ketenwijs.domain.chains.matching.spark import NoSpark, on_spark

        files = (options["register"], options["new"], options["out"])
        wanted = {
            "country_names": Path(settings.CONTENT_DIR) / "reference" / "country-names.yaml",
            "least": options["least"],
            "proposals": options["proposals"],
        }
        try:
            if options["spark"]:
                run = on_spark(options["spark"])
                return match_files_in_parts(*files, parts=options["parts"], run=run, **wanted)
            if options["parts"] > 1:
                return match_files_in_parts(*files, parts=options["parts"], run=map, **wanted)
            return match_files(*files, index_file=options["index"], **wanted)
        except (UnreadableList, NoSpark) as refusal:
            raise CommandError(str(refusal)) from refusal
