"""The public copy of an agreement's dated figures with their conflicts."""

from __future__ import annotations

from ketenwijs.domain.agreements import packages, selectors
from ketenwijs.domain.agreements.models import Agreement, Observation
from ketenwijs.domain.agreements.public_shapes import PublicConflict, PublicFigure, PublicFigures
from ketenwijs.domain.agreements.publications.names import named


def figures_payload(agreement: Agreement) -> PublicFigures:
    """All dated figures with their conflicts, as stored."""
    package = packages.observations(agreement.slug)
    return PublicFigures(
        agreement=agreement.slug,
        indicators=named(package.indicators) if package else [],
        figures=[_figure(one) for one in selectors.observations_of(agreement)],
        conflicts=[
            PublicConflict(
                identifier=one.identifier,
                figures=[figure.identifier for figure in one.observations.all()],
                kept=one.kept.identifier if one.kept else "",
                reading=one.reading,
                decided_by=one.decided_by,
            )
            for one in selectors.conflicts_of(agreement)
        ],
    )


def _figure(one: Observation) -> PublicFigure:
    return PublicFigure(
        identifier=one.identifier,
        indicator=one.indicator,
        value=one.value,
        value_text=one.value_text,
        unit=one.unit,
        population=one.population,
        report_year=one.report_year,
        reference_date=one.reference_date,
        precision=one.precision,
        source=one.source,
        confidence=one.confidence,
        part_of=one.part_of,
        note=one.note,
    )
