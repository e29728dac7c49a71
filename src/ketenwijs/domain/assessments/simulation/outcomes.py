"""The outcome of one member under a draft, at worst and at best. Pure; every intermediate result is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ketenwijs.domain.agreements.definitions import OutcomeScheme, StartValue
from ketenwijs.domain.agreements.frameworks import FrameworkFile, requirements_for
from ketenwijs.domain.agreements.rules import PLAN_ONLY
from ketenwijs.domain.assessments.instruments import instrument_for
from ketenwijs.domain.assessments.rules import NOT_MET, PARTLY, Case, Judged
from ketenwijs.domain.assessments.simulation.mapping import (
    CARRIED,
    FACT,
    RECOMPUTED,
    UNKNOWN,
    Before,
    Mapped,
    Rule,
    mapped,
    rules_between,
)

LEVEL = "level"
Value = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Member:
    """Who stood where when the round opened, and the outcome that was published: its value with its number."""

    pk: int
    name: str
    kind: str
    group: str
    membership_year: int
    level: int | None
    target: int | None
    present: Value


@dataclass(frozen=True, slots=True)
class Simulated:
    """One member under the draft: the outcome at worst and at best, and how many requirements are known how."""

    member: Member
    worst: Value
    best: Value
    carried: int
    recomputed: int
    unknown: int

    @property
    def is_sure(self) -> bool:
        """Whether what is unknown makes no difference to the outcome."""
        return self.worst[0] == self.best[0]


@dataclass
class Asked:
    """For one requirement of the draft: of how many members it is asked, how it is known, and how many fall short."""

    asked: int = 0
    known: dict[str, int] = field(default_factory=lambda: dict.fromkeys((CARRIED, RECOMPUTED, UNKNOWN), 0))
    short: int = 0


Steps = tuple[str, str, bool, str, Rule]
"""A requirement's code, the earlier code, whether the answer is read, the figure it shows, and the rule itself."""


class _Counted:
    """A mapped requirement with how often it came out like this."""

    __slots__ = ("best", "how", "times", "worst")

    def __init__(self, one: Mapped) -> None:
        self.worst, self.best, self.how, self.times = one.worst, one.best, one.how, 0


def _steps(rule: Rule) -> Steps:
    one = rule.requirement
    return one.code, rule.earlier, rule.needs_answer, one.fact if one.answer == FACT else "", rule


def _plain(value: Any) -> int | float | str | None:
    """A number or word; None for anything else, true and false among them."""
    return value if isinstance(value, int | float | str) and not isinstance(value, bool) else None


class Simulator:
    """Works out members one by one. `was` is how outcomes of the round itself are expressed, when not as in the draft.

    `fresh` leaves the level held now aside: what would the findings give by themselves?
    """

    def __init__(
        self,
        before: FrameworkFile,
        after: FrameworkFile,
        scheme: OutcomeScheme,
        *,
        was: OutcomeScheme | None = None,
        start: StartValue | None = None,
        fresh: bool = False,
    ) -> None:
        self.before, self.after, self.scheme, self.was = before, after, scheme, was or scheme
        self.start, self.fresh = start, fresh
        self.rules = rules_between(before, after)
        self._instrument = instrument_for(after)
        self._conditions = sorted({name for one in after.requirements if one.when for name in one.when.facts()})
        self._applying: dict[tuple[Any, ...], tuple[Steps, ...]] = {}
        self._mapped: dict[tuple[Any, ...], _Counted] = {}

    @cached_property
    def answers_needed(self) -> list[str]:
        """Earlier codes of the requirements whose answers as handed in are looked at."""
        return sorted({rule.earlier for rule in self.rules.values() if rule.needs_answer})

    @property
    def needs_facts(self) -> bool:
        """Whether figures from the members' own data are looked at."""
        return bool(self._conditions) or any(rule.requirement.answer == FACT for rule in self.rules.values())

    def work_out(
        self,
        member: Member,
        findings: Mapping[str, tuple[str, int | None]],
        answers: Mapping[str, Any],
        facts: Mapping[str, Any],
    ) -> Simulated:
        """One member, from the final verdict and points per requirement, and the values of answers and figures as handed
        in.
        """
        number, held = self._standing(member)
        worst: list[Judged] = []
        best: list[Judged] = []
        known = {CARRIED: 0, RECOMPUTED: 0, UNKNOWN: 0}
        is_open = False
        for code, earlier, reads, fact, rule in self._asked_of(member.kind, number, facts):
            found = findings.get(earlier)
            value = _plain(answers.get(earlier)) if reads else None
            key = (code, found, value, _plain(facts.get(fact)) if fact else None)
            one = self._mapped.get(key)
            if one is None:
                before = Before(found[0], found[1], value) if found is not None else None
                one = self._mapped[key] = _Counted(mapped(rule, before, facts))
            one.times += 1
            worst.append(one.worst)
            best.append(one.best)
            known[one.how] += 1
            is_open |= one.worst is not one.best
        at_worst = self._outcome(member, worst, number, held)
        at_best = self._outcome(member, best, number, held) if is_open else at_worst
        return Simulated(member, at_worst, at_best, known[CARRIED], known[RECOMPUTED], known[UNKNOWN])

    @property
    def asked(self) -> dict[str, Asked]:
        """Per requirement of the draft what was worked out so far."""
        found = {one.code: Asked() for one in self.after.requirements}
        for one in self._mapped.values():
            counted = found[one.worst.requirement]
            counted.asked += one.times
            counted.known[one.how] += one.times
            counted.short += one.times * (one.best.verdict in (PARTLY, NOT_MET))
        return found

    def _asked_of(self, kind: str, number: int, facts: Mapping[str, Any]) -> tuple[Steps, ...]:
        key = (kind, number, *(str(facts.get(name)) for name in self._conditions))
        if key not in self._applying:
            asked = requirements_for(self.after, report=kind, number=number, facts=facts)
            self._applying[key] = tuple(_steps(self.rules[one.requirement.code]) for one in asked)
        return self._applying[key]

    def _standing(self, member: Member) -> tuple[int, int | None]:
        """The year or level judged under the draft, and the level held: as when a round opens."""
        if self.scheme.kind != LEVEL:
            judged = member.membership_year if self.was.kind == LEVEL else (member.target or member.membership_year)
            return max(judged, 1), None
        if self.fresh:
            return self.scheme.highest, None
        counted = member.present[1] if self.start is not None else None
        held = member.level if self.was.code == self.scheme.code else counted
        held = min(held, self.scheme.highest) if held is not None else None
        if member.kind == PLAN_ONLY:
            return max(held or 0, 1), held
        return min((held or 0) + 1, self.scheme.highest), held

    def _outcome(self, member: Member, judged: list[Judged], number: int, held: int | None) -> Value:
        case = Case(self.after, self.scheme, tuple(judged), member.kind, number, held, member.group)
        proposal = self._instrument.propose(case)
        return proposal.value, self._instrument.number_for(case, proposal.value, proposal) if proposal.value else None
