"""Journals what accounts announce.

Kept in a chain of its own: sign-ins are many, and a stranger who tries passwords must not fill the chain of what was
decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from ketenwijs.foundation.accounts import events
from ketenwijs.foundation.accounts.models import Invitation, Person
from ketenwijs.foundation.journal.services import record

ACCOUNTS = "accounts"


@dataclass(frozen=True)
class _By:
    reference: str


def _by(person: Person) -> _By:
    return _By(f"person:{person.pk}")


@receiver(events.signed_in)
@transaction.atomic
def journal_sign_in(sender: object, person: Person, **_words: Any) -> None:
    """Somebody signed in."""
    record(actor=_by(person), event="accounts.person.signed_in", subject=person, chain=ACCOUNTS)


@receiver(events.sign_in_failed)
@transaction.atomic
def journal_failure(sender: object, mark: str, **_words: Any) -> None:
    """A sign-in failed; a mark tells whether it was the same address again, the address stays out of the journal."""
    values = {"address_mark": mark}
    record(
        actor=_By("visitor"),
        event="accounts.sign_in.failed",
        subject="accounts.person:-",
        chain=ACCOUNTS,
        values=values,
    )


@receiver(events.second_factor_changed)
@transaction.atomic
def journal_second_factor(sender: object, person: Person, what: str, **_words: Any) -> None:
    """A second factor was added or removed."""
    event = "accounts.second_factor.changed"
    record(actor=_by(person), event=event, subject=person, chain=ACCOUNTS, values={"what": what})


@receiver(events.password_changed)
@transaction.atomic
def journal_password(sender: object, person: Person, how: str, **_words: Any) -> None:
    """A password was changed, set or reset."""
    record(actor=_by(person), event="accounts.password.changed", subject=person, chain=ACCOUNTS, values={"how": how})


@receiver(events.invitation_accepted)
@transaction.atomic
def journal_acceptance(sender: object, invitation: Invitation, person: Person, **_words: Any) -> None:
    """An invitation was accepted; stands with the roles it leads to."""
    record(actor=_by(person), event="accounts.invitation.accepted", subject=invitation)
