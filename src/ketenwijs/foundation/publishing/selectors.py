"""Reading public copies. Everything here is public, so no viewer is asked for."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.rules import checksum_of


def current(kind: str, key: str) -> Publication | None:
    """The copy in force today; None when there is none, or when it was withdrawn."""
    return as_of(kind, key, timezone.localdate())


def as_of(kind: str, key: str, day: date) -> Publication | None:
    """The copy in force on a day, past or coming, as we know it now; when it was published stands in
    `published_at`."""
    # The few copies of one key are compared here: asked for the day, SQLite walks through the whole kind.
    newest = next((row for row in history(kind, key) if row.effective_on <= day), None)
    return None if newest is None or newest.is_withdrawal else newest


def all_current(kind: str, prefix: str | None = None) -> list[Publication]:
    """All copies of a kind in force today, by key, whose key starts with the prefix; one query whatever
    their number."""
    in_force = Publication.objects.filter(effective_on__lte=timezone.localdate())
    replaced = in_force.filter(supersedes=OuterRef("pk"))
    rows = in_force.filter(~Exists(replaced), kind=kind).order_by("sequence")
    if prefix:
        rows = rows.filter(key__startswith=prefix)
    # A copy followed by one for a coming day and then one for today is still among the rows: the last counts.
    newest = {row.key: row for row in rows}
    # SQLite compares the start without regard to capitals and every engine sorts its own way: settled here.
    found = [row for key, row in newest.items() if key.startswith(prefix or "") and not row.is_withdrawal]
    return sorted(found, key=lambda row: row.key)


def history(kind: str, key: str) -> QuerySet[Publication]:
    """Every copy and withdrawal of one key, newest first."""
    return Publication.objects.filter(kind=kind, key=key).order_by("-sequence")


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
