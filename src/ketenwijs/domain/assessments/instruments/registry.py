"""The four instruments by family; an edition names its own."""

from __future__ import annotations

from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.assessments.instruments.indicator_tree import IndicatorTreeInstrument
from ketenwijs.domain.assessments.instruments.interface import Instrument
from ketenwijs.domain.assessments.instruments.requirement_list import RequirementListInstrument
from ketenwijs.domain.assessments.instruments.self_assessment import SelfAssessmentInstrument
from ketenwijs.domain.assessments.instruments.weighted_score import WeightedScoreInstrument

FAMILIES: tuple[Instrument, ...] = (
    RequirementListInstrument(),
    WeightedScoreInstrument(),
    IndicatorTreeInstrument(),
    SelfAssessmentInstrument(),
)
INSTRUMENTS: dict[str, Instrument] = {one.family: one for one in FAMILIES}


def instrument_for(framework: FrameworkFile) -> Instrument:
    """The instrument an edition of a framework is judged with."""
    return INSTRUMENTS[framework.instrument.family]
