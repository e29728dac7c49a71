"""The catalogue of what can be published: every kind has a shape and a permanent address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True)
class PublicationKind:
    """One kind of public copy. `name` reads app.thing, for example `plans.plan`; a key is a path such as
    `<agreement>/<firm>`.

    `shape` is the pydantic model of the payload. `address` turns a key into the path under which copies of
    that key are shown, starting and ending with a slash; without it the path is `/published/<kind>/<key>/`.
    The day and the sequence number are added to it, so that every single copy has a permanent address of its
    own.

    `recompute` gives the payload that follows from frozen inputs, whatever rules of the day they name: for kinds of copies
    that are worked out from something that is not public.
    """

    name: str
    shape: type[BaseModel]
    address: Callable[[str], str] | None = None
    recompute: Callable[[Mapping[str, Any]], BaseModel] | None = None

    def address_of(self, key: str, sequence: int, effective_on: date) -> str:
        """The permanent, dated path of one copy."""
        path = self.address(key) if self.address else f"/published/{self.name}/{key}/"
        return f"{path.rstrip('/')}/{effective_on.isoformat()}.{sequence}/"


_kinds: dict[str, PublicationKind] = {}


def register_publication_kind(kind: PublicationKind) -> None:
    """Add a kind; a name taken twice stops the start."""
    if kind.name in _kinds:
        raise ValueError(f"publication kind {kind.name} is registered twice")
    _kinds[kind.name] = kind


def publication_kind(name: str) -> PublicationKind:
    """The registered kind; KeyError with the name when an app forgot to register it."""
    return _kinds[name]


def all_publication_kinds() -> list[PublicationKind]:
    """All registered kinds by name."""
    return [_kinds[name] for name in sorted(_kinds)]
