"""Pictures of the public site: lives of agreements and sectors through time, and numbers that grew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ketenwijs.foundation.ui.charts import WIDTH, Box, Picture, columns
from ketenwijs.sites.public import wording
from ketenwijs.sites.public.series import Series, years_seen_twice

KINDS = {
    "identified": "heat-0",
    "no_initiative": "box",
    "exploring": "box-supplier",
    "dialogue": "series-4",
    "negotiating": "series-2",
    "signed": "box-known",
    "running": "series-0",
    "extended": "series-1",
    "ended": "box-firm",
    "successor": "box-firm",
}
"""Stage to the colour class of its mark."""

ROW, MARK, THIN, TOP, MARGIN = 38, 14, 5, 24, 18
SMALL_HEIGHT, SMALL_WIDTH = 28, 14
YEAR_WIDTH = 34


@dataclass(frozen=True)
class Strip:
    """One line of a picture of lives: a label and marks as (day, stage); `until` ends the last one."""

    label: str
    marks: tuple[tuple[str, str], ...]
    until: str = ""


def lives(title: str, description: str, strips: Sequence[Strip], today: str) -> Picture:
    """A strip per sector or agreement, its name above its first mark, so that a narrow screen shows both.

    A mark where a source tells a stage, a thin line until the next one. The thin line says that nothing else is known
    in between, not that the stage lasted; after `ended` there is none. Years run along the top.
    """
    days = [day for strip in strips for day, _stage in strip.marks]
    first, last = int(min(days, default=today)[:4]), int(max([*days, today])[:4]) + 1
    height = TOP + len(strips) * ROW
    named = [year for year in range(first, last + 1) if year % 2 == 0]
    boxes = [Box(_across(f"{year}-01-01", first), 18, 1, height - 18, "heat-1") for year in named]
    labels = [(_across(f"{year}-01-01", first), 13.0, "middle", str(year)) for year in named]
    for number, strip in enumerate(strips):
        y = TOP + number * ROW
        labels.append(
            (_across(strip.marks[0][0], first) - 5 if strip.marks else MARGIN, y + 12.0, "start", strip.label)
        )
        boxes += _strip(strip, y + 17.0, first, today)
    return Picture(
        title,
        description,
        2 * MARGIN + (last - first) * YEAR_WIDTH,
        height,
        tuple(boxes),
        (),
        tuple(labels),
        headings=("", title),
        rows=tuple(_read(strip) for strip in strips),
        legend=tuple((kind, str(wording.stage(stage)), "") for stage, kind in KINDS.items() if _occurs(stage, strips)),
    )


def _across(day: str, first: int) -> float:
    return round(MARGIN + (_years(day) - first) * YEAR_WIDTH, 1)


def _strip(strip: Strip, y: float, first: int, today: str) -> Iterable[Box]:
    ends = [day for day, _stage in strip.marks[1:]] + [strip.until or today]
    for (day, stage), end in zip(strip.marks, ends, strict=False):
        length = round(_across(end, first) - _across(day, first), 1)
        if stage not in ("ended", "successor") and length > 0:
            yield Box(_across(day, first), y + (MARK - THIN) / 2, length, THIN, KINDS[stage])
    for day, stage in strip.marks:
        yield Box(_across(day, first) - 5, y, 10, MARK, KINDS[stage])


def _read(strip: Strip) -> tuple[str, str]:
    return strip.label, "; ".join(f"{day[:4]} {wording.stage(stage)}" for day, stage in strip.marks) or "–"


def _occurs(stage: str, strips: Sequence[Strip]) -> bool:
    return stage != "successor" and any(stage == told for strip in strips for _day, told in strip.marks)


def _years(day: str) -> float:
    known = date.fromisoformat(day)
    return known.year + (known.timetuple().tm_yday - 1) / 366


def small_columns(line: Series, name: str, first: int, last: int) -> Picture:
    """A line as small columns on a time axis that all rows share, to stand in a table beside its numbers."""
    highest = max(point.value for point in line.points) or 1
    span = max(last - first, 1)
    boxes = [Box(0, SMALL_HEIGHT - 1, WIDTH, 1, "heat-1")]
    for point in line.points:
        if point.day:
            x = (_years(point.day) - first) / span * (WIDTH - SMALL_WIDTH)
            height = max((SMALL_HEIGHT - 2) * point.value / highest, 2)
            boxes.append(Box(round(x, 1), round(SMALL_HEIGHT - 1 - height, 1), SMALL_WIDTH, round(height, 1), "known"))
    told = ", ".join(f"{_moment(point.figure)}: {_amount(point.figure)}" for point in line.points)
    return Picture(name, told, WIDTH, SMALL_HEIGHT, tuple(boxes))


def growth(line: Series, name: str) -> Picture:
    """A line as columns with their numbers; a figure without a day stands first, without a year."""
    twice = years_seen_twice(line.points)
    points = [
        (
            wording.short_day(point.day, point.figure.get("precision", "day"), point.day[:4] in twice)
            if point.day
            else "?",
            point.value,
        )
        for point in line.points
    ]
    told = _("From sources of their day; years in between are not known.")
    return columns(name, told, points)


def signed_by_year(moments: dict[str, int], today: str) -> Picture:
    """How many agreements were signed by the end of each year."""
    years = [int(year) for year in moments]
    first, last = min(years, default=int(today[:4])), int(today[:4])
    total, points = 0, []
    for year in range(first, last + 1):
        total += moments.get(str(year), 0)
        points.append((str(year), float(total)))
    title = _("Agreements signed, added up by the end of each year")
    return columns(title, _("Counted from the day each agreement was first signed."), points)


def _moment(figure: dict[str, object]) -> str:
    known = wording.day(str(figure["reference_date"] or ""), str(figure.get("precision", "day")))
    return known or str(figure["report_year"])


def _amount(figure: dict[str, object]) -> str:
    return wording.amount(figure["value"], str(figure["unit"]))
