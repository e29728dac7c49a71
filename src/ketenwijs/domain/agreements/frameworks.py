"""Assessment frameworks: their shape, and which requirements apply to whom, with the reason. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from ketenwijs.domain.agreements.definitions import Shape
from ketenwijs.domain.agreements.instruments import (
    INDICATOR_TREE,
    REQUIREMENT_LIST,
    SELF_ASSESSMENT,
    SIZE,
    WEIGHTED_SCORE,
    IndicatorTree,
    Instrument,
    MainIndicator,
    RequirementList,
    SelfAssessment,
    WeightedScore,
)
from ketenwijs.domain.agreements.rules import FULL, ORIGIN_ONLY, PLAN_ONLY, Reason
from ketenwijs.foundation.content.conditions import Condition, evaluate
from ketenwijs.foundation.content.texts import Texts

__all__ = [
    "INDICATOR_TREE",
    "REQUIREMENT_LIST",
    "SELF_ASSESSMENT",
    "SIZE",
    "WEIGHTED_SCORE",
    "Asked",
    "FrameworkFile",
    "IndicatorTree",
    "Instrument",
    "MainIndicator",
    "Requirement",
    "RequirementList",
    "RubricLevel",
    "SameAs",
    "SelfAssessment",
    "Step",
    "SubStep",
    "WeightedScore",
    "continued_from",
    "requirements_for",
]


class RubricLevel(Shape):
    """One value of the answer scale."""

    value: int
    name: Texts


class SubStep(Shape):
    """A sub-step of the due-diligence guidance."""

    code: str
    name: Texts
    question: Texts


class Step(Shape):
    """A step of the due-diligence guidance."""

    code: str
    name: Texts
    substeps: tuple[SubStep, ...]


class SameAs(Shape):
    """The requirement of an earlier edition that this one continues, and how it changed."""

    requirement: str
    change: Literal["same", "stricter", "split"]


class Requirement(Shape):
    """One thing that is asked. `asked_from` is the membership year or level from which it counts.

    `minimum` is the lowest value on the answer scale that meets it, or the lowest share for a fact. `plan`
    marks what is also judged in a plan-only year, `origin` what a member that only states origins is asked.
    `shared` is the code under which other agreements ask the same: a firm in both answers once.
    """

    code: str
    substep: str
    title: Texts
    evidence: Texts | None = None
    why: Texts | None = None
    answer: Literal["scale", "yes_no", "text", "number", "fact"]
    fact: str = ""
    asked_from: int
    minimum: float | None = None
    plan: bool = False
    origin: bool = False
    when: Condition | None = None
    same_as: SameAs | None = None
    shared: str = ""

    @property
    def step(self) -> str:
        """The step it belongs to: the first part of the sub-step's number."""
        return self.substep.split(".")[0]


class FrameworkFile(Shape):
    """`agreements/<slug>/framework-*.yaml`

    `parts` are the codes of what is handed in each year; empty: everything there is. `instrument` says how an outcome
    comes about; left out, requirements are judged one by one.
    """

    identifier: str
    version: str
    agreement: str
    term: str
    name: Texts
    example: bool
    note: Texts
    scheme: str
    replaces: str = ""
    dropped: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    instrument: Instrument = Field(default_factory=RequirementList)
    rubric: tuple[RubricLevel, ...]
    steps: tuple[Step, ...]
    requirements: tuple[Requirement, ...]

    @property
    def is_private(self) -> bool:
        """Whether only totals of the answers may be seen by anybody but the member itself."""
        return self.instrument.family == SELF_ASSESSMENT

    def most_points(self, code: str) -> int:
        """The highest number of points of a requirement; 0 for an instrument without points."""
        if not isinstance(self.instrument, WeightedScore):
            return 0
        return self.instrument.most_of(code, max(one.value for one in self.rubric))

    def requirement(self, code: str) -> Requirement | None:
        """One requirement by its permanent code."""
        return next((one for one in self.requirements if one.code == code), None)


@dataclass(frozen=True)
class Asked:
    """A requirement that applies, and the structured reasons why."""

    requirement: Requirement
    because: tuple[Reason, ...]


def requirements_for(framework: FrameworkFile, *, report: str, number: int, facts: Mapping[str, Any]) -> list[Asked]:
    """What applies to a member in a year, in the framework's order.

    `report` is the duty of the year (full, plan_only, origin_only), `number` the membership year or level
    judged.
    """
    chosen = []
    for one in framework.requirements:
        reasons = _reasons(one, report, number, facts)
        if reasons is not None:
            chosen.append(Asked(one, tuple(reasons)))
    return chosen


def _reasons(one: Requirement, report: str, number: int, facts: Mapping[str, Any]) -> list[Reason] | None:
    in_scope = {FULL: True, PLAN_ONLY: one.plan, ORIGIN_ONLY: one.origin}.get(report, False)
    if not in_scope or one.asked_from > number:
        return None
    reasons = [
        Reason("asked_from", {"from": one.asked_from, "number": number}),
        Reason("report", {"report": report}),
    ]
    if one.when is not None:
        outcome = evaluate(one.when, facts)
        if not outcome.holds:
            return None
        reasons += [Reason("fact", {"fact": b.fact, "value": b.value, "wanted": b.wanted}) for b in outcome.because]
    return reasons


def continued_from(requirement: Requirement, earlier: Mapping[str, Any]) -> str | None:
    """The code under which an earlier year's answers or findings hold this requirement; None when it is
    new.
    """
    if requirement.code in earlier:
        return requirement.code
    if requirement.same_as is not None and requirement.same_as.requirement in earlier:
        return requirement.same_as.requirement
    return None
