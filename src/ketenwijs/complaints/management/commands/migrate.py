"""Bring the complaints program's own database up to date; makes its folder, closed to others, on the first run."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate

from ketenwijs.complaints.committee.selectors import site_salt


class Command(migrate.Command):
    """`ketenwijs complaints-migrate`"""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Make the folder before anything looks for the database in it."""
        settings.COMPLAINTS_DIR.mkdir(mode=0o750, parents=True, exist_ok=True)
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Tables, the site's salt, browser files."""
        super().handle(*args, **options)
        if not options.get("app_label") and not options.get("plan") and not options.get("check_unapplied"):
            site_salt()
            call_command("collectstatic", verbosity=0, interactive=False)
