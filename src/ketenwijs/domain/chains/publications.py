"""The public copies of the chains: quarry areas and production locations, never a firm, a chain or a volume.

Both are worked out from frozen inputs alone, in which a member is a number without a name, by rules that carry a number: a
rule that changes gets a new one, and the old stays, so that any list of the past comes out exactly the same again.

Beside the numbers stand marks of the members, which only this installation's key can make again: by these a release is
compared with every earlier one (security.md 5, S7). Frozen inputs are never public.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from ketenwijs.domain.chains.rules import AreaSource, AreaTerms, quarry_areas
from ketenwijs.domain.chains.rules.areas import Cell
from ketenwijs.domain.chains.rules.locations import (
    LocationSource,
    list_changes,
    listed_locations,
    numbers_by_year,
)
from ketenwijs.foundation.publishing.kinds import PublicationKind, register_publication_kind

KIND = "chains.quarry_areas"
LOCATIONS_KIND = "chains.production_locations"
RULES = 1
"""The rules that lists of locations are made by now; frozen inputs say by which they were made."""
AREA_RULES = 2
"""The rules for areas. Rules 1 counted every member by itself and compared with no earlier release."""

Inputs = dict[str, Any]


@dataclass(frozen=True)
class Marks:
    """What tells a member again in a later release without naming it, by organisation; `key` is that of the key used."""

    key: str
    of: Mapping[int, str]


class PublicCountry(BaseModel):
    """One country. `members` is null where too few member companies contribute; `numbers` holds those of its areas that
    may be told.

    `has_rest`: also other or unknown places.
    """

    model_config = ConfigDict(extra="forbid")

    country: str
    areas: list[str]
    members: int | None
    has_rest: bool
    numbers: dict[str, int] = {}


class PublicQuarryAreas(BaseModel):
    """The areas of one report year. `minimum` is from how many members on a number is shown."""

    model_config = ConfigDict(extra="forbid")

    agreement: str
    year: str
    as_of: date
    areas_named: bool
    minimum: int
    countries: list[PublicCountry]
    is_example: bool
    named_from: int = 1


class PublicLocation(BaseModel):
    """One production location. Coordinates in degrees, null where not known."""

    model_config = ConfigDict(extra="forbid")

    code: str
    kind: str
    name: str
    place: str
    country: str
    latitude: float | None
    longitude: float | None


class PublicLocations(BaseModel):
    """The combined list of one day. `numbers` is how many locations the list of each calendar year held; `removed` are
    lines of the list before that are gone.

    `has_rest`: members also use locations that are not known or not named here.
    """

    model_config = ConfigDict(extra="forbid")

    agreement: str
    year: str
    as_of: date
    kinds: list[str]
    locations: list[PublicLocation]
    numbers: dict[str, int]
    compared_with: date | None
    added: list[str]
    removed: list[PublicLocation]
    has_rest: bool
    is_example: bool


def frozen_areas(
    sources: Sequence[AreaSource], terms: AreaTerms, *, agreement: str, year: str, as_of: date, is_example: bool,
    marks: Marks | None = None, withheld: Collection[Cell] = (),
) -> Inputs:  # fmt: skip
    """Everything a list of areas follows from. `marks` of the members by organisation; numbers of `withheld` cells are
    not told because of an earlier release.
    """
    numbers = _without_names(one.organisation for one in sources)
    groups = _without_names(one.counts_as for one in sources)
    rows = sorted(
        [numbers[one.organisation], groups[one.counts_as], one.country, one.area, one.may_name] for one in sources
    )
    return {
        "rules": AREA_RULES, "agreement": agreement, "year": year, "as_of": as_of.isoformat(),
        "is_example": is_example, "terms": asdict(terms), "sources": rows,
        "marks": _marks_by_number(numbers, marks), "withheld": sorted(list(cell) for cell in withheld),
    }  # fmt: skip


def area_sources(inputs: Mapping[str, Any]) -> list[AreaSource]:
    """The links that a list of areas was made from, members and groups as numbers; ValueError for unknown rules."""
    if inputs["rules"] == 1:
        return [AreaSource(*row) for row in inputs["sources"]]
    _check_rules(inputs, AREA_RULES)
    return [
        AreaSource(member, country, area, may_name, group)
        for member, group, country, area, may_name in inputs["sources"]
    ]


def areas_from(inputs: Mapping[str, Any]) -> PublicQuarryAreas:
    """The public list that follows from frozen inputs; ValueError for rules that never were."""
    terms = AreaTerms(**inputs["terms"])
    countries = quarry_areas(area_sources(inputs), terms, {(land, key) for land, key in inputs.get("withheld", ())})
    return PublicQuarryAreas(
        agreement=inputs["agreement"],
        year=inputs["year"],
        as_of=inputs["as_of"],
        areas_named=terms.names,
        minimum=terms.minimum,
        countries=[
            PublicCountry(
                country=one.country, areas=list(one.areas), members=one.members, has_rest=one.has_rest,
                numbers=dict(one.numbers),
            )
            for one in countries
        ],
        is_example=inputs["is_example"],
        named_from=terms.named_from,
    )  # fmt: skip


def frozen_locations(
    sources: Sequence[LocationSource], kinds: Sequence[str], before: Mapping[str, Any] | None, *, agreement: str,
    year: str, as_of: date, has_rest: bool, is_example: bool, marks: Marks | None = None,
) -> Inputs:  # fmt: skip
    """Everything a list of locations follows from; `before` is the public list that it replaces, `marks` are those of the
    members by organisation.
    """
    numbers = _without_names(one.organisation for one in sources)
    rows = [{**asdict(one), "organisation": numbers[one.organisation]} for one in sources]
    return {
        "rules": RULES, "agreement": agreement, "year": year, "as_of": as_of.isoformat(), "is_example": is_example,
        "has_rest": has_rest, "kinds": list(kinds), "sources": sorted(rows, key=str),
        "marks": _marks_by_number(numbers, marks),
        "before": None if before is None else {name: before[name] for name in ("as_of", "locations", "numbers")},
    }  # fmt: skip


def locations_from(inputs: Mapping[str, Any]) -> PublicLocations:
    """The public list that follows from frozen inputs; ValueError for rules that never were."""
    _check_rules(inputs, RULES)
    listed = listed_locations((LocationSource(**row) for row in inputs["sources"]), inputs["kinds"])
    before = inputs["before"]
    lines_before = {} if before is None else {one["code"]: one for one in before["locations"]}
    changes = list_changes(None if before is None else list(lines_before), [one.code for one in listed])
    as_of = date.fromisoformat(inputs["as_of"])
    return PublicLocations(
        agreement=inputs["agreement"],
        year=inputs["year"],
        as_of=as_of,
        kinds=list(inputs["kinds"]),
        locations=[PublicLocation(**asdict(one)) for one in listed],
        numbers=numbers_by_year(before["numbers"] if before else {}, as_of, len(listed)),
        compared_with=before["as_of"] if before else None,
        added=list(changes.added),
        removed=[PublicLocation(**lines_before[code]) for code in changes.removed],
        has_rest=inputs["has_rest"],
        is_example=inputs["is_example"],
    )


def _without_names(organisations: Iterable[int]) -> dict[int, int]:
    """A number for each member that tells nothing about which it is."""
    members = sorted(set(organisations))
    numbers = list(range(1, len(members) + 1))
    random.SystemRandom().shuffle(numbers)
    return dict(zip(members, numbers, strict=True))


def _marks_by_number(numbers: Mapping[int, int], marks: Marks | None) -> dict[str, Any] | None:
    """The mark of each member by the number it has in these inputs; None where none were made."""
    if marks is None:
        return None
    return {"key": marks.key, "of": {str(numbers[pk]): marks.of[pk] for pk in sorted(numbers, key=numbers.__getitem__)}}


def _check_rules(inputs: Mapping[str, Any], known: int) -> None:
    if inputs["rules"] != known:
        raise ValueError(f"there are no rules number {inputs['rules']} for this list")


def register() -> None:
    """Add this app's kinds of public copy; the key is the agreement's slug."""
    register_publication_kind(
        PublicationKind(KIND, PublicQuarryAreas, address=lambda key: f"/{key}/quarry-areas/", recompute=areas_from)
    )
    register_publication_kind(
        PublicationKind(
            LOCATIONS_KIND,
            PublicLocations,
            address=lambda key: f"/{key}/production-locations/",
            recompute=locations_from,
        )
    )
