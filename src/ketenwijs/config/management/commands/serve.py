"""Serve the site with the production web server, in the number of processes the machine can carry."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ketenwijs.config.webserver import gunicorn
from ketenwijs.foundation.operations.tables import refuse_other_tables


class Command(BaseCommand):
    """`ketenwijs serve`"""

    requires_system_checks: tuple[str, ...] = ()  # the server itself loads everything in a moment
    help = "Serve the site (gunicorn). Put a proxy with TLS in front of it in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and with how many processes and threads."""
        parser.add_argument("--bind", default="127.0.0.1:8000")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--threads", type=int, default=4)

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace this process by gunicorn, so that signals reach it directly."""
        refuse_other_tables("ketenwijs migrate")
        words = gunicorn(bind=options["bind"], workers=options["workers"], threads=options["threads"])
        os.execv(sys.executable, words)  # noqa: S606 - our own interpreter with fixed words, no shell
