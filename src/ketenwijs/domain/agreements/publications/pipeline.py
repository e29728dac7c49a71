"""The public copy of the policy pipeline."""

from __future__ import annotations

from ketenwijs.domain.agreements.definitions import PipelineFile, Sector
from ketenwijs.domain.agreements.public_shapes import (
    PublicClaim,
    PublicEvent,
    PublicMoment,
    PublicPipeline,
    PublicSector,
    PublicTarget,
)
from ketenwijs.domain.agreements.publications.names import in_words


def pipeline_payload(file: PipelineFile) -> PublicPipeline:
    """What the public site says about sectors, targets and counts: a copy of the content."""
    return PublicPipeline(
        name=in_words(file.name),
        note=in_words(file.note),
        sectors=[_sector(one) for one in file.sectors],
        events=[
            PublicEvent(code=one.code, on=one.on, precision=one.precision, tells=in_words(one.tells), source=one.source)
            for one in file.events
        ],
        targets=[
            PublicTarget(
                code=one.code,
                number=one.number,
                by=one.by,
                precision=one.precision,
                tells=in_words(one.tells),
                source=one.source,
            )
            for one in file.targets
        ],
        claims=[
            PublicClaim(
                code=one.code,
                claimed=one.claimed,
                counted=one.counted,
                tells=in_words(one.tells),
                reading=in_words(one.reading),
                decided_by=one.decided_by,
                sources=list(one.sources),
            )
            for one in file.claims
        ],
        edition=file.version,
    )


def _sector(sector: Sector) -> PublicSector:
    return PublicSector(
        code=sector.code,
        name=in_words(sector.name),
        part_of=sector.part_of,
        listed=sector.listed,
        agreements=list(sector.agreements),
        moments=[
            PublicMoment(
                on=one.on,
                precision=one.precision,
                stage=one.stage,
                tells=in_words(one.tells),
                agreement=one.agreement,
                source=one.source,
            )
            for one in sector.moments
        ],
        source=sector.source,
    )
