"""Severity, ranking and what must enter the plan: pure, after the rules of the OECD steps, section 0.2.

Severity is the highest of scale, scope and irremediability, never an average. Risks are ordered by severity first and
likelihood second, never by a product. Unknown is a value: it is shown as such and never counts as low.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HIGHEST = 4
# Where an unknown score stands in the order: below what is known to be worst, above everything else, so that
# finding out comes early. Our proposal; the sources only say that unknown is no low score.
UNKNOWN_STANDS_AT = 3.5
OWN_HARM = ("cause", "contribute")


@dataclass(frozen=True)
class Scores:
    """The firm's four scores, 1 to 4 or None for unknown, and how it is involved ("" when not weighed)."""

    scale: int | None = None
    scope: int | None = None
    irremediability: int | None = None
    likelihood: int | None = None
    involvement: str = ""


@dataclass(frozen=True)
class Severity:
    """The band 1 to 4, or None when nothing is known; `at_least` when an unknown part could still raise it."""

    band: int | None
    at_least: bool


def severity(scores: Scores) -> Severity:
    """The highest of the three dimensions; one at 4 is enough to be severe (0.2 rule 1)."""
    parts = (scores.scale, scores.scope, scores.irremediability)
    known = [part for part in parts if part is not None]
    if not known:
        return Severity(None, at_least=False)
    band = max(known)
    return Severity(band, at_least=band < HIGHEST and len(known) < len(parts))


def is_weighed(scores: Scores) -> bool:
    """Whether every score is given; an unknown score leaves work to do, and that is shown."""
    return None not in (scores.scale, scores.scope, scores.irremediability, scores.likelihood)


def ranking_key(scores: Scores) -> tuple[float, float, int]:
    """Sort key, worst first when sorted ascending: severity, then likelihood, then irremediability (0.2 rules 2, 3)."""
    band = severity(scores)
    place = float(band.band) if band.band is not None else UNKNOWN_STANDS_AT
    if band.at_least:
        place = max(place, UNKNOWN_STANDS_AT)
    likely = float(scores.likelihood) if scores.likelihood is not None else UNKNOWN_STANDS_AT
    return (-place, -likely, -(scores.irremediability or 0))


def must_enter_plan(scores: Scores) -> bool:
    """Actual harm that the firm causes or contributes to always enters the plan, whatever its rank (0.2 rule 4)."""
    return scores.likelihood == HIGHEST and scores.involvement in OWN_HARM


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix picture: severity band and likelihood, None standing for unknown, and how many risks."""

    band: int | None
    likelihood: int | None
    count: int


def matrix(all_scores: Iterable[Scores]) -> list[Cell]:
    """How many risks stand in each cell of severity by likelihood, unknown included; only cells that hold any."""
    counts: dict[tuple[int | None, int | None], int] = {}
    for scores in all_scores:
        place = (severity(scores).band, scores.likelihood)
        counts[place] = counts.get(place, 0) + 1
    return [Cell(band, likelihood, count) for (band, likelihood), count in counts.items()]


def worst(one: Scores, exceptions: Iterable[Scores]) -> Scores:
    """The scores that decide the rank where chains differ: the worst of the general weighing and its exceptions."""
    return min([one, *exceptions], key=ranking_key)
