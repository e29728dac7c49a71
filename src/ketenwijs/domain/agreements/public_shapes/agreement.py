"""Public copy of an agreement. Fields with a default came later: copies stored before still load."""

from __future__ import annotations

from datetime import date

from ketenwijs.domain.agreements.public_shapes.description import (
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
from ketenwijs.domain.agreements.public_shapes.shapes import Payload, PublicNamed, Words


class PublicTerm(PublicNamed):
    """One term; `kind_word` is what the agreement is called in it (covenant, sector agreement).

    `ends_on` is the last day as far as it is known, an extension included; `agreed_end` the end first agreed.
    """

    kind_word: Words
    starts_on: date
    starts_precision: str = "day"
    ends_on: date | None
    ends_precision: str = "day"
    agreed_end: date | None = None
    extended_until: date | None = None
    scheme: str
    fees: list[PublicFee] = []
    source: str = ""


class PublicGroup(PublicNamed):
    """A participant group with what its members do."""

    definition: Words
    duties: list[Words]
    report: str


class PublicOutcome(PublicNamed):
    """One level or colour with its meaning and tone (good, warning, bad, busy, neutral)."""

    meaning: Words
    tone: str
    number: int | None


class PublicScheme(PublicNamed):
    """How outcomes are expressed; `number_means` explains the number beside an outcome."""

    kind: str
    number_means: Words
    outcomes: list[PublicOutcome]


class PublicYear(Payload):
    """One report year; without a round it says why."""

    code: str
    starts_on: date
    ends_on: date
    term: str
    held: bool
    reason: Words


class PublicParty(Payload):
    """One party with its section (a code), role and terms; `number` where one entry stands for several."""

    name: str
    section: str
    role: str
    terms: list[str]
    number: int | None = None
    source: str


class PublicAgreement(Payload):
    """Key: the slug."""

    slug: str
    name: Words
    sector: Words
    sector_codes: list[str] = []
    summary: Words
    geography: Words
    host: str
    chair: str
    website: str
    norm_base: list[str]
    complaints: Words
    complaints_body: str = "unknown"
    terms: list[PublicTerm]
    groups: list[PublicGroup]
    schemes: list[PublicScheme]
    years: list[PublicYear]
    sections: list[PublicNamed]
    parties: list[PublicParty]
    supporters: list[PublicSupporter] = []
    bodies: list[PublicBody] = []
    participant_kinds: list[PublicKind] = []
    tracks: list[PublicTrack] = []
    instrument: PublicInstrument | None = None
    public_output: PublicOutputRule | None = None
    projects: list[PublicProject] = []
    documents: list[PublicDocument] = []
    life: list[PublicLifeEvent] = []
    successor: str = ""
    themes: list[str]
    edition: str
    source: str
