"""The four instrument families behind one interface; the agreement's content says which one judges."""

from ketenwijs.domain.assessments.instruments.dossiers import (
    case_of,
    instrument_of,
    outcome_choices,
    outcome_label,
    proposal_for,
    scheme_of,
    states_offered,
)
from ketenwijs.domain.assessments.instruments.interface import Instrument
from ketenwijs.domain.assessments.instruments.registry import INSTRUMENTS, instrument_for

__all__ = [
    "INSTRUMENTS",
    "Instrument",
    "case_of",
    "instrument_for",
    "instrument_of",
    "outcome_choices",
    "outcome_label",
    "proposal_for",
    "scheme_of",
    "states_offered",
]
