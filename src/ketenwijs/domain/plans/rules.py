"""The SMART check of a goal: what is there, what is missing, in plain words. Pure; it helps and never refuses.

S specific, M measurable, A ambitious (the reading of the policy's own text, seed-discrepancies C9), R realistic,
T time-bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
SHORTEST_TITLE = 15


@dataclass(frozen=True)
class GoalFacts:
    """What the check looks at."""

    title: str = ""
    for_whom: str = ""
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    due_on: date | None = None
    owner: str = ""
    means: str = ""
    measures: int = 0


@dataclass(frozen=True)
class Letter:
    """One letter of SMART: fine or not, and what to do in one sentence when it is not."""

    letter: str
    name: Text
    fine: bool
    advice: Text = ""


def smart(goal: GoalFacts, *, today: date, latest: date | None) -> list[Letter]:
    """The five letters. `latest` is the last day that still makes sense (the end of the agreement's term), if known."""
    return [_specific(goal), _measurable(goal), _ambitious(goal), _realistic(goal), _time_bound(goal, today, latest)]


def _specific(goal: GoalFacts) -> Letter:
    name = _("specific")
    if len(goal.title.strip()) < SHORTEST_TITLE:
        return Letter("S", name, False, _("Say in one sentence what will be different, and where."))
    if not goal.for_whom.strip():
        return Letter("S", name, False, _("Say for whom this makes a difference: which workers, residents or nature?"))
    return Letter("S", name, True)


def _measurable(goal: GoalFacts) -> Letter:
    name = _("measurable")
    if not goal.indicator.strip():
        advice = _("Say what you will count or look at, for example the share of workers with a contract.")
        return Letter("M", name, False, advice)
    if not re.search(r"\d", goal.target) and not re.search(r"\d", goal.indicator):
        return Letter("M", name, False, _("Give the target as a number: how many, or which share?"))
    return Letter("M", name, True)


def _ambitious(goal: GoalFacts) -> Letter:
    name = _("ambitious")
    if not goal.baseline.strip() or not goal.target.strip():
        return Letter(
            "A", name, False, _("Write where you stand now and what you aim at, so that the step is visible.")
        )
    if goal.baseline.strip().casefold() == goal.target.strip().casefold():
        return Letter("A", name, False, _("The target is the same as today. What do you want to improve?"))
    return Letter("A", name, True)


def _realistic(goal: GoalFacts) -> Letter:
    name = _("realistic")
    if not goal.owner.strip():
        return Letter("R", name, False, _("Name the person who is responsible."))
    if not goal.measures:
        return Letter("R", name, False, _("Add at least one measure: what will you do for this goal?"))
    if not goal.means.strip():
        return Letter("R", name, False, _("Say what you need for it: time, money or partners."))
    return Letter("R", name, True)


def _time_bound(goal: GoalFacts, today: date, latest: date | None) -> Letter:
    name = _("time-bound")
    if goal.due_on is None:
        return Letter("T", name, False, _("Choose the day on which it should be ready."))
    if goal.due_on < today:
        return Letter(
            "T", name, False, _("This day has passed. Was it reached? Then write the result, or choose a new day.")
        )
    if latest and goal.due_on > latest:
        return Letter(
            "T", name, False, _("This is after the end of the agreement's period. Add a step that is ready earlier.")
        )
    return Letter("T", name, True)


def share_fine(letters: list[Letter]) -> tuple[int, int]:
    """How many letters are fine, of how many."""
    return sum(letter.fine for letter in letters), len(letters)


def words_not_for_the_public(texts: Mapping[str, str], names: Iterable[str]) -> list[tuple[str, str]]:
    """Confidential names (suppliers, sites) that stand in public texts: pairs of field and name, for a warning."""
    return [
        (field, name)
        for field, text in texts.items()
        for name in names
        if len(name) > 3 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    ]
