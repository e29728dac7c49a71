"""Indicator trees: a main indicator counts only when all its parts do; shares of participants and of size. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ketenwijs.domain.assessments.rules.judged import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    Judged,
    Line,
    Proposal,
    counted,
    falls_short,
)
from ketenwijs.domain.assessments.rules.scores import tenths


def main_lines(judged: Iterable[Judged], mains: Mapping[str, Sequence[str]]) -> tuple[Line, ...]:
    """Each main indicator with its parts that are met, of those that apply; it counts when all of them are.

    Parts that do not apply are left out; where no part applies the main neither counts nor fails (`counts` None).
    """
    verdicts = {one.requirement: one.verdict for one in judged}
    lines = []
    for code, parts in mains.items():
        asked = [verdicts[part] for part in parts if verdicts.get(part, NOT_APPLICABLE) != NOT_APPLICABLE]
        met = sum(verdict == MET for verdict in asked)
        percent = tenths(Fraction(met * 100, len(asked))) if asked else None
        lines.append(Line(code, met, len(asked), percent, counts=met == len(asked) if asked else None))
    return tuple(lines)


def propose_indicators(
    judged: Iterable[Judged], *, mains: Mapping[str, Sequence[str]], best: str, under_way: str
) -> Proposal:
    """The best outcome when every main indicator that applies counts; `number` is how many do."""
    listed = list(judged)
    lines = main_lines(listed, mains)
    applying = [one for one in lines if one.counts is not None]
    counts, short = counted(listed), falls_short(listed)
    if not applying:
        return Proposal("", None, counts, short, "nothing_counts", lines)
    number = sum(bool(one.counts) for one in applying)
    every = number == len(applying)
    because = "every_main_counts" if every else "some_mains_short"
    return Proposal(best if every else under_way, number, counts, short, because, lines)


def declared_verdict(value: Any, least: float | None) -> str:
    """The verdict that follows from a participant's own answer, where its own statement is enough; empty when it gives
    none (words, or no answer).
    """
    if value == "n/a":
        return NOT_APPLICABLE
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return MET if value >= (1 if least is None else least) else NOT_MET
    return {"yes": MET, "collective": MET, "no": NOT_MET}.get(value, "")


@dataclass(frozen=True)
class Participant:
    """One participant in the totals: per indicator whether it counts (None: does not apply), its size and its group."""

    counts: Mapping[str, bool | None]
    size: Decimal | None = None
    group: str = ""


@dataclass(frozen=True)
class Share:
    """One indicator over all participants to whom it applies. Per cent are rounded down to a tenth.

    `percent` None: fewer than the smallest number of contributors. `size_percent` None: no sizes, or those who
    meet it or those who do not are so few that their size could be worked out.
    """

    code: str
    met: int
    base: int
    percent: float | None
    size_percent: float | None


def shares_of(participants: Sequence[Participant], codes: Iterable[str], minimum: int) -> list[Share]:
    """Share of participants and share of size per indicator, each with its base; small numbers are held back."""
    return [_share(participants, code, minimum) for code in codes]


def _share(participants: Sequence[Participant], code: str, minimum: int) -> Share:
    asked = [one for one in participants if one.counts.get(code) is not None]
    met = [one for one in asked if one.counts[code]]
    if len(asked) < max(minimum, 1):
        return Share(code, 0, len(asked), None, None)
    percent = tenths(Fraction(len(met) * 100, len(asked)))
    return Share(code, len(met), len(asked), percent, _size_percent(asked, met, minimum))


def _size_percent(asked: Sequence[Participant], met: Sequence[Participant], minimum: int) -> float | None:
    few = any(0 < number < minimum for number in (len(met), len(asked) - len(met)))
    total = sum((one.size or Decimal(0) for one in asked), Decimal(0))
    if few or not total or any(one.size is None for one in asked):
        return None
    return tenths(Fraction(sum((one.size or Decimal(0) for one in met), Decimal(0))) * 100 / Fraction(total))
