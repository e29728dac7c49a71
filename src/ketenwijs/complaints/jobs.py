"""Periodic work of this program: erase what is due, warn members, send the mail that waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases.models import Case, Piece, SealedFile
from ketenwijs.complaints.cases.selectors import cases_open_to, measures_to_follow, parties_to_answer, unread
from ketenwijs.complaints.cases.services.admitting import end_admissions
from ketenwijs.complaints.cases.services.erasing import WARNED_DAYS, day_of_erasing, erase_due
from ketenwijs.complaints.cases.services.pieces import sweep_pieces
from ketenwijs.complaints.committee.selectors import Member, seats_today
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.mail.services import queue, send_due

BATCH_HOURS = (7, 15)
BATCH_MINUTES = 15
"""A batch goes in the first minutes of these hours, whatever came in before; one that was missed goes with the next."""


def erase() -> int:
    """Erase closed cases whose day has come; the next time when a backup is being made now."""
    with storage.held_still(wait=False) as is_still:
        return erase_due(timezone.localdate()) if is_still else 0


def end_access() -> int:
    """Take the keys of temporary members whose last day is over."""
    return end_admissions(timezone.localdate())


def sweep() -> int:
    """Remove files that never came up whole, and bytes of more than a day ago that no row points to: a process died while
    it kept or erased a file."""
    with storage.held_still(wait=False) as is_still:
        return _sweep() if is_still else 0


def _sweep() -> int:
    yesterday = timezone.now() - timedelta(days=1)
    abandoned = sweep_pieces()
    left = set(storage.names_older_than(yesterday))
    left -= set(Piece.objects.filter(stored_name__in=left).values_list("stored_name", flat=True))
    left -= set(SealedFile.objects.filter(stored_name__in=left).values_list("stored_name", flat=True))
    for name in left:
        storage.remove(name)
    return abandoned + len(left) + storage.remove_unfinished(yesterday)


def notify(today: date | None = None, half: str | None = None) -> int:
    """Tell members that something waits, at most twice a day, in words that are always the same (security 4.6).

    No case, number, country or time stands in it: whoever reads the mail learns that the person sits in a committee.
    """
    today = today or timezone.localdate()
    half = half or ("early" if timezone.localtime().hour < 12 else "late")
    sent = 0
    for seat in seats_today(today):
        if not _something_waits(Member(seat.person, seat), today):
            continue
        page = settings.PUBLIC_ADDRESS + reverse("committee:home")
        with translation.override(seat.person.language), transaction.atomic():
            body = _("Please look at the committee's pages: %(page)s") % {"page": page}
            message = queue(
                to=seat.person.email,
                subject=_("Please sign in"),
                body=body + "\n",
                dedupe_key=f"committee {seat.pk} {today} {half}",
            )
        sent += message is not None
    return sent


def _something_waits(member: Member, today: date) -> bool:
    cases = list(cases_open_to(member))
    if any(unread(cases).values()):
        return True
    if any((measure.due_week - today).days <= 2 for measure in measures_to_follow(cases)):
        return True
    if any((party.due_on - today).days <= 2 for party in parties_to_answer(cases)):
        return True
    return any(_is_near(case, today) for case in cases)


def _is_near(case: Case, today: date) -> bool:
    """Due within two days, or to be erased in 30 or 7 days."""
    if case.closed_week is None:
        return case.due_on is not None and (case.due_on - today).days <= 2
    day = day_of_erasing(case)
    return day is not None and (day - today).days in WARNED_DAYS


def batch_of(now: datetime) -> str:
    """Which of the two batches of a day may go at this moment; empty at any other. A mail that went when a message came
    would tell its reader when somebody wrote (security case 30)."""
    return f"{now:%Y-%m-%d %H}" if now.hour in BATCH_HOURS and now.minute < BATCH_MINUTES else ""


ALL: tuple[Callable[[], int], ...] = (erase, end_access, sweep, notify, send_due)
WITHOUT_BATCH: tuple[Callable[[], int], ...] = (erase, end_access, sweep, send_due)
