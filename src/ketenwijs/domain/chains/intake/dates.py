"""Finds a date inside a text; what the sheet proves, else its language, gives the order of day and month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from .wording import fold

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?((?:19|20)?\d\d)(?!\d)")
_DAY_AND_MONTH = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})(?!\d)")
_DAY_FIRST_WORD = re.compile(
    r"(?<!\d)(\d{1,2})(?:er|e|st|nd|rd|th|ste|de)?\.?\s+([^\W\d_]{3,10})\.?\s+((?:19|20)\d\d)", re.IGNORECASE
)
_MONTH_FIRST_WORD = re.compile(r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """`on` is None where day, month or year is missing; `assumed` where day and month could be exchanged."""

    on: date | None
    assumed: bool = False


def as_date(cell: object) -> date | None:
    """A date cell of a workbook as a date."""
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None


def year_in(text: str) -> int | None:
    """The only year that the text names, if there is just one."""
    years = {int(year) for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def find_date(
    text: str, months: Mapping[str, int], *, month_first: bool | None, year: int | None = None
) -> FoundDate | None:
    """The first date in `text`. `month_first` None: not proven, so the day is taken first and marked as
    assumed. `year`: of dates without one, where the sheet says so.
    """
    found = _ISO.search(text)
    if found:
        return FoundDate(_date(found.group(1), found.group(2), found.group(3)))
    found = _NUMERIC.search(text)
    if found:
        return _numeric(found, month_first)
    for pattern, day, month in ((_DAY_FIRST_WORD, 1, 2), (_MONTH_FIRST_WORD, 2, 1)):
        found = pattern.search(text)
        number = months.get(fold(found.group(month))) if found else None
        if found and number:
            return FoundDate(_date(found.group(3), str(number), found.group(day)))
    short = _DAY_AND_MONTH.search(text)
    if short and year is not None:
        return _in_order(short.group(1), short.group(2), short.group(3), str(year), month_first)
    if short or (_YEAR.search(text) and any(word in months for word in fold(text).split())):
        return FoundDate(None)
    return None


def proves_order(text: str) -> bool | None:
    """True where a date can only have the month first, False where only the day, None otherwise."""
    found = _NUMERIC.search(text)
    return _proven(int(found.group(1)), int(found.group(3))) if found else None


def _proven(first: int, second: int) -> bool | None:
    if first > 12 >= second:
        return False
    return True if second > 12 >= first else None


def _numeric(found: re.Match[str], month_first: bool | None) -> FoundDate:
    year = found.group(4)
    return _in_order(
        found.group(1), found.group(2), found.group(3), f"20{year}" if len(year) == 2 else year, month_first
    )


def _in_order(first: str, mark: str, second: str, year: str, month_first: bool | None) -> FoundDate:
    proven = _proven(int(first), int(second))
    swap = proven if proven is not None else bool(month_first)
    day, month = (second, first) if swap else (first, second)
    # Points and dashes are written day first everywhere; only a slash leaves doubt.
    doubtful = proven is None and month_first is None and mark == "/" and first != second
    return FoundDate(_date(year, month, day), assumed=doubtful)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
