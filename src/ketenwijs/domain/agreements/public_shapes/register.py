"""Public copies of members and authorities."""

from __future__ import annotations

from datetime import date

from ketenwijs.domain.agreements.public_shapes.shapes import Payload


class HeldOutcome(Payload):
    """An outcome a member held or holds; names of scheme and value stand in the agreement's copy."""

    scheme: str
    value: str
    number: int | None
    report_year: str
    since: date


class PublicPlanLink(Payload):
    """Where a plan from before this system can be read."""

    report_year: str
    url: str


class PublicMember(Payload):
    """Key: `<slug>/<reference>`. `group` is a code of the agreement, `kind` a trade of the reference list.

    The reason of leaving, register numbers and people are not public.
    """

    agreement: str
    reference: str
    name: str
    kind: str
    country: str
    place: str
    website: str
    joined_on: date
    left_on: date | None
    group: str
    outcomes: list[HeldOutcome]
    plan_links: list[PublicPlanLink]
    is_example: bool


class PublicAuthority(Payload):
    """Key: `<slug>/<reference>`. `kind` is a kind of authority of the reference list."""

    agreement: str
    reference: str
    name: str
    kind: str
    country: str
    place: str
    website: str
    joined_on: date
    left_on: date | None
    is_example: bool
