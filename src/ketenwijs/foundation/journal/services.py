"""Appending to the journal, and erasing the values of an entry."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone

from ketenwijs.foundation.journal import events
from ketenwijs.foundation.journal.models import JournalDetail, JournalEntry, JournalHead
from ketenwijs.foundation.journal.rules import commitment, entry_hash

INSTALLATION = "installation"


class Actor(Protocol):
    """Whoever acts: a signed-in viewer or a named job of the system."""

    @property
    def reference(self) -> str:
        """For example `person:12` or `system:demo`; never a name."""


def subject_of(instance: models.Model | str) -> str:
    """`app.model:pk` of a stored object, or the given text."""
    if isinstance(instance, str):
        return instance
    return f"{instance._meta.label_lower}:{instance.pk}"


def record(
    *,
    actor: Actor,
    event: str,
    subject: models.Model | str,
    chain: str = INSTALLATION,
    values: Mapping[str, Any] | None = None,
    reason: str = "",
) -> JournalEntry:
    """Append one entry in the running transaction; without one it refuses, so that act and entry stand or fall together.

    `event` must be registered. `values` and `reason` go to the erasable detail, only a commitment enters the chain.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("journal.record needs a transaction: decorate the service with transaction.atomic")
    events.event_type(event)
    details = _plain({**(values or {}), **({"reason": reason} if reason else {})})
    salt = secrets.token_hex(16)
    head, _created = JournalHead.objects.select_for_update().get_or_create(chain=chain)
    fields: dict[str, Any] = {
        "chain": chain,
        "sequence": head.sequence + 1,
        "at": timezone.now(),
        "actor": actor.reference,
        "event": event,
        "subject": subject_of(subject),
    }
    committed = commitment(salt, details)
    digest = entry_hash(previous=head.hash, committed=committed, **fields)
    entry = JournalEntry.objects.create(commitment=committed, previous_hash=head.hash, hash=digest, **fields)
    JournalDetail.objects.create(entry=entry, salt=salt, values=details)
    JournalHead.objects.filter(chain=chain).update(sequence=entry.sequence, hash=entry.hash)
    return entry


@transaction.atomic
def erase_values(*, actor: Actor, entry: JournalEntry, reason: str) -> None:
    """Delete the values of one entry (a person's right); the chain goes on verifying, the erasure is itself journalled."""
    JournalDetail.objects.filter(entry=entry).delete()
    record(actor=actor, event="journal.values.erased", subject=entry, chain=entry.chain, reason=reason)


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON keeps them, so that the commitment can be recomputed from the stored row."""
    return json.loads(json.dumps(details, default=str))
