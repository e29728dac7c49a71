"""Conditions as structured data: evaluated, explained, and checked; never free formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

COMPARISONS = ("eq", "gte", "lte", "one_of")


class Condition(BaseModel):
    """Either a comparison of one fact (`fact` with one of eq, gte, lte, one_of) or `all` / `any` / `not` of conditions."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    fact: str = ""
    eq: str | int | bool | None = None
    gte: int | float | None = None
    lte: int | float | None = None
    one_of: tuple[str | int, ...] = ()
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    negated: Condition | None = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _one_shape(self) -> Condition:
        compared = [name for name in COMPARISONS if getattr(self, name) not in (None, ())]
        combined = [name for name in ("all", "any", "negated") if getattr(self, name)]
        if self.fact and (len(compared) != 1 or combined):
            raise ValueError("a fact needs exactly one of eq, gte, lte, one_of")
        if not self.fact and (compared or len(combined) != 1):
            raise ValueError("give a fact with a comparison, or exactly one of all, any, not")
        return self

    def facts(self) -> Iterator[str]:
        """Every fact this condition looks at."""
        if self.fact:
            yield self.fact
        for part in (*self.all, *self.any, *([self.negated] if self.negated else [])):
            yield from part.facts()


@dataclass(frozen=True)
class Because:
    """One comparison that decided, with the fact's value then; a screen puts it into words."""

    fact: str
    value: Any
    comparison: str
    wanted: Any
    holds: bool


@dataclass(frozen=True)
class Outcome:
    """Whether a condition holds, and the comparisons that made it so."""

    holds: bool
    because: tuple[Because, ...]


def evaluate(condition: Condition, facts: Mapping[str, Any]) -> Outcome:
    """Weigh a condition against facts. An unknown fact (absent or None) makes its comparison false, never an error."""
    if condition.fact:
        one = _compare(condition, facts.get(condition.fact))
        return Outcome(one.holds, (one,))
    if condition.negated is not None:
        inner = evaluate(condition.negated, facts)
        return Outcome(not inner.holds, inner.because)
    parts = [evaluate(part, facts) for part in condition.all or condition.any]
    holds = all(part.holds for part in parts) if condition.all else any(part.holds for part in parts)
    return Outcome(holds, tuple(one for part in parts if part.holds == holds for one in part.because))


def _compare(condition: Condition, value: Any) -> Because:
    comparison = next(name for name in COMPARISONS if getattr(condition, name) not in (None, ()))
    wanted = getattr(condition, comparison)
    if value is None:
        return Because(condition.fact, None, comparison, wanted, False)
    holds = {
        "eq": lambda: value == wanted,
        "gte": lambda: value >= wanted,
        "lte": lambda: value <= wanted,
        "one_of": lambda: value in wanted,
    }[comparison]()
    return Because(condition.fact, value, comparison, wanted, bool(holds))
