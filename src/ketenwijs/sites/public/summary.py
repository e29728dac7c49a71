"""The overview in the reader's language: pictures, terms and figures of each row, ready to be drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ketenwijs.foundation.ui.charts import Picture
from ketenwijs.sites.public import pictures, wording
from ketenwijs.sites.public.overview import ORDER, Asked, Overview, Row, SectorRow
from ketenwijs.sites.public.pictures import Strip
from ketenwijs.sites.public.rules import NO_END_FOUND, last_heard
from ketenwijs.sites.public.series import Series
from ketenwijs.sites.public.showing import words


@dataclass(frozen=True)
class ShownSeries:
    """A line through time with its small picture (None with a single figure) and name; whether sources differ."""

    line: Series
    name: str
    picture: Picture | None
    identifier: str
    disputed: bool


@dataclass(frozen=True)
class ShownRow:
    """A row with its pictures."""

    row: Row
    participants: ShownSeries | None
    shares: tuple[ShownSeries, ...]


def summary_of(found: Overview, asked: Asked, today: str) -> dict[str, Any]:
    """Context of the overview's part."""
    years = _years(found)
    rows = [_shown(row, *years) for row in found.rows]
    strips = [*(_strip(row, today) for row in found.rows), *(_sector_strip(row) for row in found.sectors)]
    return {
        "rows": rows,
        "sectors": found.sectors,
        "asked": asked,
        "counts": _counts(found),
        "first_year": years[0],
        "last_year": years[1],
        "lines": [line for row in rows for line in (row.participants, *row.shares) if line],
        "rows_with_lines": [row for row in rows if row.participants or row.shares],
        "lives": pictures.lives(
            _("From exploring to ended"),
            _("Per sector the moments that sources tell, from the first talks to the end of the agreement."),
            strips,
            today,
        )
        if strips
        else None,
    }


def _years(found: Overview) -> tuple[int, int]:
    days = [
        point.day
        for row in found.rows
        for line in (row.participants, *row.shares)
        if line
        for point in line.points
        if point.day
    ]
    return (int(min(days)[:4]), int(max(days)[:4]) + 1) if days else (0, 1)


def _shown(row: Row, first: int, last: int) -> ShownRow:
    def shown(line: Series, place: int) -> ShownSeries:
        name = words(line.indicator["name"])
        is_drawn = len([point for point in line.points if point.day]) > 1
        picture = pictures.small_columns(line, name, first, last) if is_drawn else None
        disputed = any(point.figure["identifier"] in row.disputed for point in line.points)
        return ShownSeries(line, name, picture, f"{row.slug}-{place}", disputed)

    return ShownRow(
        row,
        shown(row.participants, 0) if row.participants else None,
        tuple(shown(line, place) for place, line in enumerate(row.shares, start=1)),
    )


def _strip(row: Row, today: str) -> Strip:
    """The life of an agreement; where it has no moments, its terms tell when it ran."""
    marks = [(one["on"], one["stage"]) for one in row.payload["life"] if one["stage"] and one["on"] <= today]
    if not marks:
        for term in row.payload["terms"]:
            marks += [(term["starts_on"], "running")] if term["starts_on"] <= today else []
            marks += [(term["ends_on"], "ended")] if term["ends_on"] and term["ends_on"] < today else []
    until = last_heard(row.payload, today)[0] if row.stands.stage == NO_END_FOUND else ""
    return Strip(words(row.payload["sector"]), tuple(sorted(marks, key=lambda one: str(one[0]))), until)


def _sector_strip(row: SectorRow) -> Strip:
    marks = tuple((one["on"], one["stage"]) for one in row.sector["moments"])
    return Strip(words(row.sector["name"]), marks, marks[-1][0] if marks else "")


def _counts(found: Overview) -> list[tuple[str, int, str]]:
    """How many agreements stand at each stage: code, number, words."""
    numbers = Counter(row.stands.stage for row in found.rows)
    return [(code, numbers[code], str(wording.stage(code))) for code in ORDER if numbers[code]]
