"""When a member leaves the committee, the cases they could read get a new key for what follows."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ketenwijs.complaints.cases.services.keys import leave_cases
from ketenwijs.complaints.committee import events
from ketenwijs.complaints.committee.models import Seat


@receiver(events.seat_ending)
def take_keys(sender: object, seat: Seat, **_words: Any) -> None:
    """Inside the transaction that ends the seat: a refusal keeps the seat."""
    leave_cases(seat)
