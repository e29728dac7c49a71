"""Periodic work: every app lists its jobs in `jobs.py`; this runs those that are due, one after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

logger = logging.getLogger(__name__)
Job = tuple[Callable[[], object], timedelta]


def jobs() -> Iterator[tuple[str, Job]]:
    """Every app's `PERIODIC` jobs: name, function without arguments (safe to repeat), and how often."""
    for config in apps.get_app_configs():
        if config.name.startswith("ketenwijs.") and module_has_submodule(config.module, "jobs"):
            yield from getattr(import_module(f"{config.name}.jobs"), "PERIODIC", {}).items()


def run_due(last_run: dict[str, datetime], now: datetime) -> list[str]:
    """Run the jobs that are due and note when; one that fails is logged and tried again next time."""
    done = []
    for name, (job, every) in jobs():
        if name in last_run and now - last_run[name] < every:
            continue
        last_run[name] = now
        try:
            job()
        except Exception:
            logger.exception("job %s failed and will be tried again", name)
        else:
            done.append(name)
    return done
