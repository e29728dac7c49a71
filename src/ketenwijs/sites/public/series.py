"""From dated figures to a line through time: which figures of an agreement may stand beside each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

Copy = dict[str, Any]

MARKET_SHARE = "participation.market_share"
PARTICIPATION = "participation."
PARTIES = "participation.parties"
NOT_A_NUMBER_OF_PARTICIPANTS = (
    "goal", "joined", "left", "authorit", "membership_years", "supporters", "ministers", "capital", "target",
)  # fmt: skip
"""Words in codes of indicators that begin as the numbers of participants do and count something else."""


@dataclass(frozen=True)
class Point:
    """One figure at a day (ISO; the last day of a report year where the source gives no day of its own)."""

    day: str
    value: float
    figure: Copy


@dataclass(frozen=True)
class Series:
    """Figures of one indicator through time, oldest first."""

    indicator: Copy
    points: tuple[Point, ...]

    @property
    def first(self) -> Point:
        """The oldest figure."""
        return self.points[0]

    @property
    def last(self) -> Point:
        """The newest figure."""
        return self.points[-1]


def participants(figures: Copy, years: list[Copy]) -> Series | None:
    """The best line of how many took part: members before parties, more moments before fewer; None without any.

    Populations are left out that are seen to be a part, because a greater figure stands beside them on the same day;
    of several figures on one day the greatest is taken.
    """
    found = [one for one in figures["indicators"] if _counts_participants(one["code"])]
    lines = [Series(one, points) for one in found if (points := _whole(_points(figures, one, years, "count")))]
    return max(lines, key=_worth, default=None)


def market_shares(figures: Copy, years: list[Copy]) -> list[Series]:
    """Shares of markets through time, in per cent: a line for each market, for they cannot stand in one."""
    lines = []
    for indicator in figures["indicators"]:
        if indicator["code"].startswith(MARKET_SHARE) and _counts_participants(indicator["code"]):
            points = _points(figures, indicator, years, "percent")
            markets = dict.fromkeys(_population(one) for one in points)
            lines += [Series(indicator, tuple(p for p in points if _population(p) == market)) for market in markets]
    return lines


def _points(figures: Copy, indicator: Copy, years: list[Copy], unit: str) -> list[Point]:
    """Figures of an indicator in order of time, without parts of a total and those that another was chosen for."""
    found = [
        Point(day_of(one, years), float(one["value"]), one)
        for one in figures["figures"]
        if one["indicator"] == indicator["code"]
        and one["unit"] == unit
        and one["value"] is not None
        and not one["part_of"]
    ]
    days = {point.figure["identifier"]: point.day for point in found}
    kept_instead = {code: one["kept"] for one in figures["conflicts"] if one["kept"] for code in one["figures"]}
    chosen = [p for p in found if not _lost(p, kept_instead.get(p.figure["identifier"], ""), days)]
    return sorted(chosen, key=lambda point: point.day)


def _lost(point: Point, kept: str, days: dict[str, str]) -> bool:
    """Whether a conflict was settled for another figure of the same year; one of another year is no rival."""
    return bool(kept) and kept != point.figure["identifier"] and days.get(kept, "")[:4] == point.day[:4]


def _whole(points: list[Point]) -> tuple[Point, ...]:
    greatest: dict[str, Point] = {}
    for point in points:
        if point.day and (point.day not in greatest or point.value > greatest[point.day].value):
            greatest[point.day] = point
    dated = [point for point in points if point.day]
    parts = {_population(p) for p in dated if _population(p) != _population(greatest[p.day])}
    return tuple(point for _day, point in sorted(greatest.items()) if _population(point) not in parts)


def day_of(figure: Copy, years: list[Copy]) -> str:
    """The day of a figure, else the last day of its report year, else the end of the last year its code names."""
    if figure["reference_date"]:
        return str(figure["reference_date"])
    named = figure["report_year"]
    known = next((one["ends_on"] for one in years if one["code"] == named), "")
    last = named[-4:]
    return str(known) or (f"{last}-12-31" if last.isdecimal() and len(last) == 4 else "")


def _counts_participants(code: str) -> bool:
    return code.startswith(PARTICIPATION) and not any(word in code for word in NOT_A_NUMBER_OF_PARTICIPANTS)


def _worth(line: Series) -> tuple[bool, bool, int]:
    return len(line.points) > 1, line.indicator["code"] != PARTIES, len(line.points)


def _population(point: Point) -> str:
    return str(point.figure["population"].get("nl", ""))


def years_seen_twice(points: tuple[Point, ...]) -> set[str]:
    """Years in which a line has more than one figure, so that the month must be named."""
    return {year for year, number in Counter(point.day[:4] for point in points).items() if number > 1}
