"""The public copies: numbers about awareness, never a firm or site; and what the complaints body released, as released.

Numbers are worked out from frozen inputs alone, in which firms and sites are numbers without a name, by rules that carry a
number: a rule that changes gets a new one, so that any copy of the past comes out exactly the same again.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from ketenwijs.domain.awareness.released import ReleasedCase, ReleasedRuling, ReleasedYear
from ketenwijs.domain.awareness.rules import Announced, Named, numbers_of
from ketenwijs.foundation.content.texts import Texts
from ketenwijs.foundation.publishing.kinds import PublicationKind, register_publication_kind

AWARENESS_KIND = "awareness.numbers"
COMPLAINTS_KIND = "awareness.complaints"
RULES = 2
"""The rules that numbers are made by now; frozen inputs say by which they were made. Rules 1 counted every firm by itself."""

Inputs = dict[str, Any]


class Shape(BaseModel):
    """Unknown names are refused."""

    model_config = ConfigDict(extra="forbid")


class PublicLanguage(Shape):
    """A language in which the route was announced, with the number of sites."""

    code: str
    name: dict[str, str]
    sites: int


class PublicAwareness(Shape):
    """The numbers of one report year. None where fewer than `minimum` firms stand behind a number.

    `members` is how many firms took part in the year; `confirmed` is in whole per cents of the sites.
    """

    agreement: str
    year: str
    starts_on: date
    ends_on: date
    as_of: date
    minimum: int
    members: int
    sites: int | None
    firms: int | None
    languages: list[PublicLanguage]
    more_languages: bool
    in_code: int | None
    on_website: int | None
    confirmed: int | None
    is_example: bool


class PublicKind(Shape):
    """A kind of case or a state by name."""

    code: str
    name: Texts


class PublicComplaints(Shape):
    """What the complaints body released, as it released it; a hidden number is None."""

    agreement: str
    mechanism: Texts
    register_address: str
    serial: int
    released_on: date
    is_example: bool
    kinds: list[PublicKind]
    states: list[PublicKind]
    running: list[ReleasedCase]
    counts: list[ReleasedYear]
    rulings: list[ReleasedRuling]


@dataclass(frozen=True)
class Terms:
    """What goes with the rows: whose year it is, how many take part, and from how many firms on numbers are told."""

    agreement: str
    year: str
    starts_on: date
    ends_on: date
    members: int
    minimum: int
    language_names: Mapping[str, Mapping[str, str]]
    is_example: bool
    groups: Mapping[int, int] = field(default_factory=dict)
    """The company group of each firm; one that is not in it stands alone."""


def frozen_numbers(announced: Sequence[Announced], named: Sequence[Named], terms: Terms, as_of: date) -> Inputs:
    """Everything the numbers of one year follow from."""
    firms = _without_names([*(one.firm for one in announced), *(one.firm for one in named)])
    groups = _without_names(terms.groups.get(firm, firm) for firm in firms)
    sites = _without_names(one.site for one in announced)
    rows = sorted([firms[one.firm], sites[one.site], sorted(one.languages), one.confirmed] for one in announced)
    used = {code for one in announced for code in one.languages}
    return {
        "rules": RULES, "agreement": terms.agreement, "year": terms.year, "starts_on": terms.starts_on.isoformat(),
        "ends_on": terms.ends_on.isoformat(), "as_of": as_of.isoformat(), "members": terms.members,
        "minimum": terms.minimum, "is_example": terms.is_example, "announced": rows,
        "named": sorted([firms[one.firm], one.in_code, one.on_website] for one in named),
        "groups": sorted([number, groups[terms.groups.get(firm, firm)]] for firm, number in firms.items()),
        "language_names": {code: dict(terms.language_names[code]) for code in sorted(used)},
    }  # fmt: skip


def numbers_from(inputs: Mapping[str, Any]) -> PublicAwareness:
    """The public numbers that follow from frozen inputs; ValueError for rules that never were."""
    if inputs["rules"] not in (1, RULES):
        raise ValueError(f"there are no rules number {inputs['rules']} for these numbers")
    announced = [Announced(firm, site, tuple(codes), confirmed) for firm, site, codes, confirmed in inputs["announced"]]
    group_of = {firm: group for firm, group in inputs["groups"]} if inputs["rules"] > 1 else {}
    found = numbers_of(announced, [Named(*row) for row in inputs["named"]], inputs["minimum"], group_of)
    names = inputs["language_names"]
    kept = ("agreement", "year", "starts_on", "ends_on", "as_of", "minimum", "members", "is_example")
    return PublicAwareness(
        **{name: inputs[name] for name in kept},
        sites=found.sites,
        firms=found.firms,
        languages=[PublicLanguage(code=code, name=names[code], sites=number) for code, number in found.languages],
        more_languages=found.more_languages,
        in_code=found.in_code,
        on_website=found.on_website,
        confirmed=found.confirmed,
    )


def _without_names(numbers: Iterable[int]) -> dict[int, int]:
    """A number for each that tells nothing about which it is."""
    every = sorted(set(numbers))
    chosen = list(range(1, len(every) + 1))
    random.SystemRandom().shuffle(chosen)
    return dict(zip(every, chosen, strict=True))


def register() -> None:
    """Add this app's kinds of public copy; keys are `<agreement>/<year>` and `<agreement>`."""
    register_publication_kind(
        PublicationKind(
            AWARENESS_KIND, PublicAwareness, address=lambda key: f"/complaints/{key}/", recompute=numbers_from
        )
    )
    register_publication_kind(
        PublicationKind(COMPLAINTS_KIND, PublicComplaints, address=lambda key: f"/complaints/{key}/register/")
    )
