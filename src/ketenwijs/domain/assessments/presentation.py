"""How a proposal is shown: per part with its points or sub-indicators, and why the rule came to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.frameworks import FrameworkFile, IndicatorTree
from ketenwijs.domain.assessments.instruments import scheme_of
from ketenwijs.domain.assessments.models import Dossier, Outcome
from ketenwijs.domain.assessments.requirements import framework_of_dossier
from ketenwijs.domain.assessments.rules import Proposal


@dataclass(frozen=True)
class ScoreLine:
    """One row of the table: the part, what was reached of what, its share, its weight, or whether it counts."""

    name: str
    reached: int
    of: int
    percent: float | None
    weight: float | None
    counts: bool | None


@dataclass(frozen=True)
class ScoreTable:
    """The parts of an outcome with the score and the mark it is held against; empty rows where there are none."""

    rows: list[ScoreLine]
    percent: float | None
    wanted: float | None
    is_tree: bool

    def __bool__(self) -> bool:
        return bool(self.rows)


NO_TABLE = ScoreTable([], None, None, False)


def score_lines(dossier: Dossier, proposal: Proposal) -> ScoreTable:
    """The table of a proposal that was just worked out."""
    return _table(framework_of_dossier(dossier), asdict(proposal))


def lines_of_outcome(dossier: Dossier, outcome: Outcome) -> ScoreTable:
    """The table as it was recorded with the decision."""
    return _table(framework_of_dossier(dossier), outcome.proposal)


def _table(framework: FrameworkFile, proposal: Mapping[str, Any]) -> ScoreTable:
    names = line_names(framework)
    rows = [
        ScoreLine(
            name=names.get(line["code"], line["code"]),
            reached=line["reached"],
            of=line["of"],
            percent=line["percent"],
            weight=line["weight"],
            counts=line["counts"],
        )
        for line in proposal.get("lines") or ()
    ]
    is_tree = isinstance(framework.instrument, IndicatorTree)
    return ScoreTable(rows, proposal.get("percent"), proposal.get("wanted"), is_tree)


def line_names(framework: FrameworkFile) -> dict[str, str]:
    """Names of main indicators, or of steps, by code."""
    if isinstance(framework.instrument, IndicatorTree):
        return {one.code: str(one.name) for one in framework.instrument.mains}
    return {one.code: str(one.name) for one in framework.steps}


def value_name(dossier: Dossier, value: str) -> str:
    """An outcome by name; empty where the rule proposes none."""
    return next((str(one.name) for one in scheme_of(dossier).outcomes if one.code == value), value)


def because_in_words(proposal: Proposal) -> str:
    """Why the rule proposes this, or nothing."""
    words = {
        "all_met": _("Everything that is asked is met."),
        "some_short": _("Some requirements are not fully met."),
        "plan_met": _("The plan meets what is asked; the level held stays."),
        "plan_short": _("The plan falls short, or no level is held yet."),
        "below_level_held": _("The findings stay below the level held."),
        "first_level_short": _("The first level is not reached."),
        "level_reached": _("Everything asked up to this level is met."),
        "points_missing": _("Some requirements have no points yet."),
        "nothing_counts": _("Nothing that applies was judged."),
        "mark_reached": _("The score reaches the mark of this year."),
        "below_mark": _("The score stays below the mark of this year."),
        "every_main_counts": _("Every main indicator that applies is met in all its parts."),
        "some_mains_short": _("Some main indicators are not met in all their parts."),
    }
    return words.get(proposal.because, "")


def judged_on(dossier: Dossier) -> str:
    """What a report is judged on this year, in words: the level aimed at, or the year of membership."""
    scheme = scheme_of(dossier)
    if scheme.kind == "level":
        return f"{scheme.name} {dossier.target_level}"
    return _("membership year %(number)s") % {"number": dossier.target_level}
