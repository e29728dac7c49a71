"""Main and sub-indicators at a reference date; a main counts only when all its parts do."""

from __future__ import annotations

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.frameworks import INDICATOR_TREE, IndicatorTree
from ketenwijs.domain.assessments.instruments.interface import name_of
from ketenwijs.domain.assessments.rules import Case, Proposal, propose_indicators


class IndicatorTreeInstrument:
    """All main indicators, or not yet all, with how many count."""

    family = INDICATOR_TREE
    is_judged = True
    has_points = False

    def propose(self, case: Case) -> Proposal:
        """Which main indicators count for this participant."""
        block = case.framework.instrument
        assert isinstance(block, IndicatorTree)
        return propose_indicators(
            case.judged,
            mains={one.code: one.parts for one in block.mains},
            best=case.scheme.best,
            under_way=case.scheme.under_way,
        )

    def number_for(self, case: Case, value: str, proposal: Proposal) -> int | None:
        """How many main indicators count."""
        return proposal.number

    def label(self, scheme: OutcomeScheme, value: str, number: int | None) -> str:
        """The outcome with how many main indicators count."""
        name = name_of(scheme, value)
        return name if number is None else f"{name} ({number} {scheme.number_means})"
