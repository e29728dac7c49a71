"""From dated figures or a stored query to a printed table: footnotes, rounding, withholding, checked sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Observation
from ketenwijs.domain.agreements.selectors import conflicts_of, observations_of
from ketenwijs.domain.reports.definitions import IndicatorUse
from ketenwijs.domain.reports.figures import PERCENT, Figure, FigureTable, Words
from ketenwijs.domain.reports.indicators import Context, Counted, Indicator, Row, indicator_or_none, words
from ketenwijs.domain.reports.rules import (
    EXACT,
    MORE_THAN,
    Cell,
    WrongSum,
    is_after,
    percentage,
    withheld,
    wrong_sums,
)

MORE, LESS = _("more than {whole} %"), _("less than {whole} %")
NOT_COUNTED = _("nothing to divide by: nobody was counted")
NO_NUMBERS = _("The source gives the share only, not the numbers behind it.")
AFTER = _("Dated {day}, after the reporting period.")
WITHHELD = _(
    "Withheld where fewer than {minimum} companies stand behind a figure, or where such a figure could be worked out."
)
NOT_ALL = _(
    "The register of this system does not hold this year in full: it counts {counted} where {published} were "
    "published. No breakdown is given."
)


class Footnotes:
    """Collects the footnotes of one table; the same text gets the same number."""

    def __init__(self) -> None:
        self.texts: list[Words] = []

    def number(self, text: Words) -> int:
        """The number of a footnote, counted from 1."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def table_for(context: Context, use: IndicatorUse) -> FigureTable | None:
    """The table of one indicator: the reason where there was no round, else dated figures if any, else the query.

    None where only dated figures could give it and this year has none.
    """
    name = use.name.by_language
    if use.needs_round and not context.year.held:
        return FigureTable(indicator=use.code, name=name, reason=dict(context.year.reason))
    dated = observed_rows(context, use.code)
    if dated:
        return _observed_table(context, use, dated)
    found = indicator_or_none(use.code)
    if found is None:
        return None
    missing = _not_in_full(context, found)
    if missing:
        return FigureTable(indicator=use.code, name=name, reason=missing)
    return _computed_table(context, found, name, found.query(context))


def observed_rows(context: Context, indicator: str) -> list[Observation]:
    """Dated figures of this indicator and year: totals with their parts first, then in the order of the package.

    All figures of the year are read once.
    """
    if "observed" not in context.kept:
        found = observations_of(context.agreement).filter(report_year=context.year.code)
        context.kept["observed"] = list(found.order_by("pk"))
    rows = [one for one in context.kept["observed"] if one.indicator == indicator]
    totals = {one.part_of for one in rows if one.part_of}
    return sorted(rows, key=lambda one: not (one.part_of or one.identifier in totals))


def published_total(context: Context, indicator: str) -> Decimal | None:
    """The published total at the end of the year: a figure with parts, or one dated on the last day."""
    rows = observed_rows(context, indicator)
    whole = {one.part_of for one in rows if one.part_of}
    dated = (
        one.value
        for one in rows
        if one.identifier in whole or (one.reference_date == context.year.ends_on and not one.part_of)
    )
    return next(dated, None)


def unexplained_sums(context: Context, table: FigureTable) -> list[WrongSum]:
    """Totals of a table that differ from the sum of their parts without a recorded conflict that explains it."""
    cells = [Cell(one.code, _counted_value(one), one.part_of) for one in table.figures]
    return [one for one in wrong_sums(cells) if one.total_code not in _readings(context)]


def _counted_value(figure: Figure) -> Decimal | None:
    if figure.suppressed:
        return None
    return Decimal(figure.numerator) if figure.numerator is not None else figure.value


def _not_in_full(context: Context, found: Indicator) -> Words:
    """Why a breakdown of the register would contradict the published total; empty where it does not."""
    published, whole = published_total(context, found.rests_on), indicator_or_none(found.rests_on)
    if published is None or whole is None:
        return {}
    counted = next((row.value for row in whole.query(context).rows if row.code == "total"), 0)
    if published == counted:
        return {}
    return words(NOT_ALL, counted=counted, published=int(published))


def _observed_table(context: Context, use: IndicatorUse, rows: Sequence[Observation]) -> FigureTable:
    notes = Footnotes()
    figures = tuple(_observed_figure(context, one, notes) for one in rows)
    return FigureTable(indicator=use.code, name=use.name.by_language, figures=figures, footnotes=tuple(notes.texts))


def _observed_figure(context: Context, one: Observation, notes: Footnotes) -> Figure:
    numbers = [notes.number(reading) for reading in _readings(context).get(one.identifier, [])]
    if one.note:
        numbers.append(notes.number(one.note))
    if is_after(one.reference_date, context.year.ends_on) and one.reference_date:
        numbers.append(notes.number(words(AFTER, day=one.reference_date)))
    if one.unit == PERCENT:
        numbers.append(notes.number(words(NO_NUMBERS)))
    return Figure(
        code=one.identifier, label=one.population, value=_plain(one.value), value_text=one.value_text, unit=one.unit,
        base=one.population, part_of=one.part_of, on=one.reference_date, precision=one.precision,
        source=one.source, confidence=one.confidence,
        observations=(one.identifier,), notes=tuple(numbers),
    )  # fmt: skip


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that storage adds: 47.0000 is 47."""
    return None if value is None else Decimal(format(value.normalize(), "f"))


def _readings(context: Context) -> dict[str, list[Words]]:
    """Readings of conflicts by identifier of the figures in them; read once."""
    if "readings" not in context.kept:
        found: dict[str, list[Words]] = {}
        for conflict in conflicts_of(context.agreement):
            for one in conflict.observations.all():
                found.setdefault(one.identifier, []).append(conflict.reading)
        context.kept["readings"] = found
    readings: dict[str, list[Words]] = context.kept["readings"]
    return readings


def _computed_table(context: Context, found: Indicator, name: Words, counted: Counted) -> FigureTable:
    if counted.reason:
        return FigureTable(indicator=found.code, name=name, reason=counted.reason)
    minimum = context.definition.publication.minimum_contributors
    cells = [Cell(row.code, Decimal(row.value), row.part_of, row.contributors) for row in counted.rows]
    hidden, notes = withheld(cells, minimum), Footnotes()
    if hidden:
        notes.number(words(WITHHELD, minimum=minimum))
    figures = tuple(_computed_figure(context, found, row, counted.base, row.code in hidden) for row in counted.rows)
    return FigureTable(
        indicator=found.code, name=name, base=counted.base, figures=figures, footnotes=tuple(notes.texts)
    )


def _computed_figure(context: Context, found: Indicator, row: Row, base: Words, hidden: bool) -> Figure:
    day = context.reference_date if found.unit == PERCENT else context.counted_on
    bare = Figure(code=row.code, label=row.label, unit=found.unit, part_of=row.part_of, base=base, on=day)
    if hidden:
        return bare.model_copy(update={"suppressed": True, "notes": (1,)})
    if row.denominator is None:
        return bare.model_copy(update={"value": Decimal(row.value)})
    numbers = {"numerator": row.value, "denominator": row.denominator}
    return bare.model_copy(update={**numbers, **_share(row.value, row.denominator)})


def _share(part: int, whole: int) -> dict[str, object]:
    """The percentage as a number, or in words where a number would say all, none, or something about nobody."""
    share = percentage(part, whole)
    if share is None:
        return {"value_text": words(NOT_COUNTED)}
    if share.kind == EXACT:
        return {"value": Decimal(share.whole)}
    return {"value_text": words(MORE if share.kind == MORE_THAN else LESS, whole=share.whole)}
