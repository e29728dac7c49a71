"""Reading editions as typed content; parsed once per process."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Q
from pydantic import BaseModel

from ketenwijs.foundation.content.kinds import Loaded, kind
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.parsing import Parsed

_editions: dict[tuple[str, str], Edition | None] = {}
_by_pk: dict[int, Edition] = {}
_generation: list[dict[str, Any]] = []


def forget() -> None:
    """Drop what this process remembers; applying does so, other processes notice by `refresh`."""
    _editions.clear()
    _by_pk.clear()
    _generation.clear()


def refresh() -> None:
    """Notice what another process applied: one small query. Called once at the start of each request or job."""
    state = Edition.objects.aggregate(last=Max("applied_at"), number=Count("pk"))
    if _generation != [state]:
        forget()
        _generation.append(state)


@lru_cache(maxsize=256)
def _parsed(kind_name: str, checksum: str, holder: _Holder) -> BaseModel:
    return kind(kind_name).shape.model_validate(holder.payload)


class _Holder:
    """Carries a payload past the cache, which looks at the checksum only."""

    def __init__(self, payload: Any) -> None:
        self.payload = payload

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Holder)


def content_of(edition: Edition) -> Any:
    """The edition's content as its kind's shape; parsed once per checksum."""
    return _parsed(edition.kind, edition.checksum, _Holder(edition.payload))


def newest(kind_name: str, identifier: str) -> Edition | None:
    """The last applied edition of a file, or None."""
    key = (kind_name, identifier)
    if key not in _editions:
        _editions[key] = Edition.objects.filter(kind=kind_name, identifier=identifier).order_by("-pk").first()
    return _editions[key]


def content_by_pk(pk: int) -> Any:
    """The content of one edition that something refers to; read once per process."""
    if pk not in _by_pk:
        _by_pk[pk] = Edition.objects.get(pk=pk)
    return content_of(_by_pk[pk])


def stored_files(identifiers: Q) -> list[Loaded]:
    """The newest applied edition of every file that fits the condition, as a checked file without its lines."""
    latest = {one.identifier: one for one in Edition.objects.filter(identifiers).order_by("pk")}
    return [Loaded(one.kind, Parsed(one.source_file, data=one.payload), content_of(one)) for one in latest.values()]


def all_newest(kind_name: str) -> list[Edition]:
    """The last applied edition of every file of a kind, by identifier."""
    latest: dict[str, Edition] = {}
    for edition in Edition.objects.filter(kind=kind_name).order_by("pk"):
        latest[edition.identifier] = edition
    return [latest[identifier] for identifier in sorted(latest)]
