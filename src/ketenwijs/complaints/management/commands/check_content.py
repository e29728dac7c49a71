"""Check this program's content files: kinds of case, mechanisms of all terms, phrases of every language."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.committee.checking import known_terms, mechanism_faults
from ketenwijs.complaints.committee.rehearsal import rehearsals
from ketenwijs.complaints.committee.terms import in_force
from ketenwijs.complaints.intake.phrases import all_sheets
from ketenwijs.complaints.register.definitions import self_check
from ketenwijs.complaints.succession.definitions import succession


class Command(BaseCommand):
    """`ketenwijs complaints-check-content`"""

    help = "Check the content files of the complaints program."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all; every fault of a file at once."""
        if faults := mechanism_faults():
            raise CommandError("\n".join(str(one) for one in faults))
        try:
            read = [len(kinds().kinds), self_check().version, succession().version, rehearsals().version, all_sheets()]
        except ImproperlyConfigured as found:
            raise CommandError(str(found)) from found
        self.stdout.write(f"{read[0]} kinds of case and the mechanism are well formed.")
        if known_terms() is None:
            self.stdout.write("The agreements' own files are not here: names of agreements and terms were not checked.")
        for held in in_force():
            body = f", {held.outside.name}" if held.outside and held.kind != "own" else ""
            self.stdout.write(f"in force for {held.code}: {held.kind}{body}")
        for sheet in all_sheets().values():
            told = f"reviewed by {sheet.review.by} on {sheet.review.on}" if sheet.review else "not reviewed"
            self.stdout.write(f"{sheet.code}: complete, {told}")
