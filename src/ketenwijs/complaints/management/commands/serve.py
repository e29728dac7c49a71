"""Serve the complaints program with the production web server: one process, so that its counters see everybody."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ketenwijs.foundation.operations.tables import refuse_other_tables


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
        refuse_other_tables("ketenwijs complaints-migrate")
        words = [
            sys.executable, "-m", "gunicorn", "ketenwijs.config.wsgi:application",
            "--bind", options["bind"], "--workers", "1", "--threads", str(options["threads"]),
            "--timeout", "120", "--no-control-socket", "--limit-request-field_size", "8190", "--access-logfile", "/dev/null",
        ]  # fmt: skip
        os.execv(sys.executable, words)  # noqa: S606 - our own interpreter with fixed words, no shell
