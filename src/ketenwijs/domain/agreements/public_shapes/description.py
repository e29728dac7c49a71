"""What a public copy tells about an agreement beside its rounds: who, how measured, what came of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ketenwijs.domain.agreements.public_shapes.shapes import Payload, PublicNamed, Words


class PublicFee(PublicNamed):
    """One amount per year in euros without VAT; `groups` are codes of the agreement, empty for everybody."""

    amount_eur: Decimal
    groups: list[str]
    source: str


class PublicSupporter(Payload):
    """An organisation that supports the agreement without being a party."""

    name: str
    role: Words
    terms: list[str]
    source: str


class PublicBody(PublicNamed):
    """A body or consultative circle with what is told about it."""

    kind: str
    tells: Words
    source: str


class PublicKind(PublicNamed):
    """Who takes part."""

    source: str


class PublicTrack(PublicNamed):
    """A line of work that runs beside others."""

    meaning: Words
    source: str


class PublicInstrument(Payload):
    """How participants are measured; `family` is empty where the sources show none of the four."""

    family: str
    sentence: Words
    scored_by: Words
    evidence: Words
    small_participants: Words
    source: str


class PublicOutputRule(Payload):
    """What becomes public: per participant, added up (aggregate) or both."""

    per: str
    tells: Words
    source: str


class PublicProject(PublicNamed):
    """A collective project; countries and themes are codes of the reference lists."""

    tells: Words
    countries: list[str]
    themes: list[str]
    starts_on: date | None
    starts_precision: str
    ends_on: date | None
    ends_precision: str
    source: str


class PublicDocument(Payload):
    """A report or text that was published, and where it stands."""

    code: str
    kind: str
    title: Words
    about: str
    published_on: date | None
    precision: str
    url: str
    source: str


class PublicLifeEvent(Payload):
    """One moment in the life of the agreement; `stage` is empty for a moment that changed none."""

    on: date
    precision: str
    stage: str
    tells: Words
    source: str
