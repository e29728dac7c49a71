"""A case that is erased stays counted, and keeps its number."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.dispatch import receiver

from ketenwijs.complaints.cases import events
from ketenwijs.complaints.cases.rules import FIRST_APART
from ketenwijs.complaints.register.models import Tally
from ketenwijs.complaints.register.services import tally


@receiver(events.case_erasing)
def keep_tally(sender: object, **_words: Any) -> None:
    """Note it before it goes."""
    tally()


@receiver(events.numbers_given)
def highest_tallied(sender: object, **_words: Any) -> int:
    """Erased cases stand here only."""
    return Tally.objects.filter(number__lt=FIRST_APART).aggregate(highest=Max("number"))["highest"] or 0
