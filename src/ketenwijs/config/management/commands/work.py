"""The background process: mail, reminders, sweeping."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from ketenwijs.config.periodic import run_due
from ketenwijs.foundation.operations.tables import refuse_other_tables


def work_until(stop: threading.Event) -> None:
    """Run what is due every ten seconds until told to stop; the running job finishes first."""
    last_run: dict[str, datetime] = {}
    while not stop.is_set():
        run_due(last_run, timezone.now())
        close_old_connections()
        stop.wait(10)


class Command(BaseCommand):
    """`ketenwijs work`"""

    help = "Run periodic work until stopped; --once runs everything one time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, or for ever."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped; a stop signal lets the running job finish."""
        refuse_other_tables("ketenwijs migrate")
        if options["once"]:
            self.stdout.write("\n".join(run_due({}, timezone.now())))
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_words: stop.set())
        work_until(stop)
