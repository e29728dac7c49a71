"""Reminders go out by themselves: on the set days before the last day, and once a week when late."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments import messages
from ketenwijs.domain.assessments.models import Dossier, Round
from ketenwijs.domain.assessments.states import DRAFT
from ketenwijs.foundation.access.fence import unfenced

LATE_EVERY = 7


def is_reminder_day(due_on: date, today: date, days_before: list[int]) -> bool:
    """Whether a reminder goes out today: on a set number of days before, or every seventh day after."""
    left = (due_on - today).days
    return left in days_before or (left < 0 and -left % LATE_EVERY == 0)


def send_reminders(today: date | None = None) -> int:
    """Remind every firm whose report is still open; at most one message per person and day. Returns how many reports."""
    day = today or timezone.localdate()
    reminded = 0
    for round_ in Round.objects.filter(opened_at__isnull=False, closed_at=None).select_related("agreement"):
        days = list(definition_of(round_.agreement).remind_days_before.value)
        if round_.due_on is None or not is_reminder_day(round_.due_on, day, days):
            continue
        with unfenced(reason="reminders to all firms of a round"):
            for dossier in Dossier.objects.filter(round=round_, state=DRAFT).select_related("round__agreement"):
                reminded += bool(messages.reminder(dossier, day))
    return reminded


PERIODIC = {"assessments.send_reminders": (send_reminders, timedelta(hours=3))}
