"""Quarry areas over all members: names as the agreement decides, counts only for enough members,
never volumes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AreaTerms:
    """What the agreement's content says. `minimum` counts different members.

    `names` False lists countries only.
    """

    names: bool
    minimum: int


@dataclass(frozen=True)
class AreaSource:
    """One quarry link of one member. `area` is empty where the place is not known.

    No volume ever gets here.
    """

    organisation: int
    country: str
    area: str
    may_name: bool


@dataclass(frozen=True)
class AreasOfCountry:
    """What would be published of one country. `members` is None where too few members contribute.

    `has_rest`: stone also comes from places that are not known, or that are not named here; which of the
    two is not told.
    """

    country: str
    areas: tuple[str, ...]
    members: int | None
    has_rest: bool


@dataclass
class _Gathered:
    members: set[int] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    rest: bool = False


def quarry_areas(sources: Iterable[AreaSource], terms: AreaTerms) -> list[AreasOfCountry]:
    """Countries by code with their areas by name.

    Links without a stated country cannot be placed and are left out.
    """
    gathered: dict[str, _Gathered] = {}
    for source in sources:
        if source.country:
            _gather(gathered.setdefault(source.country, _Gathered()), source)
    return [_of_country(code, gathered[code], terms) for code in sorted(gathered)]


def _gather(found: _Gathered, source: AreaSource) -> None:
    found.members.add(source.organisation)
    area = " ".join(source.area.split())
    if not area or not source.may_name:
        # A member that does not want its area named adds no name; whose it is or whether it is known stays
        # untold.
        found.rest = True
    else:
        found.names.setdefault(area.casefold(), area)


def _of_country(code: str, found: _Gathered, terms: AreaTerms) -> AreasOfCountry:
    named = sorted(found.names.values(), key=str.casefold) if terms.names else []
    members = len(found.members) if len(found.members) >= terms.minimum else None
    return AreasOfCountry(code, tuple(named), members, found.rest or (bool(found.names) and not terms.names))
