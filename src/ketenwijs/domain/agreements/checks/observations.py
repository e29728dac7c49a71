"""Checks of `observations.yaml`: figures with known indicators and years, and totals that are the sum of
their parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ketenwijs.domain.agreements.checks.agreement import unknown
from ketenwijs.domain.agreements.definitions import AgreementFile, ObservationsFile
from ketenwijs.foundation.content.checking import duplicates
from ketenwijs.foundation.content.kinds import Loaded, Problem


def check_observations(loaded: Loaded, every: list[Loaded]) -> Iterable[Problem]:
    """All checks of one file of figures."""
    content = loaded.content
    assert isinstance(content, ObservationsFile)
    agreements = {f.content.slug: f.content for f in every if isinstance(f.content, AgreementFile)}
    yield from unknown(("agreement",), "agreement", content.agreement, agreements)
    for name in ("indicators", "figures", "conflicts"):
        for place, code in duplicates([one.code for one in getattr(content, name)]):
            yield (name, place, "code"), "duplicate_code", f"the code {code} stands twice"
    agreement = agreements.get(content.agreement)
    yield from _figures(content, {one.code for one in agreement.years} if agreement else None)
    yield from _circles(content)
    yield from _conflicts(content)
    yield from _sums(content)


def _figures(content: ObservationsFile, years: set[str] | None) -> Iterator[Problem]:
    indicators, figures = {one.code for one in content.indicators}, {one.code for one in content.figures}
    for place, figure in enumerate(content.figures):
        yield from unknown(("figures", place, "indicator"), "indicator", figure.indicator, indicators)
        if figure.part_of:
            yield from unknown(("figures", place, "part_of"), "figure", figure.part_of, figures)
        if figure.year and years is not None:
            yield from unknown(("figures", place, "year"), "year", figure.year, years)
        if figure.value is None and figure.value_text is None:
            yield ("figures", place), "value", "a figure has a number, or says in words why there is none"


def _circles(content: ObservationsFile) -> Iterator[Problem]:
    """A figure is no part of itself, not by way of others either."""
    total_of = {one.code: one.part_of for one in content.figures}
    for place, figure in enumerate(content.figures):
        seen, code = {figure.code}, figure.part_of
        while code and code not in seen:
            seen.add(code)
            code = total_of.get(code, "")
        if code == figure.code:
            yield ("figures", place, "part_of"), "circle", f"{figure.code} is a part of itself"


def _conflicts(content: ObservationsFile) -> Iterator[Problem]:
    figures = {one.code for one in content.figures}
    for place, conflict in enumerate(content.conflicts):
        for number, code in enumerate(conflict.figures):
            yield from unknown(("conflicts", place, "figures", number), "figure", code, figures)
        if conflict.kept and conflict.kept not in conflict.figures:
            yield (
                ("conflicts", place, "kept"),
                "unknown_figure",
                "the figure kept is one of those in conflict",
            )


def _sums(content: ObservationsFile) -> Iterator[Problem]:
    """Parts add up to their total, unless total and parts stand in a conflict that says how to read them."""
    parts: dict[str, list[Decimal | None]] = defaultdict(list)
    for figure in content.figures:
        if figure.part_of:
            parts[figure.part_of].append(figure.value)
    explained = {code for conflict in content.conflicts for code in conflict.figures}
    for place, total in enumerate(content.figures):
        values = parts.get(total.code, [])
        if not values or total.value is None or None in values or total.code in explained:
            continue
        added = sum((value for value in values if value is not None), Decimal(0))
        if added != total.value:
            yield (
                ("figures", place, "value"),
                "sum",
                f"the parts add up to {added}, not to {total.value}; add a conflict",
            )
