"""The combined list of production locations of all members: which are on it, and what changed since the list before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from ketenwijs.domain.chains.rules.mapped import folded


@dataclass(frozen=True)
class LocationSource:
    """One known site of one member, by the register's name where the secretariat matched it. Coordinates in degrees."""

    organisation: int
    kind: str
    name: str
    place: str
    country: str
    may_name: bool
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class ListedLocation:
    """One line of the list. `code` stays the same from list to list as long as kind, name, place and country do."""

    code: str
    kind: str
    name: str
    place: str
    country: str
    latitude: float | None
    longitude: float | None


def code_of(kind: str, name: str, place: str, country: str) -> str:
    """Twelve hexadecimal digits for what a line says; case and spacing do not count."""
    text = "\n".join(folded(part) for part in (kind, name, place, country))
    return sha256(text.encode()).hexdigest()[:12]


def listed_locations(sources: Iterable[LocationSource], kinds: Sequence[str]) -> list[ListedLocation]:
    """Each location once, whoever uses it, by country and name. One that a member does not want named is on the list only
    when another member names it.
    """
    found: dict[str, ListedLocation] = {}
    wanted = (one for one in sources if one.may_name and one.kind in kinds and one.name)
    for one in sorted(wanted, key=lambda one: (one.latitude is None, one.name, one.place, one.latitude, one.longitude)):
        code = code_of(one.kind, one.name, one.place, one.country)
        line = ListedLocation(code, one.kind, one.name, one.place, one.country, one.latitude, one.longitude)
        found.setdefault(code, line)
    return sorted(found.values(), key=lambda one: (one.country, one.name.casefold(), one.place.casefold(), one.code))


@dataclass(frozen=True)
class ListChanges:
    """Codes that are new on a list, and lines of the list before that are gone; a first list has neither."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def list_changes(before: Sequence[str] | None, now: Sequence[str]) -> ListChanges:
    """What changed between two lists of codes; `before` None without an earlier list."""
    if before is None:
        return ListChanges((), ())
    return ListChanges(tuple(sorted(set(now) - set(before))), tuple(sorted(set(before) - set(now))))


def numbers_by_year(before: Mapping[str, int], day: date, number: int) -> dict[str, int]:
    """How many locations the list of each calendar year held; a corrected list replaces its year's number."""
    counted = {**before, str(day.year): number}
    return {year: counted[year] for year in sorted(counted)}


def list_day(today: date, month: int, day: int) -> date:
    """The day a list released today belongs to: that of this year while it is still to come, else today."""
    return max(today, date(today.year, month, day))
