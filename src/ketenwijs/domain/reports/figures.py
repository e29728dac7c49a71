"""Shapes of computed figures, as frozen in a release and as published: figure, table, and everything of one report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

Words = dict[str, str]
COUNT, PERCENT, WORDS = "count", "percent", "words"
COMPUTED = "computed"


class Frozen(BaseModel):
    """Base: nothing that was not thought of slips in, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(Frozen):
    """One printed figure.

    `value` is None where it is said in words (`value_text`) or withheld (`suppressed`: too few contributors).
    A computed percentage has numerator and denominator. `base` says who or what was counted. `part_of` names the
    row it adds up to. `precision` says how exact `on` is: day, month or year. `observations` are identifiers of the
    dated figures behind it; `notes` number the footnotes of the table from 1. `confidence` is that of the observation,
    or "computed".
    """

    code: str
    label: Words
    value: Decimal | None = None
    value_text: Words = {}
    unit: str = COUNT
    numerator: int | None = None
    denominator: int | None = None
    base: Words = {}
    part_of: str = ""
    on: date | None = None
    precision: str = "day"
    source: str = ""
    confidence: str = COMPUTED
    observations: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    suppressed: bool = False


class FigureTable(Frozen):
    """The figures of one indicator. Without figures `reason` says in words why there are none."""

    indicator: str
    name: Words
    base: Words = {}
    figures: tuple[Figure, ...] = ()
    footnotes: tuple[Words, ...] = ()
    reason: Words = {}


class Period(Frozen):
    """The report year. `number` is its place among the years; without a round `reason` says why."""

    code: str
    number: int
    starts_on: date
    ends_on: date
    held: bool
    reason: Words


class FrozenFigures(Frozen):
    """All that a release was made from; printing reads this and the texts, never the tables again."""

    agreement: str
    agreement_name: Words
    period: Period
    reference_date: date
    template: str
    template_version: str
    template_checksum: str
    minimum_contributors: int
    title: Words
    is_example: bool = False
    tables: dict[str, FigureTable]


class PublicBlock(Frozen):
    """One section with its text per language and its tables in order."""

    code: str
    heading: Words
    text: Words
    tables: tuple[FigureTable, ...]


class AnnualReport(Frozen):
    """Publication kind `reports.annual`; the key is `<slug>/<year>`. `checksum` is that of the frozen figures."""

    agreement: str
    agreement_name: Words
    title: Words
    period: Period
    reference_date: date
    minimum_contributors: int
    blocks: tuple[PublicBlock, ...]
    checksum: str
    template: str
    template_version: str
    released_on: date | None
    replaces_checksum: str = ""
    is_example: bool = False
