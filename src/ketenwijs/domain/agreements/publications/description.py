"""The parts of an agreement's public copy that describe it beside its rounds."""

from __future__ import annotations

from typing import Any

from ketenwijs.domain.agreements.definitions import AgreementFile, Document, Fee, Instrument, LifeEvent, Project
from ketenwijs.domain.agreements.public_shapes import (
    PublicBody,
    PublicDocument,
    PublicFee,
    PublicInstrument,
    PublicKind,
    PublicLifeEvent,
    PublicOutputRule,
    PublicProject,
    PublicSupporter,
    PublicTrack,
)
from ketenwijs.domain.agreements.publications.names import in_words


def described(definition: AgreementFile) -> dict[str, Any]:
    """Supporters, bodies, instrument, projects, documents and life, by field of the public copy."""
    output = definition.public_output
    return {
        "supporters": [
            PublicSupporter(name=one.name, role=in_words(one.role), terms=list(one.terms), source=one.source)
            for one in definition.supporters
        ],
        "bodies": [
            PublicBody(
                code=one.code, name=in_words(one.name), kind=one.kind, tells=in_words(one.tells), source=one.source
            )
            for one in definition.bodies
        ],
        "participant_kinds": [
            PublicKind(code=one.code, name=in_words(one.name), source=one.source)
            for one in definition.participant_kinds
        ],
        "tracks": [
            PublicTrack(code=one.code, name=in_words(one.name), meaning=in_words(one.meaning), source=one.source)
            for one in definition.tracks
        ],
        "instrument": _instrument(definition.instrument) if definition.instrument else None,
        "public_output": (
            PublicOutputRule(per=output.per, tells=in_words(output.tells), source=output.source) if output else None
        ),
        "projects": [_project(one) for one in definition.projects],
        "documents": [_document(one) for one in definition.documents],
        "life": [_event(one) for one in definition.life],
    }


def fee(one: Fee) -> PublicFee:
    """One yearly amount."""
    return PublicFee(
        code=one.code, name=in_words(one.name), amount_eur=one.amount_eur, groups=list(one.groups), source=one.source
    )


def _instrument(one: Instrument) -> PublicInstrument:
    return PublicInstrument(
        family=one.family or "",
        sentence=in_words(one.sentence),
        scored_by=in_words(one.scored_by),
        evidence=in_words(one.evidence),
        small_participants=in_words(one.small_participants),
        source=one.source,
    )


def _project(one: Project) -> PublicProject:
    return PublicProject(
        code=one.code,
        name=in_words(one.name),
        tells=in_words(one.tells),
        countries=list(one.countries),
        themes=list(one.themes),
        starts_on=one.starts_on,
        starts_precision=one.starts_precision,
        ends_on=one.ends_on,
        ends_precision=one.ends_precision,
        source=one.source,
    )


def _document(one: Document) -> PublicDocument:
    return PublicDocument(
        code=one.code,
        kind=one.kind,
        title=in_words(one.title),
        about=one.about,
        published_on=one.published_on,
        precision=one.precision,
        url=one.url,
        source=one.source,
    )


def _event(one: LifeEvent) -> PublicLifeEvent:
    return PublicLifeEvent(
        on=one.on, precision=one.precision, stage=one.stage or "", tells=in_words(one.tells), source=one.source
    )
