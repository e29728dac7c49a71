"""Periodic work: the sender of a report is forgotten when the term after its end is over."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ketenwijs.domain.sitereports.services import forget_senders
from ketenwijs.foundation.access.viewer import system


def forget_those_due() -> None:
    """Forget senders of reports that ended long enough ago."""
    forget_senders(actor=system("sitereports"), today=timezone.localdate())


PERIODIC = {"sitereports.forget_senders": (forget_those_due, timedelta(days=1))}
