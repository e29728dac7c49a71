"""Whether a figure differs from one released before by so few company groups that the difference would tell about them.

Rule S7 of the security design. Pure: no database, settings or clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Behind:
    """Who stands behind a figure: how many members, and a mark for each that names nobody.

    `marks` None: the release kept none, or made them with another key, so that only the number can be compared.
    """

    number: int
    marks: frozenset[str] | None = None


def groups_apart(one: Behind, other: Behind, group_of: Mapping[str, int]) -> int:
    """How many company groups stand behind one of two figures and not behind the other; the difference of their numbers
    where one of them has no marks. A mark that is in no group stands alone.
    """
    if one.marks is None or other.marks is None:
        return abs(one.number - other.number)
    return len(_groups(one.marks, group_of) ^ _groups(other.marks, group_of))


def too_close(
    now: Behind, earlier: Iterable[tuple[date, Behind]], group_of: Mapping[str, int], minimum: int
) -> date | None:
    """The day of the earliest release from which a figure differs by at least one and fewer than `minimum` groups."""
    return min((day for day, was in earlier if 0 < groups_apart(now, was, group_of) < minimum), default=None)


def _groups(marks: frozenset[str], group_of: Mapping[str, int]) -> set[str | int]:
    return {group_of.get(mark, mark) for mark in marks}
