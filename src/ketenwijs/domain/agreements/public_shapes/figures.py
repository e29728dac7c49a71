"""Public copies of dated figures and of the conflicts between them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ketenwijs.domain.agreements.public_shapes.shapes import Payload, PublicNamed, Words


class PublicFigure(Payload):
    """One dated figure with everything needed to judge it; `precision` says how exact `reference_date` is."""

    identifier: str
    indicator: str
    value: Decimal | None
    value_text: Words
    unit: str
    population: Words
    report_year: str
    reference_date: date | None
    precision: str = "day"
    source: str
    confidence: str
    part_of: str
    note: Words


class PublicConflict(Payload):
    """Figures that cannot all be true, the one kept, and the footnote that is printed."""

    identifier: str
    figures: list[str]
    kept: str
    reading: Words
    decided_by: str


class PublicFigures(Payload):
    """Key: the slug."""

    agreement: str
    indicators: list[PublicNamed]
    figures: list[PublicFigure]
    conflicts: list[PublicConflict]
