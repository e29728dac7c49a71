"""`ketenwijs verify-publications`: every public copy is what was published, and follows from its frozen inputs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.selectors import is_intact, is_reproduced


class Command(BaseCommand):
    """Looks at every copy, says how many were reproduced, and fails with the addresses of those that differ."""

    help = "Check every public copy against its checksum, and work it out again where its inputs were frozen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which kind of copies; all without it."""
        parser.add_argument("--kind", default="", help="only copies of this kind, for example chains.quarry_areas")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the copies oldest first."""
        rows = Publication.objects.order_by("pk")
        if options["kind"]:
            rows = rows.filter(kind=options["kind"])
        looked_at = reproduced = 0
        wrong: list[str] = []
        for one in rows.iterator(chunk_size=100):
            looked_at += 1
            again = is_reproduced(one)
            reproduced += again is True
            if again is False or not is_intact(one):
                wrong.append(one.address)
        self.stdout.write(f"{looked_at} copies looked at, {reproduced} worked out again from their frozen inputs")
        if wrong:
            raise CommandError("these copies are not what was published:\n" + "\n".join(wrong))
