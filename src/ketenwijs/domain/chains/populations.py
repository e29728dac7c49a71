"""Who stood behind earlier releases, by marks that name nobody: read from frozen inputs and compared with a release to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.crypto import salted_hmac

from ketenwijs.domain.chains.publications import Marks, area_sources
from ketenwijs.domain.chains.rules import AreaSource
from ketenwijs.domain.chains.rules.areas import Cell, area_key, cells_of
from ketenwijs.domain.chains.rules.locations import LocationSource
from ketenwijs.domain.chains.rules.populations import Behind, too_close
from ketenwijs.foundation.publishing.models import Publication

SALT = "ketenwijs.chains.populations"
DIGITS = 24


@dataclass(frozen=True)
class Known:
    """All that ever were members of an agreement: the mark of each, and the company group that a mark stands for."""

    marks: Marks
    group_of: Mapping[str, int]


def known_members(agreement: str, groups: Mapping[int, int]) -> Known:
    """Marks for organisations with the number of their company group; other marks in each agreement."""
    of = {pk: _mark(f"{agreement}/{pk}") for pk in groups}
    return Known(Marks(_mark("key"), of), {of[pk]: group for pk, group in groups.items()})


def cells_too_close(
    sources: Iterable[AreaSource], earlier: Sequence[Publication], known: Known, minimum: int
) -> dict[Cell, date]:
    """Numbers of areas and countries that must not be told, with the day of the earlier release they are too close to."""
    told = [(one.effective_on, _numbers_told(one.payload), _marks_by_cell(one, known)) for one in earlier]
    found = {}
    for cell, members in _members_by_cell(sources).items():
        was = [
            (day, Behind(numbers[cell], frozenset(marks[cell]) if marks and cell in marks else None))
            for day, numbers, marks in told
            if cell in numbers
        ]
        now = Behind(len(members), frozenset(known.marks.of[pk] for pk in members))
        day = too_close(now, was, known.group_of, minimum)
        if day is not None:
            found[cell] = day
    return found


def list_too_close(
    sources: Iterable[LocationSource], lines: set[str], earlier: Iterable[Publication], known: Known, minimum: int
) -> date | None:
    """The day of an earlier list that differs from one to be while almost the same members stand behind both; or None.

    `lines` are the codes of the list to be. A list without any other line tells nothing new.
    """
    members = {one.organisation for one in sources if one.may_name}
    now = Behind(len(members), frozenset(known.marks.of[pk] for pk in members))
    was = [
        (one.effective_on, _behind_list(inputs, known))
        for one in earlier
        if (inputs := _inputs_of(one)) and {line["code"] for line in one.payload["locations"]} != lines
    ]
    return too_close(now, was, known.group_of, minimum)


def _mark(text: str) -> str:
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:DIGITS]


def _inputs_of(copy: Publication) -> dict[str, Any] | None:
    frozen = getattr(copy, "frozen_inputs", None)
    return None if frozen is None else frozen.inputs


def _marks_in(inputs: Mapping[str, Any] | None, known: Known) -> dict[str, str] | None:
    """The marks of a release by number; None where none were kept or the key of this installation changed since."""
    kept = (inputs or {}).get("marks")
    return kept["of"] if kept and kept["key"] == known.marks.key else None


def _numbers_told(payload: Mapping[str, Any]) -> dict[Cell, int]:
    found = {}
    for one in payload["countries"]:
        if one["members"] is not None:
            found[(one["country"], "")] = one["members"]
        found |= {(one["country"], area_key(name)): number for name, number in one.get("numbers", {}).items()}
    return found


def _members_by_cell(sources: Iterable[AreaSource]) -> dict[Cell, set[int]]:
    found: dict[Cell, set[int]] = defaultdict(set)
    for source in sources:
        for cell in cells_of(source):
            found[cell].add(source.organisation)
    return found


def _marks_by_cell(copy: Publication, known: Known) -> dict[Cell, set[str]] | None:
    inputs = _inputs_of(copy)
    marks = _marks_in(inputs, known)
    if inputs is None or marks is None:
        return None
    behind = _members_by_cell(area_sources(inputs))
    return {cell: {marks[str(number)] for number in members} for cell, members in behind.items()}


def _behind_list(inputs: Mapping[str, Any], known: Known) -> Behind:
    members = {one["organisation"] for one in inputs["sources"] if one["may_name"]}
    marks = _marks_in(inputs, known)
    return Behind(len(members), None if marks is None else frozenset(marks[str(number)] for number in members))
