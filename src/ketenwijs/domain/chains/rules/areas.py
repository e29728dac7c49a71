"""Quarry areas over all members: names as the agreement decides, counts only for enough members, never volumes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

HIDDEN_TOGETHER = 2
"""A single hidden number could be told from the country's; so many at least are hidden in a country, or none."""


@dataclass(frozen=True)
class AreaTerms:
    """What the agreement's content says. `minimum` counts members of different company groups, and so does `named_from`,
    from which on an area is named.

    `names` False lists countries only.
    """

    names: bool
    minimum: int
    named_from: int = 1


@dataclass(frozen=True)
class AreaSource:
    """One quarry link of one member. `area` is empty where the place is not known; members of one company group share
    its number, and None says that the member stands alone.

    No volume ever gets here.
    """

    organisation: int
    country: str
    area: str
    may_name: bool
    group: int | None = None

    @property
    def counts_as(self) -> int:
        """The company group of the member: holdings count once."""
        return self.organisation if self.group is None else self.group


Cell = tuple[str, str]
"""A country's code, and the folded name of an area or nothing for the country's own number."""


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
class _Contributors:
    members: set[int] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)

    def add(self, source: AreaSource) -> None:
        self.members.add(source.organisation)
        self.groups.add(source.counts_as)


@dataclass
class _Gathered:
    everybody: _Contributors = field(default_factory=_Contributors)
    names: dict[str, list[str]] = field(default_factory=dict)
    of_area: dict[str, _Contributors] = field(default_factory=dict)
    rest: bool = False


def area_key(area: str) -> str:
    """What makes two spellings of an area the same: case and spacing left out."""
    return " ".join(area.split()).casefold()


def cells_of(source: AreaSource) -> list[Cell]:
    """The numbers that a link counts in: that of its country, and that of its area where that may be named."""
    if not source.country:
        return []
    key = area_key(source.area) if source.may_name else ""
    return [(source.country, ""), (source.country, key)] if key else [(source.country, "")]


def quarry_areas(
    sources: Iterable[AreaSource], terms: AreaTerms, withheld: Collection[Cell] = ()
) -> list[AreasOfCountry]:
    """Countries by code with their areas by name; numbers of `withheld` cells are never told.

    Links without a stated country cannot be placed and are left out.
    """
    gathered: dict[str, _Gathered] = {}
    for source in sources:
        if source.country:
            _gather(gathered.setdefault(source.country, _Gathered()), source)
    return [_of_country(code, gathered[code], terms, withheld) for code in sorted(gathered)]


def _gather(found: _Gathered, source: AreaSource) -> None:
    found.everybody.add(source)
    area = " ".join(source.area.split())
    if not area or not source.may_name:
        # A member that does not want its area named adds no name; whose it is or whether it is known stays
        # untold.
        found.rest = True
    else:
        found.names.setdefault(area_key(area), []).append(area)
        found.of_area.setdefault(area_key(area), _Contributors()).add(source)


def _of_country(code: str, found: _Gathered, terms: AreaTerms, withheld: Collection[Cell]) -> AreasOfCountry:
    named = {
        min(written): found.of_area[key]
        for key, written in found.names.items()
        if terms.names and len(found.of_area[key].groups) >= terms.named_from
    }
    has_rest = found.rest or len(named) < len(found.names)
    enough = len(found.everybody.groups) >= terms.minimum and (code, "") not in withheld
    return AreasOfCountry(
        country=code,
        areas=tuple(sorted(named, key=lambda name: (name.casefold(), name))),
        members=len(found.everybody.members) if enough else None,
        has_rest=has_rest,
        numbers=shown_numbers(
            {name: len(one.members) for name, one in named.items()},
            terms.minimum,
            has_rest=has_rest,
            groups={name: len(one.groups) for name, one in named.items()},
            withheld=[name for name in named if (code, area_key(name)) in withheld],
        ),
    )


def shown_numbers(
    members: Mapping[str, int], minimum: int, *, has_rest: bool, groups: Mapping[str, int] | None = None,
    withheld: Collection[str] = (),
) -> dict[str, int]:  # fmt: skip
    """Which areas' numbers are told: those of enough company groups, and none that would give a hidden one away.

    Without `groups` each member stands alone. The unnamed rest is a hidden number of its own. Where just one number would
    be hidden, the smallest that could be told is hidden with it: together with the country's number a single one has narrow
    bounds (security.md 5, S5 and S6).
    """
    counted = members if groups is None else groups
    shown = {name: number for name, number in members.items() if counted[name] >= minimum and name not in set(withheld)}
    hidden = len(members) - len(shown) + has_rest
    by_size = sorted(shown, key=lambda name: (shown[name], name.casefold(), name))
    for name in by_size[: HIDDEN_TOGETHER - hidden] if 0 < hidden < HIDDEN_TOGETHER else ():
        del shown[name]
    return {name: shown[name] for name in sorted(shown, key=lambda name: (name.casefold(), name))}
