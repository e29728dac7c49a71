"""Answers with advice at once; nobody is judged, only totals are used."""

from __future__ import annotations

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.frameworks import SELF_ASSESSMENT
from ketenwijs.domain.assessments.rules import Case, Proposal

NOBODY_JUDGES = "nobody_judges"


class SelfAssessmentInstrument:
    """No findings and no outcome: whoever handed in is done."""

    family = SELF_ASSESSMENT
    is_judged = False
    has_points = False

    def propose(self, case: Case) -> Proposal:
        """Nothing is ever proposed."""
        return Proposal("", None, because=NOBODY_JUDGES)

    def number_for(self, case: Case, value: str, proposal: Proposal) -> int | None:
        """There is no outcome to number."""
        return None

    def label(self, scheme: OutcomeScheme, value: str, number: int | None) -> str:
        """There is no outcome to name."""
        return ""
