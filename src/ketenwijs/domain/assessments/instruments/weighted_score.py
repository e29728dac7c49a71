"""Points per requirement, weighed by step, against a mark that rises with the years of membership or stays."""

from __future__ import annotations

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.frameworks import WEIGHTED_SCORE, WeightedScore
from ketenwijs.domain.assessments.instruments.interface import name_of
from ketenwijs.domain.assessments.rules import Case, Place, Proposal, propose_score


class WeightedScoreInstrument:
    """Enough or not yet, with the score in whole per cent."""

    family = WEIGHTED_SCORE
    is_judged = True
    has_points = True

    def propose(self, case: Case) -> Proposal:
        """The score against the mark of the year judged."""
        block = case.framework.instrument
        assert isinstance(block, WeightedScore)
        places = {
            one.code: Place(one.step, case.framework.most_points(one.code)) for one in case.framework.requirements
        }
        return propose_score(
            case.judged,
            places=places,
            weights={one.step: one.percent for one in block.weights},
            mark=block.pass_mark(case.number),
            best=case.scheme.best,
            under_way=case.scheme.under_way,
        )

    def number_for(self, case: Case, value: str, proposal: Proposal) -> int | None:
        """The score in whole per cent, rounded down, whatever people decided."""
        return proposal.number

    def label(self, scheme: OutcomeScheme, value: str, number: int | None) -> str:
        """The outcome with its score."""
        name = name_of(scheme, value)
        return name if number is None else f"{name} ({number} %)"
