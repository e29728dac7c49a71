"""Check this program's content files: kinds of case, mechanism, phrases of every language."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.intake.phrases import all_sheets
from ketenwijs.complaints.register.definitions import self_check


class Command(BaseCommand):
    """`ketenwijs complaints-check-content`"""

    help = "Check the content files of the complaints program."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all; every fault of a file at once."""
        try:
            read = [len(kinds().kinds), mechanism().version, self_check().version, all_sheets()]
        except ImproperlyConfigured as faults:
            raise CommandError(str(faults)) from faults
        self.stdout.write(f"{read[0]} kinds of case and the mechanism are well formed.")
        for sheet in all_sheets().values():
            told = f"reviewed by {sheet.review.by} on {sheet.review.on}" if sheet.review else "not reviewed"
            self.stdout.write(f"{sheet.code}: complete, {told}")
