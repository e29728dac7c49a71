"""Reading public copies. Everything here is public, so no viewer is asked for."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.rules import checksum_of


def current(kind: str, key: str) -> Publication | None:
    """The copy in force today; None when there is none, or when it was withdrawn."""
    return as_of(kind, key, timezone.localdate())


def as_of(kind: str, key: str, day: date) -> Publication | None:
    """The copy in force on a day, past or coming, as we know it now; when it was published stands in
    `published_at`."""
    newest = (
        Publication.objects.filter(kind=kind, key=key, effective_on__lte=day).order_by("-sequence").first()
    )
    return None if newest is None or newest.is_withdrawal else newest


def all_current(kind: str, prefix: str | None = None) -> list[Publication]:
    """All copies of a kind in force today, by key, whose key starts with the prefix; one query whatever
    their number."""
    today = timezone.localdate()
    in_force = Publication.objects.filter(kind=kind, effective_on__lte=today)
    newest = in_force.filter(key=OuterRef("key")).order_by("-sequence").values("pk")[:1]
    rows = in_force.filter(pk=Subquery(newest), is_withdrawal=False)
    if prefix:
        rows = rows.filter(key__startswith=prefix)
    # SQLite compares the start without regard to capitals and every engine sorts its own way: settled here.
    return sorted((row for row in rows if row.key.startswith(prefix or "")), key=lambda row: row.key)


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
