"""The matrix picture of a firm's risks and its table."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ketenwijs.domain.risks.rules import matrix
from ketenwijs.domain.risks.selectors import RankedRisk
from ketenwijs.foundation.ui.charts import Picture
from ketenwijs.foundation.ui.charts import matrix as grid


def _code(value: int | None) -> str:
    return "unknown" if value is None else str(value)


def _counts(order: Iterable[RankedRisk]) -> dict[tuple[str, str], int]:
    return {(_code(c.band), _code(c.likelihood)): c.count for c in matrix(one.scores for one in order)}


def _columns() -> list[tuple[str, str]]:
    names = {"1": _("unlikely"), "2": _("possible"), "3": _("likely"), "4": _("now"), "unknown": _("unknown")}
    return list(names.items())


def _rows() -> list[tuple[str, str]]:
    names = {"4": _("very severe"), "3": _("severe"), "2": _("serious"), "1": _("limited"), "unknown": _("unknown")}
    return list(names.items())


def matrix_of(order: list[RankedRisk]) -> Picture:
    """Severity from top to bottom, likelihood from left to right, unknown in its own row and column."""
    heat = {}
    for row, _name in _rows():
        for column, _label in _columns():
            known = row != "unknown" and column != "unknown"
            heat[(row, column)] = min(4, max(int(row) - (int(column) < 3), 1)) if known else 0
    return grid(
        _("Risks by severity and likelihood"),
        _("How many risks stand in each field; the table below gives the same numbers."),
        columns=_columns(),
        rows=_rows(),
        counts=_counts(order),
        heat=heat,
    )


def table_of(order: list[RankedRisk]) -> list[tuple[str, list[tuple[str, int]]]]:
    """The same numbers as rows of a table."""
    counts = _counts(order)
    return [(name, [(label, counts.get((row, column), 0)) for column, label in _columns()]) for row, name in _rows()]
