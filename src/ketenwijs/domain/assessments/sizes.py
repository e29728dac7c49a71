"""Which size figure a dossier asks for: the framework's name and unit for it, and the reference date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ketenwijs.domain.agreements.frameworks import IndicatorTree
from ketenwijs.domain.agreements.selectors import definition_of, report_years
from ketenwijs.domain.assessments.models import Dossier, Round
from ketenwijs.domain.assessments.requirements import framework_of_dossier
from ketenwijs.foundation.content.texts import Texts


@dataclass(frozen=True)
class SizeAsked:
    """The size figure of a report year, as the screen needs it."""

    name: Texts
    unit: str
    note: Texts | None
    on: date


def size_asked(dossier: Dossier) -> SizeAsked | None:
    """What size figure is asked of a dossier, or None."""
    block = framework_of_dossier(dossier).instrument
    if not isinstance(block, IndicatorTree) or block.size is None or not block.measures_size:
        return None
    return SizeAsked(block.size.name, block.size.unit, block.size.note, reference_date(dossier.round, block))


def reference_date(round_: Round, block: IndicatorTree) -> date:
    """The day the round's report year is measured on."""
    years = {one.code: one for one in report_years(round_.agreement)}
    year = years.get(round_.year)
    last_day = year.ends_on if year is not None else definition_of(round_.agreement).term(round_.term).last_day
    return block.reference_date(round_.year, last_day)
