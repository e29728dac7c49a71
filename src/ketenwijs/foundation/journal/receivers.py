"""Journals what accounts announce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from ketenwijs.foundation.accounts import events
from ketenwijs.foundation.accounts.models import Invitation, Person
from ketenwijs.foundation.journal.services import record


@dataclass(frozen=True)
class _By:
    reference: str


@receiver(events.signed_in)
def journal_sign_in(sender: object, person: Person, **_words: Any) -> None:
    """Somebody signed in."""
    with transaction.atomic():
        record(actor=_By(f"person:{person.pk}"), event="accounts.person.signed_in", subject=person)


@receiver(events.sign_in_failed)
def journal_failure(sender: object, **_words: Any) -> None:
    """A sign-in failed; the address stays out of the journal."""
    with transaction.atomic():
        record(actor=_By("visitor"), event="accounts.sign_in.failed", subject="accounts.person:-")


@receiver(events.second_factor_changed)
def journal_second_factor(sender: object, person: Person, **_words: Any) -> None:
    """A second factor was added or removed."""
    with transaction.atomic():
        record(actor=_By(f"person:{person.pk}"), event="accounts.second_factor.changed", subject=person)


@receiver(events.invitation_accepted)
def journal_acceptance(sender: object, invitation: Invitation, person: Person, **_words: Any) -> None:
    """An invitation was accepted."""
    record(actor=_By(f"person:{person.pk}"), event="accounts.invitation.accepted", subject=invitation)
