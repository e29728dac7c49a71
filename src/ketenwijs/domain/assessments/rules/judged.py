"""What every instrument works on: requirements with their verdict and points, the case they belong to, the proposal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.frameworks import FrameworkFile

MET = "met"
PARTLY = "partly"
NOT_MET = "not_met"
NOT_APPLICABLE = "not_applicable"


def checksum_of(frozen: Mapping[str, Any]) -> str:
    """SHA-256 of the frozen parts in one fixed notation."""
    text = json.dumps(frozen, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Judged:
    """One requirement with its verdict and the step (membership year or level) from which it is asked; points where the
    instrument gives any.
    """

    requirement: str
    asked_from: int
    verdict: str
    points: int | None = None


@dataclass(frozen=True)
class Case:
    """Everything an instrument looks at: the edition, how the outcome is expressed, what was judged, where the member
    stands.

    `report` is the duty of the year, `number` the membership year or level judged, `held` the level held.
    """

    framework: FrameworkFile
    scheme: OutcomeScheme
    judged: tuple[Judged, ...]
    report: str
    number: int
    held: int | None = None
    group: str = ""


@dataclass(frozen=True)
class Line:
    """One part of an outcome: a step with its points, or a main indicator with the sub-indicators that are met.

    `of` 0: nothing of it was asked. `percent` is rounded down to a tenth; `counts` is for indicators.
    """

    code: str
    reached: int
    of: int
    percent: float | None = None
    weight: float | None = None
    counts: bool | None = None


@dataclass(frozen=True)
class Proposal:
    """What the rule proposes; `value` is empty where only people may decide. `because` is for the screen and the record.

    `percent` is the score and `wanted` the mark it is held against, both in per cent.
    """

    value: str
    number: int | None
    counts: Mapping[str, int] = field(default_factory=dict)
    short: tuple[str, ...] = ()
    because: str = ""
    lines: tuple[Line, ...] = ()
    percent: float | None = None
    wanted: float | None = None


def counted(judged: Iterable[Judged]) -> dict[str, int]:
    """How many requirements stand at each verdict."""
    counts = dict.fromkeys((MET, PARTLY, NOT_MET, NOT_APPLICABLE), 0)
    for one in judged:
        counts[one.verdict] = counts.get(one.verdict, 0) + 1
    return counts


def falls_short(judged: Iterable[Judged]) -> tuple[str, ...]:
    """Requirements that are partly or not met, by name."""
    return tuple(sorted(one.requirement for one in judged if one.verdict in (PARTLY, NOT_MET)))
