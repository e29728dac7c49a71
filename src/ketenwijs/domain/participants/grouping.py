"""Which companies count as one because one holding owns them. Pure: no database, settings or clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Company:
    """One organisation as counting sees it. `holding` is empty where none is known."""

    pk: int
    name: str
    holding: str


def folded_name(name: str) -> str:
    """A name for comparing: small letters and digits alone, without accents, dots or spaces ("B.V." is "BV")."""
    plain = unicodedata.normalize("NFKD", name)
    return re.sub(r"[\W_]+", "", "".join(one for one in plain if not unicodedata.combining(one)).casefold())


def one_number_per_group(companies: Iterable[Company]) -> dict[int, int]:
    """For each company the lowest number among those it counts as one with; its own where it stands alone.

    Companies with the same holding belong together, and so does the company whose own name is the name of that holding.
    Two companies that merely have the same name do not.
    """
    listed = sorted(companies, key=lambda one: one.pk)
    by_name: dict[str, list[int]] = {}
    for one in listed:
        by_name.setdefault(folded_name(one.name), []).append(one.pk)
    first: dict[int, int] = {one.pk: one.pk for one in listed}
    of_holding: dict[str, int] = {}
    for one in listed:
        key = folded_name(one.holding)
        if not key:
            continue
        for other in (of_holding.setdefault(key, one.pk), *by_name.get(key, ())):
            _join(first, one.pk, other)
    return {pk: _first(first, pk) for pk in first}


def _first(first: dict[int, int], pk: int) -> int:
    while first[pk] != pk:
        first[pk] = first[first[pk]]
        pk = first[pk]
    return pk


def _join(first: dict[int, int], one: int, other: int) -> None:
    lower, higher = sorted((_first(first, one), _first(first, other)))
    first[higher] = lower
