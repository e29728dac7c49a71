"""The clock of reports about a site, read once per process."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from ketenwijs.domain.sitereports.definitions import Days, SiteReportsFile


@lru_cache(maxsize=1)
def clock() -> SiteReportsFile:
    """How long each step may take."""
    text = (Path(settings.CONTENT_DIR) / "reference" / "site-reports.yaml").read_text("utf-8")
    return SiteReportsFile.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))  # noqa: S506 - a safe loader


def day_after(start: date, days: Days) -> date:
    """The last day of a term that began on `start`."""
    return start + timedelta(days=days.value)
