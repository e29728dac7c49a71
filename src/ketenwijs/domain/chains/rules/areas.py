"""Quarry areas over all members: names as the agreement decides, counts only for enough members, never volumes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HIDDEN_TOGETHER = 2
"""A single hidden number could be told from the country's; so many at least are hidden in a country, or none."""


@dataclass(frozen=True)
class AreaTerms:
    """What the agreement's content says. `minimum` counts different members; from `named_from` on an area is named.

    `names` False lists countries only.
    """

    names: bool
    minimum: int
    named_from: int = 1


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
    """What would be published of one country. `members` is None where too few members contribute; `numbers` holds the
    members of the areas for which that is told.

    `has_rest`: stone also comes from places that are not known, or that are not named here; which of the
    two is not told.
    """

    country: str
    areas: tuple[str, ...]
    members: int | None
    has_rest: bool
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass
class _Gathered:
    members: set[int] = field(default_factory=set)
    names: dict[str, list[str]] = field(default_factory=dict)
    of_area: dict[str, set[int]] = field(default_factory=dict)
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
        found.names.setdefault(area.casefold(), []).append(area)
        found.of_area.setdefault(area.casefold(), set()).add(source.organisation)


def _of_country(code: str, found: _Gathered, terms: AreaTerms) -> AreasOfCountry:
    named = {
        min(written): len(found.of_area[folded])
        for folded, written in found.names.items()
        if terms.names and len(found.of_area[folded]) >= terms.named_from
    }
    has_rest = found.rest or len(named) < len(found.names)
    return AreasOfCountry(
        country=code,
        areas=tuple(sorted(named, key=lambda name: (name.casefold(), name))),
        members=len(found.members) if len(found.members) >= terms.minimum else None,
        has_rest=has_rest,
        numbers=shown_numbers(named, terms.minimum, has_rest=has_rest),
    )


def shown_numbers(members: Mapping[str, int], minimum: int, *, has_rest: bool) -> dict[str, int]:
    """Which areas' numbers are told: those of enough members, and none that would give a hidden one away.

    The unnamed rest is a hidden number of its own. Where just one number would be hidden, the smallest that could be told
    is hidden with it: together with the country's number a single one has narrow bounds (security.md 5, S5 and S6).
    """
    shown = {name: number for name, number in members.items() if number >= minimum}
    hidden = len(members) - len(shown) + has_rest
    by_size = sorted(shown, key=lambda name: (shown[name], name.casefold(), name))
    for name in by_size[: HIDDEN_TOGETHER - hidden] if 0 < hidden < HIDDEN_TOGETHER else ():
        del shown[name]
    return {name: shown[name] for name in sorted(shown, key=lambda name: (name.casefold(), name))}
