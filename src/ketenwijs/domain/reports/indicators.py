"""The catalogue of computed indicators: what each counts, in which unit, and the facts a query may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import override

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.reports.figures import COUNT, Words
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.texts import LANGUAGES


@dataclass
class Context:
    """What one report is about. `reader` sees all members, only counts leave; `kept` saves repeated reads."""

    agreement: Agreement
    definition: AgreementFile
    year: ReportYear
    reference_date: date
    reader: Viewer
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def counted_on(self) -> date:
        """The day members are counted: the last day of the year, or the reference date where that is earlier."""
        return min(self.reference_date, self.year.ends_on)


@dataclass(frozen=True)
class Row:
    """One counted row before rounding and withholding. With a denominator it becomes a percentage of it.

    `contributors` is the number of company groups behind a row that is confidential (holdings count once); None where
    the facts are public anyway.
    """

    code: str
    label: Words
    value: int
    part_of: str = ""
    denominator: int | None = None
    contributors: int | None = None


@dataclass(frozen=True)
class Counted:
    """What a query answers: rows, whom or what they were counted over, or in words why there is nothing to count."""

    rows: tuple[Row, ...] = ()
    base: Words = field(default_factory=dict)
    reason: Words = field(default_factory=dict)


Query = Callable[[Context], Counted]


@dataclass(frozen=True)
class Indicator:
    """One stored query. `rests_on` names the indicator whose published total the register must agree with."""

    code: str
    query: Query
    unit: str = COUNT
    rests_on: str = ""


_catalogue: dict[str, Indicator] = {}


def indicator(code: str, *, unit: str = COUNT, rests_on: str = "") -> Callable[[Query], Query]:
    """Add the decorated query to the catalogue; a code taken twice stops the start."""

    def add(query: Query) -> Query:
        if code in _catalogue:
            raise ValueError(f"indicator {code} is registered twice")
        _catalogue[code] = Indicator(code, query, unit, rests_on)
        return query

    return add


def indicator_or_none(code: str) -> Indicator | None:
    """The computed indicator, or None for one that only dated figures give."""
    return _catalogue.get(code)


def indicator_codes() -> list[str]:
    """All computed indicators, sorted."""
    return sorted(_catalogue)


def words(message: Promise | str, **gaps: object) -> Words:
    """A lazy translation in all languages, with its {gaps} filled in; days are written out in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            values = {name: _written(value) for name, value in gaps.items()}
            found[language] = str(message).format(**values) if gaps else str(message)
    return found


def _written(value: object) -> object:
    return date_format(value, "j F Y") if isinstance(value, date) else value
