"""Shapes of the public copies of this app; texts are per language (nl, fr, en)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

Words = dict[str, str]


class Payload(BaseModel):
    """Base of the shapes: nothing that was not thought of can slip into a public copy."""

    model_config = ConfigDict(extra="forbid")


class PublicNamed(Payload):
    """A code with its name per language."""

    code: str
    name: Words


class PublicTerm(PublicNamed):
    """One term; `kind_word` is what the agreement is called in it (covenant, sector agreement)."""

    kind_word: Words
    starts_on: date
    ends_on: date | None
    scheme: str


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
    """One party with its section (a code), role and terms."""

    name: str
    section: str
    role: str
    terms: list[str]
    source: str


class PublicAgreement(Payload):
    """Key: the slug."""

    slug: str
    name: Words
    sector: Words
    summary: Words
    geography: Words
    host: str
    chair: str
    website: str
    norm_base: list[str]
    complaints: Words
    terms: list[PublicTerm]
    groups: list[PublicGroup]
    schemes: list[PublicScheme]
    years: list[PublicYear]
    sections: list[PublicNamed]
    parties: list[PublicParty]
    themes: list[str]
    edition: str
    source: str


class HeldOutcome(Payload):
    """An outcome a member held or holds; names of scheme and value stand in the agreement's copy."""

    scheme: str
    value: str
    number: int | None
    report_year: str
    since: date


class PublicPlanLink(Payload):
    """Where a plan from before this system can be read."""

    report_year: str
    url: str


class PublicMember(Payload):
    """Key: `<slug>/<reference>`. `group` is a code of the agreement, `kind` a trade of the reference list.

    The reason of leaving, register numbers and people are not public.
    """

    agreement: str
    reference: str
    name: str
    kind: str
    country: str
    place: str
    website: str
    joined_on: date
    left_on: date | None
    group: str
    outcomes: list[HeldOutcome]
    plan_links: list[PublicPlanLink]
    is_example: bool


class PublicAuthority(Payload):
    """Key: `<slug>/<reference>`. `kind` is a kind of authority of the reference list."""

    agreement: str
    reference: str
    name: str
    kind: str
    country: str
    place: str
    website: str
    joined_on: date
    left_on: date | None
    is_example: bool


class PublicFigure(Payload):
    """One dated figure with everything needed to judge it."""

    identifier: str
    indicator: str
    value: Decimal | None
    value_text: Words
    unit: str
    population: Words
    report_year: str
    reference_date: date | None
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
