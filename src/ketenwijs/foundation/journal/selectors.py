"""Reading the journal: entries about an object, and the proof that nothing was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from ketenwijs.foundation.journal.models import JournalEntry, JournalHead
from ketenwijs.foundation.journal.rules import commitment, entry_hash
from ketenwijs.foundation.journal.services import subject_of


@dataclass(frozen=True)
class BrokenEntry:
    """Where a chain stops being true, and how it shows."""

    chain: str
    sequence: int
    fault: str


def entries_about(subject: models.Model | str) -> models.QuerySet[JournalEntry]:
    """Entries about one object, oldest first, with their details. The caller has checked that the viewer may see it."""
    return JournalEntry.objects.filter(subject=subject_of(subject)).select_related("detail").order_by("sequence")


def broken_entries() -> Iterator[BrokenEntry]:
    """Every place where a chain does not verify: changed, deleted, replaced or reordered entries, changed values."""
    for head in JournalHead.objects.order_by("chain"):
        yield from _broken_in(head)
    orphans = JournalEntry.objects.exclude(chain__in=JournalHead.objects.values("chain"))
    for entry in orphans.iterator():
        yield BrokenEntry(entry.chain, entry.sequence, "belongs to a chain without a head")


def _broken_in(head: JournalHead) -> Iterator[BrokenEntry]:
    previous, expected = "", 1
    entries = JournalEntry.objects.filter(chain=head.chain).select_related("detail").order_by("sequence")
    for entry in entries.iterator(chunk_size=500):
        if entry.sequence != expected:
            yield BrokenEntry(head.chain, expected, "is missing")
            expected = entry.sequence
        if entry.previous_hash != previous:
            yield BrokenEntry(head.chain, entry.sequence, "does not follow the entry before it")
        yield from _faults_of(entry)
        previous, expected = entry.hash, expected + 1
    if head.sequence != expected - 1 or head.hash != previous:
        yield BrokenEntry(head.chain, head.sequence, "is named by the head but is not the last entry")


def _faults_of(entry: JournalEntry) -> Iterator[BrokenEntry]:
    digest = entry_hash(
        previous=entry.previous_hash,
        chain=entry.chain,
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        event=entry.event,
        subject=entry.subject,
        committed=entry.commitment,
    )
    if digest != entry.hash:
        yield BrokenEntry(entry.chain, entry.sequence, "was changed")
    detail = getattr(entry, "detail", None)
    if detail is not None and commitment(detail.salt, detail.values) != entry.commitment:
        yield BrokenEntry(entry.chain, entry.sequence, "has changed values")
