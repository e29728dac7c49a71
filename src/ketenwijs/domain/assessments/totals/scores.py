"""Scores of a round: the mean against the target, and how many reached the mark of their year."""

from __future__ import annotations

from dataclasses import dataclass

from ketenwijs.domain.agreements.frameworks import WeightedScore
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments.models import Outcome, Round
from ketenwijs.domain.assessments.requirements import framework_of_round
from ketenwijs.domain.assessments.rules import Average, average_of
from ketenwijs.domain.assessments.totals.grouping import JUDGED, minimum_of


@dataclass(frozen=True)
class ScoreRow:
    """All participants, or those judged on one mark."""

    year: int | None
    wanted: float | None
    average: Average


@dataclass(frozen=True)
class ScoreTotals:
    """Mean and number that reached the mark: over all, and per membership year where the mark rises."""

    round: Round
    minimum: int
    in_round: int
    rows: list[ScoreRow]

    @property
    def is_shown(self) -> bool:
        """Whether there are enough participants to show anything."""
        return self.rows[0].average.base >= max(self.minimum, 1)


def score_totals(round_: Round) -> ScoreTotals:
    """The scores of the outcomes that a second person confirmed. Years with too few participants are left out, and then
    all years, so that none can be worked out.
    """
    framework = framework_of_round(round_)
    assert framework is not None
    assert isinstance(framework.instrument, WeightedScore)
    block, minimum = framework.instrument, minimum_of(round_)
    best = definition_of(round_.agreement).scheme(framework.scheme).best
    scores: dict[int, list[tuple[float, bool]]] = {}
    running = Outcome.objects.filter(dossier__round=round_, dossier__state__in=JUDGED, superseded_by=None)
    for proposal, value, year in running.values_list("proposal", "value", "dossier__target_level"):
        if proposal.get("percent") is not None:
            scores.setdefault(year or 1, []).append((proposal["percent"], value == best))
    every = [one for listed in scores.values() for one in listed]
    rows = [ScoreRow(None, block.target, average_of(every))]
    if block.target is None and all(len(listed) >= minimum for listed in scores.values()):
        rows += [ScoreRow(year, block.pass_mark(year), average_of(scores[year])) for year in sorted(scores)]
    return ScoreTotals(round_, minimum, round_.dossiers.count(), rows)
