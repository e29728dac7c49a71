"""Totals that show nobody: groups that are too small are put together, and answers are only counted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ketenwijs.domain.assessments.rules.scores import tenths

TOGETHER = ""


def shown_groups(sizes: Mapping[str, int], minimum: int) -> dict[str, str]:
    """Under which heading each group is shown: its own code, or TOGETHER with the other small ones.

    A group below the smallest number joins the others below it; when these together are still too few, the smallest
    group that would stand alone joins them, so that nothing can be worked out from the total (secondary suppression).
    """
    small = [code for code, number in sizes.items() if 0 < number < minimum]
    alone = sorted((code for code in sizes if sizes[code] >= minimum), key=lambda code: (sizes[code], code))
    while small and alone and sum(sizes[code] for code in small) < minimum:
        small.append(alone.pop(0))
    return {code: TOGETHER if code in small else code for code in sizes if sizes[code]}


@dataclass(frozen=True)
class Tally:
    """How often each answer to a question was given, of how many; `enough` is the share that reaches its minimum.

    `base` below the smallest number: nothing but the base is told.
    """

    requirement: str
    base: int
    answers: Mapping[str, int]
    enough: float | None


def tally(
    requirement: str, values: Sequence[Any], *, minimum: int, least: float | None, counted: Sequence[str]
) -> Tally:
    """Count the answers to one question. `counted` are the answers that may be named; free text is never shown.

    `least` is the lowest value on the scale that is enough; for yes and no, yes is. "n/a" counts in no share.
    """
    given = [str(value) for value in values if value is not None]
    if len(given) < minimum:
        return Tally(requirement, len(given), {}, None)
    numbers = Counter(given)
    shown = {code: numbers[code] for code in counted if numbers[code]}
    applying = [value for value in values if value is not None and value != "n/a"]
    enough = [value for value in applying if _is_enough(value, least)]
    share = tenths(Fraction(len(enough) * 100, len(applying))) if len(applying) >= minimum and counted else None
    return Tally(requirement, len(given), shown, share)


def _is_enough(value: Any, least: float | None) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value >= (1 if least is None else least)
    return value in ("yes", "collective")
