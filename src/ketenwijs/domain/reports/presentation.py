"""A report in one language, ready to print, for page, PDF and Word: numbers, shares with their base, footnotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ketenwijs.domain.reports.figures import COUNT, PERCENT, WORDS, AnnualReport, Figure, FigureTable, Words

CONFIDENCE = {
    "published": lambda: _("published"),
    "news": lambda: _("news item"),
    "seed": lambda: _("handed over"),
    "derived": lambda: _("worked out"),
    "computed": lambda: _("counted in this system"),
}


@dataclass(frozen=True)
class Line:
    """One row of a table: what, the figure, the part of the whole (12 of 30), where it is from, its footnotes."""

    label: str
    shown: str
    of: str
    source: str
    notes: tuple[int, ...]
    is_part: bool


@dataclass(frozen=True)
class Sheet:
    """One table with its base and footnotes, or the reason why there are no figures."""

    indicator: str
    name: str
    base: str
    reason: str
    lines: tuple[Line, ...]
    footnotes: tuple[str, ...]
    has_shares: bool


@dataclass(frozen=True)
class Section:
    """One block. `text_language` is set where the text is in another language than the report."""

    code: str
    heading: str
    paragraphs: tuple[str, ...]
    text_language: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Printed:
    """The whole report in one language."""

    language: str
    title: str
    agreement: str
    number: int
    year: str
    starts_on: date
    ends_on: date
    reference_date: date
    no_round: str
    sections: tuple[Section, ...]
    minimum_contributors: int
    checksum: str
    template: str
    released_on: date | None
    is_correction: bool
    is_example: bool


def printed(report: AnnualReport, language: str) -> Printed:
    """The report in a language; call it with that language active, so that numbers and labels follow it."""
    period = report.period
    return Printed(
        language=language,
        title=report.title[language],
        agreement=report.agreement_name[language],
        number=period.number,
        year=period.code,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        reference_date=report.reference_date,
        no_round="" if period.held else period.reason.get(language, ""),
        sections=tuple(
            Section(
                block.code,
                block.heading[language],
                *_paragraphs(block.text, language),
                tuple(_sheet(table, language) for table in block.tables),
            )
            for block in report.blocks
        ),
        minimum_contributors=report.minimum_contributors,
        checksum=report.checksum,
        template=f"{report.template} {report.template_version}",
        released_on=report.released_on,
        is_correction=bool(report.replaces_checksum),
        is_example=report.is_example,
    )


def shown(figure: Figure, language: str) -> str:
    """The figure as printed: withheld, in words, or a number with its unit."""
    if figure.suppressed:
        return _("withheld")
    if figure.value_text:
        return figure.value_text.get(language, "")
    if figure.value is None:
        return _("unknown")
    number = str(number_format(figure.value.normalize().__format__("f"), use_l10n=True))
    if figure.unit == PERCENT:
        return f"{number} %"
    return number if figure.unit in (COUNT, WORDS) else f"{number} {figure.unit}"


def of_whole(figure: Figure) -> str:
    """Numerator and denominator in words; empty where the figure has none or is withheld."""
    if figure.suppressed or figure.numerator is None or figure.denominator is None:
        return ""
    return _("%(part)s of %(whole)s") % {"part": figure.numerator, "whole": figure.denominator}


def _sheet(table: FigureTable, language: str) -> Sheet:
    return Sheet(
        indicator=table.indicator,
        name=table.name[language],
        base=table.base.get(language, ""),
        reason=table.reason.get(language, ""),
        lines=tuple(_line(figure, language) for figure in table.figures),
        footnotes=tuple(note.get(language, "") for note in table.footnotes),
        has_shares=any(figure.denominator is not None for figure in table.figures),
    )


def _line(figure: Figure, language: str) -> Line:
    return Line(
        label=figure.label.get(language, ""),
        shown=shown(figure, language),
        of=of_whole(figure),
        source=_source(figure),
        notes=figure.notes,
        is_part=bool(figure.part_of),
    )


def _source(figure: Figure) -> str:
    """Where a figure is from and on which day it held, as far as known."""
    exact = {"month": "F Y", "year": "Y"}.get(figure.precision, "j F Y")
    known = [figure.source, CONFIDENCE[figure.confidence](), date_format(figure.on, exact) if figure.on else ""]
    return "; ".join(part for part in known if part)


def _paragraphs(texts: Words, language: str) -> tuple[tuple[str, ...], str]:
    """The written text as paragraphs; where this language has none, the first one that exists, with its code."""
    used = language if texts.get(language) else next((code for code in texts if texts[code]), "")
    text = texts.get(used, "")
    parts = tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())
    return parts, used if used != language else ""
