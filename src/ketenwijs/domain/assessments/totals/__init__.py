"""What a round adds up to, for staff: per family of instrument, with small numbers held back."""

from ketenwijs.domain.assessments.totals.answers import AnswerTotals, answer_totals
from ketenwijs.domain.assessments.totals.indicators import IndicatorTotals, indicator_totals
from ketenwijs.domain.assessments.totals.scores import ScoreTotals, score_totals

__all__ = [
    "AnswerTotals",
    "IndicatorTotals",
    "ScoreTotals",
    "answer_totals",
    "indicator_totals",
    "score_totals",
]
