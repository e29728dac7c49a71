"""Do the periodic work of the complaints program: once, for a timer, or again and again."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ketenwijs.complaints import jobs
from ketenwijs.foundation.operations.tables import refuse_other_tables

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """`ketenwijs complaints-work`"""

    help = "Erase what is due, tell members that something waits, send mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, or for ever."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every job; one that fails is named by its kind only and tried again next time."""
        refuse_other_tables("ketenwijs complaints-migrate")
        gone = ""
        while True:
            batch = jobs.batch_of(timezone.localtime())
            tells = options["once"] or batch not in ("", gone)
            gone = batch or gone
            for job in jobs.ALL if tells else jobs.WITHOUT_BATCH:
                try:
                    job()
                except Exception as error:  # the words of an error could carry content
                    logger.warning("job %s failed: %s", job.__name__, type(error).__name__)
            if options["once"]:
                return
            time.sleep(300)
