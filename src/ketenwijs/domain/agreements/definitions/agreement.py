"""Shape of `agreement.yaml`: who made the agreement, its periods, and what the yearly round needs to run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from ketenwijs.domain.agreements.definitions.description import (
    Body,
    Document,
    Instrument,
    LifeEvent,
    ParticipantKind,
    Project,
    PublicOutput,
    Supporter,
    Track,
)
from ketenwijs.domain.agreements.definitions.shapes import Named, Precision, Setting, Shape
from ketenwijs.foundation.content.texts import Texts


class Group(Named):
    """A participant group: who belongs to it, what it does, and what it hands in each year."""

    definition: Texts
    duties: tuple[Texts, ...]
    report: Literal["none", "origin_only", "full"]
    source: str


class Fee(Shape):
    """One amount per year in euros without VAT, as a source gives it."""

    code: str
    name: Texts
    amount_eur: Decimal
    groups: tuple[str, ...] = ()
    source: str


class AlternationRule(Shape):
    """From a level on, full and plan-only years take turns; which comes first is a setting where no source
    says.
    """

    from_level: int
    next_is: Setting
    source: str


class Term(Named):
    """One period of the agreement. `ends_on` is left out where no end is known.

    `scheme` and `framework` are empty for a term that no round is run for here.
    """

    kind_word: Texts
    starts_on: date
    starts_precision: Precision = "day"
    ends_on: date | None = None
    ends_precision: Precision = "day"
    extended_until: date | None = None
    scheme: str = ""
    framework: str = ""
    first_report_after: Setting = Setting(value=0, example=True)
    highest_year: int = 5
    alternation: AlternationRule | None = None
    fees: tuple[Fee, ...] = ()
    source: str

    @property
    def last_day(self) -> date:
        """The last day of the term, an extension included; the end of time where no end is known."""
        return self.extended_until or self.ends_on or date.max

    @property
    def known_end(self) -> date | None:
        """The last day as far as it is known."""
        return self.extended_until or self.ends_on


class OutcomeValue(Named):
    """One level or colour. `tone` is how its badge looks; `number` is the level's number where it has one."""

    meaning: Texts
    tone: Literal["neutral", "busy", "good", "warning", "bad"]
    number: int | None = None


class OutcomeScheme(Named):
    """How a judgement is expressed: `grade` for the year judged (best, under way, worst), rising `level`s, a `score`
    in per cent (enough or not yet), `indicators` (how many main indicators count), or `none`: nobody is judged.

    `published` aggregate: nothing about a single participant ever becomes public.
    """

    kind: Literal["grade", "level", "score", "indicators", "none"]
    published: Literal["participant", "aggregate"] = "participant"
    number_means: Texts
    outcomes: tuple[OutcomeValue, ...] = ()
    best: str = ""
    under_way: str = ""
    may_skip: Setting | None = None
    may_fall_back: Setting | None = None
    source: str

    @property
    def highest(self) -> int:
        """The highest level; 0 for grades."""
        return max((one.number or 0 for one in self.outcomes), default=0)


class Year(Shape):
    """One report year. A year without a round says why; days that no source gives are marked as example."""

    code: str
    starts_on: date
    ends_on: date
    term: str
    held: bool = True
    reason: Texts | None = None
    opens_on: date | None = None
    due_on: date | None = None
    reply_days: int = 0
    example: bool = True
    source: str = ""


class Party(Shape):
    """A party of one term, with its section (a code) and role (party, partner, funder, buyer).

    `number` is how many parties the entry stands for where a source gives only a number ("2 unions").
    """

    name: str
    section: str
    role: str
    terms: tuple[str, ...]
    number: int | None = None
    source: str


class ThemeUse(Shape):
    """A theme of the reference list that this agreement uses, from which term on."""

    code: str
    from_term: str
    example: bool = False


class LocationList(Shape):
    """The combined list of production locations of all members, for agreements that ask it: which kinds of site are on it,
    and the yearly day on which it appears.
    """

    site_kinds: tuple[str, ...]
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=28)
    source: str
    note: Texts


class PublicationRules(Shape):
    """What may be public: names of areas and from how many firms on (1: always), from how many firms on counts are shown,
    and whether there is a list of locations.
    """

    areas_named: bool
    areas_named_from: int = Field(default=1, ge=1)
    minimum_contributors: int
    volumes: Literal["never"]
    location_list: LocationList | None = None
    source: str
    note: Texts


MOST_RESERVED = PublicationRules(
    areas_named=False,
    minimum_contributors=10,
    volumes="never",
    source="our setting; no source gives a rule for this agreement",
    note=Texts(
        nl="Voorbeeldinstelling: geen gebieden, en aantallen pas vanaf tien deelnemers.",
        fr="Réglage d'exemple : aucune zone, et des nombres à partir de dix participants.",
        en="Example setting: no areas, and numbers only from ten participants on.",
    ),
)
"""What holds for an agreement whose content says nothing about publication."""


class StartValue(Shape):
    """How outcomes of one scheme start off another: year n becomes level n."""

    from_scheme: str
    to_scheme: str
    rule: Literal["number_to_number"]
    example: bool
    source: str


class AgreementFile(Shape):
    """`agreements/<slug>/agreement.yaml`

    What stands before `groups` describes the agreement; the rest is needed only where rounds are run here. What is not
    known is left out.
    """

    identifier: str
    version: str
    slug: str
    proper_names: tuple[str, ...] = ()
    name: Texts
    sector: Texts
    sector_codes: tuple[str, ...] = ()
    summary: Texts
    geography: Texts
    host: str
    chair: str = ""
    website: str = ""
    norm_base: tuple[str, ...] = ()
    terms: tuple[Term, ...]
    sections: tuple[Named, ...] = ()
    parties: tuple[Party, ...] = ()
    supporters: tuple[Supporter, ...] = ()
    bodies: tuple[Body, ...] = ()
    participant_kinds: tuple[ParticipantKind, ...] = ()
    tracks: tuple[Track, ...] = ()
    instrument: Instrument | None = None
    public_output: PublicOutput | None = None
    complaints_body: Literal["none", "own", "external", "both", "unknown"] = "unknown"
    complaints: Texts
    projects: tuple[Project, ...] = ()
    documents: tuple[Document, ...] = ()
    life: tuple[LifeEvent, ...] = ()
    successor: str = ""
    themes: tuple[ThemeUse, ...] = ()
    groups: tuple[Group, ...] = ()
    schemes: tuple[OutcomeScheme, ...] = ()
    years: tuple[Year, ...] = ()
    exit_reasons: tuple[Named, ...] = ()
    appeal_days: Setting = Setting(value=42, example=True)
    remind_days_before: Setting = Setting(value=(30, 7, 1), example=True)
    publication: PublicationRules = MOST_RESERVED
    start_values: tuple[StartValue, ...] = ()
    source: str

    def term(self, code: str) -> Term:
        """One term by code; KeyError when the agreement has none."""
        found = next((one for one in self.terms if one.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    def scheme(self, code: str) -> OutcomeScheme:
        """One outcome scheme by code; KeyError when the agreement has none."""
        found = next((one for one in self.schemes if one.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    def theme_codes(self, term: str) -> tuple[str, ...]:
        """Themes in force in a term, in the order of the file."""
        order = [one.code for one in self.terms]
        place = order.index(term) if term in order else len(order)
        return tuple(one.code for one in self.themes if order.index(one.from_term) <= place)
