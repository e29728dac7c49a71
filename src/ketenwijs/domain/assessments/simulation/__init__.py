"""Outcomes of a finished round under a draft edition: nothing is stored or published, and what is unknown stays a range."""

from ketenwijs.domain.assessments.simulation.draft import Draft, draft_of, editions_to_try
from ketenwijs.domain.assessments.simulation.reading import Simulation, may_simulate, simulate
from ketenwijs.domain.assessments.simulation.tables import Tables, export_lines, tables_of

__all__ = [
    "Draft",
    "Simulation",
    "Tables",
    "draft_of",
    "editions_to_try",
    "export_lines",
    "may_simulate",
    "simulate",
    "tables_of",
]
