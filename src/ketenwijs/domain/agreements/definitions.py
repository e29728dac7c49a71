"""Shapes of an agreement's content files: the agreement itself and its dated figures. Frameworks:
`frameworks.py`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ketenwijs.foundation.content.texts import Texts


class Shape(BaseModel):
    """Base of all shapes: unknown names are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Setting(Shape):
    """A value that no source gives: it is ours to set, and `example` says so on every screen that shows
    it.
    """

    value: Any
    example: bool
    source: str = ""
    note: Texts | None = None


class Named(Shape):
    """A code with its name."""

    code: str
    name: Texts


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
    """One period of the agreement."""

    kind_word: Texts
    starts_on: date
    ends_on: date
    extended_until: date | None = None
    scheme: str
    framework: str
    first_report_after: Setting
    highest_year: int = 5
    alternation: AlternationRule | None = None
    fees: tuple[Fee, ...] = ()
    source: str

    @property
    def last_day(self) -> date:
        """The last day of the term, an extension included."""
        return self.extended_until or self.ends_on


class OutcomeValue(Named):
    """One level or colour. `tone` is how its badge looks; `number` is the level's number where it has one."""

    meaning: Texts
    tone: Literal["neutral", "busy", "good", "warning", "bad"]
    number: int | None = None


class OutcomeScheme(Named):
    """How a judgement is expressed: `grade` for the year judged (best, under way, worst), or rising
    `level`s.
    """

    kind: Literal["grade", "level"]
    number_means: Texts
    outcomes: tuple[OutcomeValue, ...]
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
    """A party of one term, with its section (a code) and role (party, partner, funder, buyer)."""

    name: str
    section: str
    role: str
    terms: tuple[str, ...]
    source: str


class ThemeUse(Shape):
    """A theme of the reference list that this agreement uses, from which term on."""

    code: str
    from_term: str
    example: bool = False


class PublicationRules(Shape):
    """What may be public: names of areas, and from how many firms on counts are shown."""

    areas_named: bool
    minimum_contributors: int
    volumes: Literal["never"]
    source: str
    note: Texts


class StartValue(Shape):
    """How outcomes of one scheme start off another: year n becomes level n."""

    from_scheme: str
    to_scheme: str
    rule: Literal["number_to_number"]
    example: bool
    source: str


class AgreementFile(Shape):
    """`agreements/<slug>/agreement.yaml`"""

    identifier: str
    version: str
    slug: str
    proper_names: tuple[str, ...] = ()
    name: Texts
    sector: Texts
    summary: Texts
    geography: Texts
    host: str
    chair: str = ""
    website: str = ""
    norm_base: tuple[str, ...] = ()
    terms: tuple[Term, ...]
    groups: tuple[Group, ...]
    sections: tuple[Named, ...]
    parties: tuple[Party, ...] = ()
    themes: tuple[ThemeUse, ...]
    schemes: tuple[OutcomeScheme, ...]
    years: tuple[Year, ...]
    exit_reasons: tuple[Named, ...]
    appeal_days: Setting
    remind_days_before: Setting
    publication: PublicationRules
    start_values: tuple[StartValue, ...] = ()
    complaints: Texts
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
