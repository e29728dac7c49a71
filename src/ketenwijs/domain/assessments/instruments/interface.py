"""What the four instruments have in common: findings in, a proposal out, and how the outcome is numbered and read."""

from __future__ import annotations

from typing import Protocol

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.assessments.rules import Case, Proposal


class Instrument(Protocol):
    """One family. `is_judged`: there are findings, a hearing and an outcome; `has_points`: findings carry points."""

    family: str
    is_judged: bool
    has_points: bool

    def propose(self, case: Case) -> Proposal:
        """What the rule proposes; pure. People decide, always."""
        ...

    def number_for(self, case: Case, value: str, proposal: Proposal) -> int | None:
        """The number kept with a decided outcome: level, year judged, per cent, or main indicators that count."""
        ...

    def label(self, scheme: OutcomeScheme, value: str, number: int | None) -> str:
        """How an outcome reads in the active language."""
        ...


def name_of(scheme: OutcomeScheme, value: str) -> str:
    """The name of an outcome in the active language; its code where the scheme does not know it (any more)."""
    return next((str(one.name) for one in scheme.outcomes if one.code == value), value)
