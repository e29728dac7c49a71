"""Gives the seat of an accepted invitation, and demands a second factor of everybody who sits."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from ketenwijs.complaints.committee.models import Seat
from ketenwijs.complaints.committee.selectors import Member, seat_of
from ketenwijs.complaints.committee.services import SCOPE
from ketenwijs.foundation.accounts import events
from ketenwijs.foundation.accounts.models import Invitation, Person
from ketenwijs.foundation.accounts.second_factor import register_demand
from ketenwijs.foundation.journal.services import record


@receiver(events.invitation_accepted)
def give_seat(sender: object, invitation: Invitation, person: Person, **_words: Any) -> None:
    """The right to give it was checked when the invitation was sent."""
    if invitation.scope_kind == SCOPE and seat_of(person) is None:
        seat = Seat.objects.create(person=person, function=invitation.role, since=timezone.localdate())
        record(actor=Member(person, None), event="committee.seat.given", subject=seat)


register_demand(lambda person: seat_of(person) is not None)
