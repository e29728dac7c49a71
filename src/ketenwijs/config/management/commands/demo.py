"""Fill the demonstration world, and serve it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ketenwijs.config.demo import world


class Command(BaseCommand):
    """`ketenwijs demo`"""

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
        """The web process with the background process beside it; both end together."""
        self.stdout.write(
            f"Open http://localhost:{port}/ for the public site, http://localhost:{port}/desk/ to sign in."
        )
        self.stdout.write("Press Ctrl-C to stop.")
        command = [sys.executable, "-m", "ketenwijs.command"]
        work = subprocess.Popen([*command, "work"], env=os.environ.copy())  # noqa: S603 - our own command
        try:
            subprocess.run([*command, "serve", "--bind", f"127.0.0.1:{port}"], check=False)  # noqa: S603 - our own command
        except KeyboardInterrupt:
            pass
        finally:
            work.terminate()
            work.wait()
