"""Erasing closed cases in time: first the keys, then everything; never one with unread words (security.md 10)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from ketenwijs.complaints.cases import events
from ketenwijs.complaints.cases.models import Case, Piece, SealedFile, Wrap
from ketenwijs.complaints.cases.rules import purge_on
from ketenwijs.complaints.cases.selectors import unread
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.services import Operator
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.journal.services import record

WARNED_DAYS = (30, 7)
"""How many days before the erasing the members see a warning."""


def day_of_erasing(case: Case) -> date | None:
    """The first day on which a case may be erased; None while it is open or kept by a recorded decision."""
    if case.closed_week is None or case.kept_longer:
        return None
    rules = mechanism()
    return purge_on(
        case.closed_week,
        case.last_word_week,
        after_closing=rules.kept_after_closing_days,
        after_last_word=rules.kept_after_last_message_days,
    )


def closed_cases() -> QuerySet[Case]:
    """Cases that wait for their day."""
    return Case.objects.exclude(closed_week=None).filter(kept_longer=False)


def erase_due(today: date) -> int:
    """Erase what is due; a case with a word that no member has opened stays (security case 32). Returns how many."""
    waiting = list(closed_cases())
    unopened = unread(waiting)
    due_now = [case for case in waiting if (day_of_erasing(case) or date.max) <= today and not unopened.get(case.pk)]
    for case in due_now:
        erase(case)
    return len(due_now)


def erase(case: Case) -> None:
    """Erase one case whose day has come, or came before an older backup was restored."""
    names = list(SealedFile.objects.filter(case=case).values_list("stored_name", flat=True))
    names += Piece.objects.filter(holder__case=case).values_list("stored_name", flat=True)
    with transaction.atomic():
        events.case_erasing.send(Case, case=case)
        Wrap.objects.filter(thread__case=case).delete()
        record(actor=Operator(), event="cases.case.erased", subject=case)
        case.delete()
    for name in names:
        storage.remove(name)
