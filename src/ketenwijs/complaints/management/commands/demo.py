"""Fill an example committee and case; a second time nothing is done."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ketenwijs.complaints import demonstration


class Command(BaseCommand):
    """`ketenwijs complaints-demo`"""

    help = "Fill the complaints program with an example committee and one example case."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate and fill once."""
        if not settings.DEMO:
            raise CommandError("The demonstration is refused under these settings.")
        call_command("migrate", verbosity=0)
        if demonstration.is_there():
            self.stdout.write("The example committee is there already.")
            return
        number, root = demonstration.build()
        self.stdout.write(f"Example committee filled. Every example key opens with: {demonstration.PASSPHRASE}")
        self.stdout.write(f"Number of the example case: {number}")
        self.stdout.write(f"Example root key, to sign new lists with the same passphrase:\n{root}")
