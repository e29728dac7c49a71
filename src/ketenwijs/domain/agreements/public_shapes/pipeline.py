"""Public copy of the policy pipeline: sectors with their stage over time, targets, events and contested counts."""

from __future__ import annotations

from datetime import date

from ketenwijs.domain.agreements.public_shapes.shapes import Payload, PublicNamed, Words


class PublicMoment(Payload):
    """Where a sector stood as of a day, as a source tells; `agreement` is the slug the moment is about."""

    on: date
    precision: str
    stage: str
    tells: Words
    agreement: str
    source: str


class PublicSector(PublicNamed):
    """A sector, or a branch of the sector `part_of`; `listed`: the risk analysis names it."""

    part_of: str
    listed: bool
    agreements: list[str]
    moments: list[PublicMoment]
    source: str


class PublicEvent(Payload):
    """A moment of the policy as a whole."""

    code: str
    on: date
    precision: str
    tells: Words
    source: str


class PublicTarget(Payload):
    """How many agreements were wanted by a day."""

    code: str
    number: int
    by: date
    precision: str
    tells: Words
    source: str


class PublicClaim(Payload):
    """A number that a source claims, against what is counted here, with the reading chosen and by whom."""

    code: str
    claimed: int
    counted: int
    tells: Words
    reading: Words
    decided_by: str
    sources: list[str]


class PublicPipeline(Payload):
    """Key: `policy`."""

    name: Words
    note: Words
    sectors: list[PublicSector]
    events: list[PublicEvent]
    targets: list[PublicTarget]
    claims: list[PublicClaim]
    edition: str
