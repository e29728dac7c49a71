"""From a final finding under one edition to what is known of it under another. Pure; nothing is ever made up.

Unknown is a value: it is met in the best case and not met in the worst.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ketenwijs.domain.agreements import comparing
from ketenwijs.domain.agreements.comparing import Change
from ketenwijs.domain.agreements.frameworks import FrameworkFile, Requirement
from ketenwijs.domain.assessments.rules import MET, NOT_APPLICABLE, NOT_MET, PARTLY, Judged, verdict_of_points

CARRIED, RECOMPUTED, UNKNOWN = "carried", "recomputed", "unknown"
SHORT = (PARTLY, NOT_MET)
FACT, SCALE = "fact", "scale"


@dataclass(frozen=True)
class Before:
    """A final finding of the round; `value` is the answer as handed in, None where there is none."""

    verdict: str
    points: int | None = None
    value: Any = None


@dataclass(frozen=True)
class Mapped:
    """How a requirement of the draft would be judged: at worst and at best, and how that is known."""

    worst: Judged
    best: Judged
    how: str


@dataclass(frozen=True)
class Rule:
    """How findings reach one requirement of the draft. `most` and `most_before` are the highest numbers of points, 0 where
    none are given.
    """

    change: Change
    most: int
    most_before: int

    @property
    def requirement(self) -> Requirement:
        """The requirement of the draft."""
        return self.change.requirement

    @property
    def earlier(self) -> str:
        """The code under which the finding stands; empty for a new requirement."""
        return self.change.before.code if self.change.before is not None else ""

    @property
    def needs_answer(self) -> bool:
        """Whether the answer as handed in is looked at."""
        before, after = self.change.before, self.change.after
        if before is None or after is None or after.answer != SCALE or before.answer != SCALE:
            return False
        return after.minimum is not None and before.minimum != after.minimum


def rules_between(before: FrameworkFile, after: FrameworkFile) -> dict[str, Rule]:
    """A rule for every requirement of the draft, by its code."""
    changes = comparing.compare(before, after).changes
    return {
        one.after.code: Rule(
            one, after.most_points(one.after.code), before.most_points(one.before.code) if one.before else 0
        )
        for one in changes
        if one.after is not None
    }


def mapped(rule: Rule, finding: Before | None, facts: Mapping[str, Any]) -> Mapped:
    """What is known of one requirement of the draft for one member.

    A finding counts as it is where the requirement stayed the same. Where it became stricter, what fell short still does,
    and what was met is held against the new minimum where the answer is a value on the scale; otherwise it is unknown, as
    are the parts of a split requirement and whatever is new. Figures from the member's own data are held against their
    minimum.
    """
    verdict, how = _verdict(rule, finding, facts)
    return _with_points(rule, finding, verdict, how)


def _verdict(rule: Rule, finding: Before | None, facts: Mapping[str, Any]) -> tuple[str, str]:
    change, after = rule.change, rule.requirement
    if finding is not None and finding.verdict == NOT_APPLICABLE:
        return NOT_APPLICABLE, CARRIED
    stays = finding is not None and change.kind == comparing.SAME and _same_minimum(change)
    if stays and finding is not None:
        return finding.verdict, CARRIED
    if after.answer == FACT:
        return _from_fact(after, facts)
    if finding is None or change.kind == comparing.SPLIT:
        return "", UNKNOWN
    if rule.needs_answer and not rule.most:
        return _from_scale(change, finding)
    if rule.most and rule.most == rule.most_before and _only_minimum(change):
        return _from_points(rule, finding)
    return (finding.verdict, CARRIED) if change.asks_more and finding.verdict in SHORT else ("", UNKNOWN)


def _same_minimum(change: Change) -> bool:
    return comparing.OTHER_MINIMUM not in change.details


def _only_minimum(change: Change) -> bool:
    return comparing.OTHER_MINIMUM in change.details and comparing.OTHER_ANSWER not in change.details


def _from_fact(after: Requirement, facts: Mapping[str, Any]) -> tuple[str, str]:
    value = facts.get(after.fact)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "", UNKNOWN
    return (MET if value >= (after.minimum or 0) else NOT_MET), RECOMPUTED


def _from_scale(change: Change, finding: Before) -> tuple[str, str]:
    """A raised minimum: what fell short still does. A lowered one: what was met still is, the rest is to be looked at."""
    assert change.after is not None, "a rule has a requirement of the draft"
    least, value = change.after.minimum or 0, finding.value
    if (finding.verdict in SHORT) == change.asks_more:
        return finding.verdict, CARRIED
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "", UNKNOWN
    if change.asks_more:
        return (MET if value >= least else PARTLY if value > 0 else NOT_MET), RECOMPUTED
    return ("", UNKNOWN) if value >= least else (finding.verdict, CARRIED)


def _from_points(rule: Rule, finding: Before) -> tuple[str, str]:
    if finding.points is None:
        return "", UNKNOWN
    return verdict_of_points(finding.points, rule.most, _enough(rule)), RECOMPUTED


def _enough(rule: Rule) -> float | None:
    """From how many points a requirement is met; None where only all of them are enough (as when findings are written)."""
    after = rule.requirement
    return after.minimum if after.answer == SCALE else None


def _with_points(rule: Rule, finding: Before | None, verdict: str, how: str) -> Mapped:
    """Points stay where the same number can be had; otherwise they lie between what the verdict allows."""
    if not rule.most or verdict == NOT_APPLICABLE:
        worst = _judged(rule, verdict or NOT_MET)
        return Mapped(worst, worst if verdict else _judged(rule, MET), how)
    if finding is not None and finding.points is not None and verdict and rule.most == rule.most_before:
        one = _judged(rule, verdict, finding.points)
        return Mapped(one, one, how)
    low, high = _points_of(rule, verdict)
    worst, best = _judged(rule, verdict or NOT_MET, low), _judged(rule, verdict or MET, high)
    return Mapped(worst, best, how if low == high else UNKNOWN)


def _points_of(rule: Rule, verdict: str) -> tuple[int, int]:
    least = _enough(rule)
    enough = rule.most if least is None else min(int(-(-least // 1)), rule.most)
    allowed = {MET: (enough, rule.most), PARTLY: (min(1, enough), max(enough - 1, 0)), NOT_MET: (0, 0)}
    return allowed.get(verdict, (0, rule.most))


def _judged(rule: Rule, verdict: str, points: int | None = None) -> Judged:
    return Judged(rule.requirement.code, rule.requirement.asked_from, verdict, points)
