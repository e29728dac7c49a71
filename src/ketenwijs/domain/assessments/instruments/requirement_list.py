"""Requirements judged one by one, giving a grade for the year judged or a level."""

from __future__ import annotations

from dataclasses import replace

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.frameworks import REQUIREMENT_LIST
from ketenwijs.domain.agreements.rules import PLAN_ONLY
from ketenwijs.domain.assessments.instruments.interface import name_of
from ketenwijs.domain.assessments.rules import Case, Proposal, propose_grade, propose_level

LEVEL = "level"


class RequirementListInstrument:
    """Everything met gives the best grade, or the next level; what the scheme's kind says decides which of the two."""

    family = REQUIREMENT_LIST
    is_judged = True
    has_points = False

    def propose(self, case: Case) -> Proposal:
        """Level or grade by the kind of the scheme."""
        return _level(case) if case.scheme.kind == LEVEL else _grade(case)

    def number_for(self, case: Case, value: str, proposal: Proposal) -> int | None:
        """The level's own number, or the year judged."""
        own = next((one.number for one in case.scheme.outcomes if one.code == value), None)
        return own if case.scheme.kind == LEVEL else case.number

    def label(self, scheme: OutcomeScheme, value: str, number: int | None) -> str:
        """ "level 3", or the colour with the year it is about."""
        name = name_of(scheme, value)
        return f"{name} {number}" if scheme.kind != LEVEL and number else name


def _grade(case: Case) -> Proposal:
    return propose_grade(case.judged, number=case.number, best=case.scheme.best, under_way=case.scheme.under_way)


def _level(case: Case) -> Proposal:
    """The rule counts levels; the agreement's content names each with a code of its own."""
    scheme = case.scheme
    proposal = propose_level(
        case.judged,
        held=case.held,
        highest=scheme.highest,
        may_skip=bool(scheme.may_skip and scheme.may_skip.value),
        may_fall_back=bool(scheme.may_fall_back and scheme.may_fall_back.value),
        plan_only=case.report == PLAN_ONLY,
    )
    if proposal.number is None:
        return proposal
    return replace(proposal, value=next(one.code for one in scheme.outcomes if one.number == proposal.number))
