"""Fill the demonstration world, and serve it."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ketenwijs.config.management.commands.work import work_until
from ketenwijs.config.webserver import gunicorn


class Command(BaseCommand):
    """`ketenwijs demo`"""

    requires_system_checks: tuple[str, ...] = ()  # `migrate` runs them when there is something to fill
    help = "Fill an empty database with the demonstration world; a second time nothing is done. --serve serves it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to serve, and where."""
        parser.add_argument("--serve", action="store_true")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, fill once, collect browser files, perhaps serve."""
        if not settings.DEMO:
            raise CommandError("The demonstration is refused under these settings.")
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        if options["serve"]:
            self._serve(options["port"])
            return
        from ketenwijs.config.demo import world  # the whole program; serving need not wait for it

        started = time.monotonic()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if world.is_there():
            self.stdout.write("The demonstration world is there already.")
        else:
            world.build(self.stdout.write)
            self.stdout.write(f"Filled in {time.monotonic() - started:.0f} seconds.")
        call_command("collectstatic", verbosity=0, interactive=False)

    def _serve(self, port: int) -> None:
        """The web server, and the background work in this very process: one process less; both end together."""
        self.stdout.write(
            f"Open http://localhost:{port}/ for the public site, http://localhost:{port}/desk/ to sign in."
        )
        self.stdout.write("Press Ctrl-C to stop.")
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_words: stop.set())
        web = subprocess.Popen(gunicorn(bind=f"127.0.0.1:{port}"), env=os.environ.copy())  # noqa: S603 - our own command

        def until_it_ends() -> None:
            web.wait()
            stop.set()

        ended = threading.Thread(target=until_it_ends, daemon=True)
        ended.start()
        try:
            work_until(stop)
        finally:
            web.terminate()
            ended.join()
