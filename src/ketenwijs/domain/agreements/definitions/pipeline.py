"""Shape of `policy/pipeline.yaml`: sectors of the risk analysis with their stage over time, and the target."""

from __future__ import annotations

from datetime import date

from ketenwijs.domain.agreements.definitions.description import Stage
from ketenwijs.domain.agreements.definitions.shapes import Named, Precision, Shape
from ketenwijs.foundation.content.texts import Texts


class StageMoment(Shape):
    """Where a sector stood as of a day, as a source tells."""

    on: date
    precision: Precision = "day"
    stage: Stage
    tells: Texts | None = None
    agreement: str = ""
    source: str


class Sector(Named):
    """A sector or sub-sector; `part_of` names the sector it is a branch of, `listed` whether the risk analysis names it.

    Stages belong to sub-sectors where the sources tell them apart (seed-discrepancies.md A5).
    """

    part_of: str = ""
    listed: bool = False
    agreements: tuple[str, ...] = ()
    moments: tuple[StageMoment, ...] = ()
    source: str


class PolicyEvent(Shape):
    """A moment of the policy as a whole: an advice, an analysis, an evaluation, a note."""

    code: str
    on: date
    precision: Precision = "day"
    tells: Texts
    source: str


class PolicyTarget(Shape):
    """How many agreements were wanted by a day; goals that moved are each kept."""

    code: str
    number: int
    by: date
    precision: Precision = "day"
    tells: Texts
    source: str


class ClaimedNumber(Shape):
    """A number that a source claims, against what can be counted here, with the reading chosen."""

    code: str
    claimed: int
    counted: int
    tells: Texts
    reading: Texts
    decided_by: str
    sources: tuple[str, ...]


class PipelineFile(Shape):
    """`policy/pipeline.yaml`"""

    identifier: str
    version: str
    name: Texts
    note: Texts
    sectors: tuple[Sector, ...]
    events: tuple[PolicyEvent, ...] = ()
    targets: tuple[PolicyTarget, ...] = ()
    claims: tuple[ClaimedNumber, ...] = ()
