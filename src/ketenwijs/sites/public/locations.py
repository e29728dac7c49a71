"""The combined list of production locations as the public sees it: by country, searched, with what changed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.publishing.selectors import copy_with, current_number
from ketenwijs.sites.public.finding import Finder

KIND = "chains.production_locations"
KEPT = 2
"""Lists kept in this process; a copy never changes, so none of them can be out of date."""

Copy = dict[str, Any]


@dataclass(frozen=True)
class Listing:
    """One published list. Lines are sorted by country; `countries` tells of each where its lines begin and end."""

    copy: Copy
    effective_on: date
    lines: list[Copy]
    countries: dict[str, tuple[int, int]]
    added: frozenset[str]
    finder: Finder

    def between(self, country: str) -> tuple[int, int]:
        """First line of a country and the one after its last; all lines without a country."""
        return self.countries.get(country, (0, 0)) if country else (0, len(self.lines))

    def positions(self, term: str, country: str) -> range | list[int]:
        """Which lines to show; for a term at most a thousand and one."""
        first, after = self.between(country)
        return self.finder.positions(term, first, after) if term else range(first, after)


_kept: OrderedDict[int, Listing] = OrderedDict()
_lock = Lock()


def listing(slug: str) -> Listing | None:
    """The list in force today, or None. One small query where it is kept already."""
    number = current_number(KIND, slug)
    if number is None:
        return None
    with _lock:
        if number in _kept:
            _kept.move_to_end(number)
            return _kept[number]
    made = _made(number)
    with _lock:
        _kept[number] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _made(number: int) -> Listing:
    published = copy_with(number)
    lines = published.payload["locations"]
    bounds: dict[str, tuple[int, int]] = {}
    for position, line in enumerate(lines):
        first, _after = bounds.get(line["country"], (position, position))
        bounds[line["country"]] = (first, position + 1)
    return Listing(
        copy=published.payload,
        effective_on=published.effective_on,
        lines=lines,
        countries=bounds,
        added=frozenset(published.payload["added"]),
        finder=Finder(f"{line['name']} {line['place']}" for line in lines),
    )


@dataclass(frozen=True)
class Line:
    """One line in the reader's words."""

    name: str
    kind: str
    place: str
    country: str
    is_new: bool


def shown(line: Copy, added: frozenset[str] = frozenset()) -> Line:
    """A line of the list in words."""
    kind, country = reference.site_kind(line["kind"]), reference.country(line["country"])
    return Line(
        name=line["name"],
        kind=kind.name if kind else line["kind"],
        place=line["place"],
        country=country.name if country else line["country"],
        is_new=line["code"] in added,
    )
