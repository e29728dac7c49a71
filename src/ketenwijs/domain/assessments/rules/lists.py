"""Requirement lists: a grade for the year judged, or a level, from verdicts alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ketenwijs.domain.assessments.rules.judged import NOT_MET, PARTLY, Judged, Proposal, counted, falls_short


def propose_grade(judged: Iterable[Judged], *, number: int, best: str, under_way: str) -> Proposal:
    """For schemes that give one grade to the year judged (the colours of a first term).

    Everything met gives the best grade. Anything short gives the grade for "still putting it into practice". The worst
    grade holds a forecast by the parties, a joint judgement, and is therefore never proposed: people choose it with a
    reason.
    """
    listed = list(judged)
    short = falls_short(listed)
    value = under_way if short else best
    return Proposal(value, number, counted(listed), short, "all_met" if not short else "some_short")


def propose_level(
    judged: Iterable[Judged],
    *,
    held: int | None,
    highest: int,
    may_skip: bool,
    may_fall_back: bool,
    plan_only: bool,
) -> Proposal:
    """For schemes of rising levels: the highest level up to which everything asked is met.

    `may_skip` false: at most one level above the one held. `may_fall_back` false: a lower result is not proposed but
    left to people. In a plan-only year the level held stands when the plan's requirements are met, otherwise people
    decide. These are settings of the agreement; no source answers them.
    """
    listed = list(judged)
    short = falls_short(listed)
    counts = counted(listed)
    if plan_only:
        value = str(held) if held and not short else ""
        return Proposal(value, held if value else None, counts, short, "plan_met" if value else "plan_short")
    reached = _level_reached(listed, highest)
    if held is not None and not may_skip:
        reached = min(reached, held + 1)
    if held is not None and reached < held and not may_fall_back:
        return Proposal("", None, counts, short, "below_level_held")
    if reached == 0:
        return Proposal("", None, counts, short, "first_level_short")
    return Proposal(str(reached), reached, counts, short, "level_reached")


def _level_reached(judged: list[Judged], highest: int) -> int:
    for level in range(1, highest + 1):
        asked = [one for one in judged if one.asked_from <= level]
        nothing_new = not any(one.asked_from == level for one in judged)
        if any(one.verdict in (PARTLY, NOT_MET) for one in asked) or nothing_new:
            return level - 1
    return highest
