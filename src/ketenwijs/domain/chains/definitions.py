"""Shapes of the content files of this app: what follows from a chain in an agreement, kinds of people, bands of weight."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.foundation.content.checking import duplicates
from ketenwijs.foundation.content.kinds import ContentKind, Loaded, Problem, register_kind
from ketenwijs.foundation.content.texts import Texts

CHAIN_RULES = "chain-rules"


class Shape(BaseModel):
    """Unknown names are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Situation(Shape):
    """A buying situation: chains that fit belong to the group. What is left out does not matter."""

    group: str
    bought: Literal["at_home", "abroad"] | None = None
    won_and_worked: Literal["inside_eea", "outside_eea"] | None = None
    source: str


class Counting(Shape):
    """What counts as one chain for the fee: chains that agree in `different_by` are one.

    `included` of them are part of the base fee; each other costs the fee with the code `extra_fee` of the term.
    """

    different_by: tuple[Literal["supplier", "material", "country", "factory", "quarry"], ...] = Field(min_length=1)
    groups: tuple[str, ...] = ()
    included: int = Field(default=0, ge=0)
    extra_fee: str = ""
    example: bool = False
    source: str
    note: Texts


class ChainRulesFile(Shape):
    """`agreements/<slug>/chains.yaml`. Situations stand from the lightest duty to the strictest."""

    identifier: str
    version: str
    agreement: str
    home_countries: tuple[str, ...] = ()
    situations: tuple[Situation, ...] = ()
    counting: Counting | None = None


class PeopleKind(Shape):
    """A kind of group of people who stand in no register."""

    code: str
    name: Texts


class PeopleKindsFile(Shape):
    """`reference/people-kinds.yaml`"""

    identifier: str
    people_kinds: tuple[PeopleKind, ...]


class Band(Shape):
    """Tonnes in a year from (included) to (not included); without an end the heaviest band."""

    code: str
    from_tonnes: Decimal
    to_tonnes: Decimal | None = None


class BandsFile(Shape):
    """`reference/tonnes-bands.yaml`"""

    identifier: str
    bands: tuple[Band, ...]


def check_chain_rules(loaded: Loaded, every: list[Loaded]) -> Iterable[Problem]:
    """Rules name an agreement that is there, and groups and a fee that it has."""
    content = loaded.content
    assert isinstance(content, ChainRulesFile)
    files = [one.content for one in every if isinstance(one.content, AgreementFile)]
    agreement = next((one for one in files if one.slug == content.agreement), None)
    if agreement is None:
        yield ("agreement",), "unknown_agreement", f"there is no agreement {content.agreement}"
        return
    groups = {one.code for one in agreement.groups}
    for place, one in enumerate(content.situations):
        if one.group not in groups:
            yield ("situations", place, "group"), "unknown_group", f"the agreement has no group {one.group}"
    counting = content.counting
    if counting is None:
        return
    for place, code in enumerate(counting.groups):
        if code not in groups:
            yield ("counting", "groups", place), "unknown_group", f"the agreement has no group {code}"
    fees = {fee.code for term in agreement.terms for fee in term.fees}
    if counting.extra_fee and counting.extra_fee not in fees:
        yield ("counting", "extra_fee"), "unknown_fee", f"no term has a fee {counting.extra_fee}"


def check_bands(loaded: Loaded, _every: list[Loaded]) -> Iterable[Problem]:
    """Bands follow each other without a gap, and no code stands twice."""
    content = loaded.content
    assert isinstance(content, BandsFile)
    for place, code in duplicates([one.code for one in content.bands]):
        yield ("bands", place, "code"), "duplicate_code", f"the code {code} stands twice"
    for place, (one, following) in enumerate(zip(content.bands, content.bands[1:], strict=False)):
        if one.to_tonnes != following.from_tonnes:
            yield ("bands", place, "to_tonnes"), "gap", "the next band does not begin where this one ends"


def check_people_kinds(loaded: Loaded, _every: list[Loaded]) -> Iterable[Problem]:
    """No code stands twice."""
    content = loaded.content
    assert isinstance(content, PeopleKindsFile)
    for place, code in duplicates([one.code for one in content.people_kinds]):
        yield ("people_kinds", place, "code"), "duplicate_code", f"the code {code} stands twice"


def register() -> None:
    """Make the three kinds of file known."""
    people, bands = "reference/people-kinds.yaml", "reference/tonnes-bands.yaml"
    register_kind(ContentKind(CHAIN_RULES, "agreements/*/chains.yaml", ChainRulesFile, check_chain_rules))
    register_kind(ContentKind("people-kinds", people, PeopleKindsFile, check_people_kinds, is_edition=False))
    register_kind(ContentKind("tonnes-bands", bands, BandsFile, check_bands, is_edition=False))
