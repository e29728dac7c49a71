"""Reading public copies. What is returned is public, so no viewer is asked for; frozen inputs leave only for comparing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ketenwijs.foundation.publishing.kinds import publication_kind
from ketenwijs.foundation.publishing.models import FrozenInputs, Publication
from ketenwijs.foundation.publishing.rules import checksum_of, inputs_checksum
from ketenwijs.foundation.publishing.services import preview

LAST = 64
"""How many of the last copies are compared: a database may commit a lower key after a higher one."""


@dataclass(frozen=True)
class Standing:
    """What the public copies amount to today: equal standings mean that the same copies are in force.

    Copies are only ever added, so the last ones tell whether something came; the latest moment tells apart
    two that took the same key because the first was rolled back.
    """

    day: date
    last: tuple[int, ...]
    added_at: datetime | None


def standing() -> Standing:
    """How things stand today, by two queries that do not grow with the number of copies, for readers who keep what
    they worked out.
    """
    newest_first = Publication.objects.order_by("-pk")
    # Not that of the last row: SQLite would read through all of its payload to get there.
    added_at = Publication.objects.order_by("-published_at").values_list("published_at", flat=True).first()
    return Standing(timezone.localdate(), tuple(newest_first.values_list("pk", flat=True)[:LAST]), added_at)


def current(kind: str, key: str) -> Publication | None:
    """The copy in force today; None when there is none, or when it was withdrawn."""
    return as_of(kind, key, timezone.localdate())


def as_of(kind: str, key: str, day: date) -> Publication | None:
    """The copy in force on a day, past or coming, as we know it now; when it was published stands in
    `published_at`."""
    # The few copies of one key are compared here: asked for the day, SQLite walks through the whole kind.
    newest = next((row for row in history(kind, key) if row.effective_on <= day), None)
    return None if newest is None or newest.is_withdrawal else newest


def current_number(kind: str, key: str) -> int | None:
    """The primary key of the copy in force today, without reading what it says; for readers who keep what it said."""
    rows = history(kind, key).values_list("pk", "effective_on", "is_withdrawal")
    today = timezone.localdate()
    newest = next(((pk, is_gone) for pk, day, is_gone in rows if day <= today), None)
    return None if newest is None or newest[1] else newest[0]


def copy_with(number: int) -> Publication:
    """The copy with this primary key; raises Publication.DoesNotExist."""
    return Publication.objects.get(pk=number)


def all_current(kind: str, prefix: str | None = None) -> list[Publication]:
    """All copies of a kind in force today, by key, whose key starts with the prefix; one query whatever
    their number."""
    # A copy followed by one for a coming day and then one for today is still among the rows: the last counts.
    newest = {row.key: row for row in _not_replaced(kind, prefix)}
    # SQLite compares the start without regard to capitals and every engine sorts its own way: settled here.
    found = [row for key, row in newest.items() if key.startswith(prefix or "") and not row.is_withdrawal]
    return sorted(found, key=lambda row: row.key)


def current_keys(kind: str, prefix: str | None = None) -> list[str]:
    """The keys of all copies of a kind in force today, in order; one query that reads no payload."""
    newest = dict(_not_replaced(kind, prefix).values_list("key", "is_withdrawal"))
    return sorted(key for key, is_gone in newest.items() if key.startswith(prefix or "") and not is_gone)


def kinds_in_force(kinds: Iterable[str], key: str) -> set[str]:
    """Those of some kinds that have a copy in force today with this key or below it (`key/…`); one query without any
    payload. For kinds with few copies."""
    at_or_below = Q(key=key) | Q(key__startswith=f"{key}/")
    rows = Publication.objects.filter(at_or_below, kind__in=list(kinds), effective_on__lte=timezone.localdate())
    newest = {
        (kind, found): is_gone
        for kind, found, is_gone in rows.order_by("sequence").values_list("kind", "key", "is_withdrawal")
        if found == key or found.startswith(f"{key}/")
    }
    return {kind for (kind, _found), is_gone in newest.items() if not is_gone}


def _not_replaced(kind: str, prefix: str | None) -> QuerySet[Publication]:
    """Copies whose day has come and that none of today or earlier replaced, oldest first."""
    in_force = Publication.objects.filter(effective_on__lte=timezone.localdate())
    replaced = in_force.filter(supersedes=OuterRef("pk"))
    rows = in_force.filter(~Exists(replaced), kind=kind).order_by("sequence")
    return rows.filter(key__startswith=prefix) if prefix else rows


def history(kind: str, key: str) -> QuerySet[Publication]:
    """Every copy and withdrawal of one key, newest first."""
    return Publication.objects.filter(kind=kind, key=key).order_by("-sequence")


def with_inputs(kind: str, key: str) -> list[Publication]:
    """Every copy of one key that was ever public, newest first, each with its frozen inputs where it kept any; one query.

    For rules that compare a release to be with all before it. Inputs are not public: nothing of them may be shown.
    """
    return list(history(kind, key).filter(is_withdrawal=False).select_related("frozen_inputs"))


def publication_at(address: str) -> Publication | None:
    """The copy with this permanent address, also when it was replaced or withdrawn since; None when there is
    none."""
    return Publication.objects.filter(address=address, is_withdrawal=False).first()


def is_intact(publication: Publication) -> bool:
    """Whether the stored payload is still the one that was published."""
    return publication.checksum == checksum_of(
        kind=publication.kind,
        key=publication.key,
        sequence=publication.sequence,
        effective_on=publication.effective_on,
        payload=publication.payload,
    )


def is_reproduced(publication: Publication) -> bool | None:
    """Whether working a copy out again from its frozen inputs gives exactly what was published; None where none are kept.

    False also when the copy or its inputs are no longer what was stored.
    """
    frozen = FrozenInputs.objects.filter(publication=publication).first()
    if frozen is None:
        return None
    recompute = publication_kind(publication.kind).recompute
    if recompute is None or frozen.checksum != inputs_checksum(frozen.inputs):
        return False
    return is_intact(publication) and preview(publication.kind, recompute(frozen.inputs)) == publication.payload
