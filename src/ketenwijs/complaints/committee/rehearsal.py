"""When the recovery key must be tried again: shape of `rehearsal.yaml`, what members sign, and the rule of the term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from ketenwijs.complaints import content_files

HALF_LABEL = b"ketenwijs-complaints-rehearsal-half-1\n"
DONE_LABEL = b"ketenwijs-complaints-rehearsal-1\n"
HALF_COUNTS_DAYS = 31
"""How long the second member may take: so long counts what the first one signed. Our choice, not of a source."""
NO_KEY, NEVER, FAILED, OVERDUE, WELL = "no_key", "never", "failed", "overdue", "well"


class Rehearsals(BaseModel):
    """The whole file. `every_days`: how long a try that worked counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    example: bool = False
    every_days: int = Field(ge=1, le=3660)


@lru_cache(maxsize=1)
def rehearsals() -> Rehearsals:
    """The term of this installation, read once per process."""
    return content_files.read("rehearsal.yaml", Rehearsals)


class Tried(Protocol):
    """One try."""

    on: date
    opened: bool


@dataclass(frozen=True)
class Standing:
    """Where the recovery key stands. `last`: day of the last try that worked; `due`: first day on which it is late."""

    state: str
    last: date | None = None
    due: date | None = None

    @property
    def is_well(self) -> bool:
        """Whether nothing has to be done now."""
        return self.state == WELL


def standing(*, has_key: bool, tries: Sequence[Tried], every_days: int, today: date) -> Standing:
    """Where the present recovery key stands after its tries, oldest first. A try that failed counts until one works:
    a package that does not open is not made better by an earlier one that did."""
    if not has_key:
        return Standing(NO_KEY)
    last = max((one.on for one in tries if one.opened), default=None)
    due = last + timedelta(days=every_days) if last else None
    if tries and not tries[-1].opened:
        return Standing(FAILED, last, due)
    if last is None or due is None:
        return Standing(NEVER)
    return Standing(WELL if today < due else OVERDUE, last, due)


def half_signed(recovery: str, inner: str, day: date) -> bytes:
    """Exactly what the first member signs: which recovery key, SHA-256 of the layer that came out, and the day."""
    return f"{recovery} {inner} {day.isoformat()}".encode()
