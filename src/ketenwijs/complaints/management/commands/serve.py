"""Serve the complaints program with the production web server: one process, so that its counters see everybody."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader


class Command(BaseCommand):
    """`ketenwijs complaints-serve`"""

    help = "Serve the complaints program (gunicorn). Put a proxy with TLS and without access log in front of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and how many answer at once."""
        parser.add_argument("--bind", default="127.0.0.1:8001")
        # Most only wait for a slow telephone; what is costly has a queue of its own (intake.brakes).
        parser.add_argument("--threads", type=int, default=64)

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace this process by gunicorn; no access log, long waits for slow lines."""
        refuse_other_tables()
        words = [
            sys.executable, "-m", "gunicorn", "ketenwijs.config.wsgi:application",
            "--bind", options["bind"], "--workers", "1", "--threads", str(options["threads"]),
            "--timeout", "120", "--no-control-socket", "--limit-request-field_size", "8190", "--access-logfile", "/dev/null",
        ]  # fmt: skip
        os.execv(sys.executable, words)  # noqa: S606 - our own interpreter with fixed words, no shell


def refuse_other_tables() -> None:
    """Stop with a sentence when a newer release changed the tables, or this one's changes wait (security case 79)."""
    loader = MigrationLoader(connection)
    own = {one.label for one in apps.get_app_configs() if one.name.startswith("ketenwijs.")}
    applied, known = {one for one in loader.applied_migrations if one[0] in own}, set(loader.disk_migrations)
    if applied - known:
        raise CommandError("A newer release changed this database. Start that release, or restore a backup of before.")
    if {one for one in known if one[0] in own} - applied:
        raise CommandError("The database is not up to date. Run ketenwijs complaints-migrate first.")
