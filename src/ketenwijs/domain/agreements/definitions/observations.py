"""Shape of `observations.yaml`: dated figures with their sources, and those that cannot all be true."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from ketenwijs.domain.agreements.definitions.shapes import Named, Precision, Shape
from ketenwijs.foundation.content.texts import Texts


class ObservedFigure(Shape):
    """One dated figure with population, source and confidence. `value` null with `value_text` for words
    ("no round").
    """

    code: str
    indicator: str
    value: Decimal | None = None
    value_text: Texts | None = None
    unit: str
    population: Texts
    year: str = ""
    on: date | None = None
    precision: Precision = "day"
    source: str
    confidence: Literal["published", "news", "seed", "derived"]
    part_of: str = ""
    note: Texts | None = None


class FigureConflict(Shape):
    """Figures that cannot all be true, and the reading that is printed with a footnote."""

    code: str
    figures: tuple[str, ...] = Field(min_length=1)
    kept: str = ""
    reading: Texts
    decided_by: str


class ObservationsFile(Shape):
    """`agreements/<slug>/observations.yaml`"""

    identifier: str
    version: str
    agreement: str
    indicators: tuple[Named, ...]
    figures: tuple[ObservedFigure, ...]
    conflicts: tuple[FigureConflict, ...] = ()
