"""Outcomes from findings: pure functions by family, so that an old outcome can be recomputed to the last digit."""

from ketenwijs.domain.assessments.rules.indicators import (
    Participant,
    Share,
    declared_verdict,
    main_lines,
    propose_indicators,
    shares_of,
)
from ketenwijs.domain.assessments.rules.judged import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    Case,
    Judged,
    Line,
    Proposal,
    checksum_of,
    counted,
    falls_short,
)
from ketenwijs.domain.assessments.rules.lists import propose_grade, propose_level
from ketenwijs.domain.assessments.rules.scores import (
    Average,
    Place,
    average_of,
    propose_score,
    tenths,
    verdict_of_points,
    weighted,
)
from ketenwijs.domain.assessments.rules.totals import TOGETHER, Tally, shown_groups, tally

__all__ = [
    "MET",
    "NOT_APPLICABLE",
    "NOT_MET",
    "PARTLY",
    "TOGETHER",
    "Average",
    "Case",
    "Judged",
    "Line",
    "Participant",
    "Place",
    "Proposal",
    "Share",
    "Tally",
    "average_of",
    "checksum_of",
    "counted",
    "declared_verdict",
    "falls_short",
    "main_lines",
    "propose_grade",
    "propose_indicators",
    "propose_level",
    "propose_score",
    "shares_of",
    "shown_groups",
    "tally",
    "tenths",
    "verdict_of_points",
    "weighted",
]
