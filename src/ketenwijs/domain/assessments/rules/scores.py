"""Weighted scores: points per requirement, weighed by step, against a mark. Pure, in exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ketenwijs.domain.assessments.rules.judged import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    Judged,
    Line,
    Proposal,
    counted,
    falls_short,
)


@dataclass(frozen=True)
class Place:
    """Where a requirement counts: its step and the most points it can have."""

    step: str
    most: int


def verdict_of_points(points: int, most: int, enough: float | None) -> str:
    """The verdict that belongs to points: met from `enough` on (the most where no minimum is set), none is not met."""
    if points >= (most if enough is None else min(enough, most)):
        return MET
    return PARTLY if points else NOT_MET


def propose_score(
    judged: Iterable[Judged],
    *,
    places: Mapping[str, Place],
    weights: Mapping[str, float],
    mark: float,
    best: str,
    under_way: str,
) -> Proposal:
    """The score in per cent over all steps, held against a mark.

    A step's share is its points of the most that can be had by what is asked and applies; the steps are weighed. A step
    of which nothing is asked (yet) leaves its weight to the others, in proportion. People decide where a requirement
    has no points, or nothing applies. `number` is the score in whole per cent, rounded down.
    """
    listed = list(judged)
    counts, short = counted(listed), falls_short(listed)
    counting = [one for one in listed if one.verdict != NOT_APPLICABLE and one.requirement in places]
    without = tuple(sorted(one.requirement for one in counting if one.points is None))
    lines = tuple(_line(step, weight, counting, places) for step, weight in weights.items())
    if without:
        return Proposal("", None, counts, without, "points_missing", lines, wanted=mark)
    score = weighted(lines)
    if score is None:
        return Proposal("", None, counts, short, "nothing_counts", lines, wanted=mark)
    enough = score >= Fraction(str(mark))
    return Proposal(
        value=best if enough else under_way,
        number=int(score),
        counts=counts,
        short=short,
        because="mark_reached" if enough else "below_mark",
        lines=lines,
        percent=tenths(score),
        wanted=mark,
    )


def _line(step: str, weight: float, counting: list[Judged], places: Mapping[str, Place]) -> Line:
    here = [one for one in counting if places[one.requirement].step == step]
    reached = sum(one.points or 0 for one in here)
    most = sum(places[one.requirement].most for one in here)
    percent = tenths(Fraction(reached * 100, most)) if most else None
    return Line(step, reached, most, percent, weight)


def weighted(lines: Iterable[Line]) -> Fraction | None:
    """The exact score in per cent over the lines that count; None when none does."""
    counting = [one for one in lines if one.of and one.weight]
    total = sum((Fraction(str(one.weight)) for one in counting), Fraction(0))
    if not total:
        return None
    return (
        sum((Fraction(str(one.weight)) * Fraction(one.reached * 100, one.of) for one in counting), Fraction(0)) / total
    )


def tenths(percent: Fraction) -> float:
    """Per cent with one decimal, rounded down, so that no score is shown as reaching a mark it does not reach."""
    return int(percent * 10) / 10


@dataclass(frozen=True)
class Average:
    """The mean score of a number of participants, and how many of them reached their mark."""

    base: int
    percent: float | None
    reached: int


def average_of(scores: Iterable[tuple[float, bool]]) -> Average:
    """Mean of scores in per cent (rounded down to a tenth) over all participants; each comes with whether it is enough."""
    listed = list(scores)
    if not listed:
        return Average(0, None, 0)
    total = sum((Fraction(str(percent)) for percent, _enough in listed), Fraction(0))
    return Average(len(listed), tenths(total / len(listed)), sum(enough for _percent, enough in listed))
