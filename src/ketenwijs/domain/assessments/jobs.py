"""Reminders go out by themselves: on the set days before the last day, and once a week when late.

A day on which the background work did not run is made up for within `CATCH_UP`; nobody gets one reminder twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments import messages
from ketenwijs.domain.assessments.models import Dossier, Round
from ketenwijs.domain.assessments.states import DRAFT, HEARING
from ketenwijs.foundation.access.fence import unfenced

LATE_EVERY = 7
CATCH_UP = timedelta(days=3)
"""How long after its day a reminder still goes out: over a weekend without the server, and never stale."""


def reminder_day(due_on: date, today: date, days_before: Iterable[int]) -> date | None:
    """The day of the reminder that is to be sent today, or None.

    That is the latest set day before the last one, or every seventh day after it, if it is not longer ago than `CATCH_UP`.
    """
    late = (today - due_on).days // LATE_EVERY * LATE_EVERY
    days = [due_on - timedelta(days=before) for before in days_before]
    if late > 0:
        days.append(due_on + timedelta(days=late))
    reached = [day for day in days if today - CATCH_UP <= day <= today]
    return max(reached, default=None)


def send_reminders(today: date | None = None) -> int:
    """Remind every firm whose report is still open; one message per person and reminder. Returns how many reports."""
    day = today or timezone.localdate()
    reminded = 0
    for round_ in _open_rounds():
        planned = _planned(round_.due_on, day, round_)
        if planned is None:
            continue
        with unfenced(reason="reminders to all firms of a round"):
            for dossier in Dossier.objects.filter(round=round_, state=DRAFT).select_related("round__agreement"):
                reminded += bool(messages.reminder(dossier, day, planned))
    return reminded


def remind_of_replies(today: date | None = None) -> int:
    """Remind every firm that may still reply to draft findings, before its reply period ends. Returns how many reports."""
    day = today or timezone.localdate()
    reminded = 0
    for round_ in _open_rounds():
        with unfenced(reason="reminders to all firms that may reply"):
            waiting = Dossier.objects.filter(round=round_, state=HEARING, reply_due_on__gte=day)
            for dossier in waiting.select_related("round__agreement"):
                planned = _planned(dossier.reply_due_on, day, round_)
                reminded += bool(planned and messages.reply_reminder(dossier, planned))
    return reminded


def _open_rounds() -> QuerySet[Round]:
    return Round.objects.filter(opened_at__isnull=False, closed_at=None).select_related("agreement")


def _planned(due_on: date | None, today: date, round_: Round) -> date | None:
    days = definition_of(round_.agreement).remind_days_before.value
    return reminder_day(due_on, today, days) if due_on else None


PERIODIC = {
    "assessments.send_reminders": (send_reminders, timedelta(hours=3)),
    "assessments.remind_of_replies": (remind_of_replies, timedelta(hours=3)),
}
