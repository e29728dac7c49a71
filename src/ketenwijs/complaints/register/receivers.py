"""A case that is erased stays counted."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ketenwijs.complaints.cases import events
from ketenwijs.complaints.register.services import tally


@receiver(events.case_erasing)
def keep_tally(sender: object, **_words: Any) -> None:
    """Note it before it goes."""
    tally()
