"""What the pages show of what the selectors found: rows with words beside codes, pictures, the budget with its sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ketenwijs.domain.governance import rules, selectors, states, vocabulary, wording
from ketenwijs.domain.governance.models import Commitment, Decision, Goal, Meeting, OutsideCheck, Subsidy
from ketenwijs.foundation.ui.charts import Picture, coverage_bar


@dataclass(frozen=True)
class Badge:
    """A state in words with the look of its badge."""

    label: str
    tone: str


def badge(state: str, machine: Any) -> Badge:
    """The badge of a state of a machine."""
    found = machine.states[state]
    return Badge(str(found.label), found.tone)


def body_kinds() -> dict[str, str]:
    """Names of the kinds of body by code."""
    return {code: str(word.name) for code, word in vocabulary.body_kinds().items()}


def decision_rows(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """Decisions with kind, way and votes in words, and the one that took their place."""
    kinds = vocabulary.decision_kinds()
    return [
        {
            "decision": one,
            "kind": vocabulary.named(kinds, one.kind),
            "way": wording.way_of(one),
            "votes": wording.votes_of(one),
            "later": selectors.later_of(one),
        }
        for one in decisions
    ]


def meeting_rows(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """Meetings with the badge of their state and how many papers and minutes they have."""
    rows = []
    for one in meetings:
        papers = list(one.papers.all())
        minutes = sum(paper.kind == "minutes" for paper in papers)
        rows.append(
            {"meeting": one, "badge": badge(one.state, states.MEETING), "papers": len(papers), "minutes": minutes}
        )
    return rows


def commitment_rows(commitments: Iterable[Commitment], sections: dict[str, str], today: date) -> list[dict[str, Any]]:
    """Commitments with owner and state in words, and whether they are late."""
    return [
        {
            "commitment": one,
            "owner": wording.owner_of(one, sections),
            "badge": badge(one.state, states.COMMITMENT),
            "late": rules.is_late(one.state, one.due_on, today=today),
        }
        for one in commitments
    ]


def progress_picture(counted: rules.Progress) -> Picture:
    """One bar: done, running, planned, dropped."""
    words = _("%(agreed)s commitments: %(started)s were started, %(done)s of them are done.") % {
        "agreed": counted.agreed,
        "started": counted.started,
        "done": counted.done,
    }
    parts = [
        (_("done"), counted.done, "series-0"),
        (_("started"), counted.running, "series-1"),
        (_("planned"), counted.planned, "unknown"),
        (_("given up"), counted.dropped, "series-3"),
    ]
    return coverage_bar(_("Commitments"), words, parts)


def contribution_table(
    goals: Iterable[Goal], commitments: Iterable[Commitment]
) -> list[tuple[Goal, list[tuple[str, int]], int]]:
    """Per goal how many commitments were rated with each value of the scale, and how many were not rated."""
    rows = list(commitments)
    counts = selectors.ratings_per_goal(rows)
    table = []
    for goal in goals:
        given = counts.get(goal.pk, {})
        scale = vocabulary.contribution_scale().items()
        numbers = [(str(word.name), given.get(code, 0)) for code, word in scale]
        table.append((goal, numbers, len(rows) - sum(given.values())))
    return table


def ratings_of(commitment: Commitment, goals: Iterable[Goal]) -> list[dict[str, Any]]:
    """Per goal the rating that counts and the earlier ones."""
    scale = vocabulary.contribution_scale()
    found = []
    for goal in goals:
        every = [one for one in commitment.contributions.all() if one.goal_id == goal.pk]
        lines = [(vocabulary.named(scale, one.value), one) for one in every]
        found.append({"goal": goal, "counts": lines[0] if lines else None, "earlier": lines[1:]})
    return found


def budget(lines: list[selectors.Line]) -> dict[str, Any]:
    """Lines by kind with their sums, and the balance."""
    income = [one for one in lines if one.line.kind == rules.INCOME]
    cost = [one for one in lines if one.line.kind == rules.COST]
    sums = {kind: rules.total_of(one.amounts for one in rows) for kind, rows in (("in", income), ("out", cost))}
    return {
        "groups": [
            (_("Income"), income, sums["in"]),
            (_("Costs"), cost, sums["out"]),
        ],
        "balance": rules.balance_of(sums["in"], sums["out"]),
        "is_example": any(one.line.is_example for one in lines),
    }


def check_rows(checks: Iterable[OutsideCheck]) -> list[dict[str, Any]]:
    """Outside checks with their kind in words."""
    kinds = vocabulary.check_kinds()
    return [{"check": one, "kind": vocabulary.named(kinds, one.kind)} for one in checks]


def subsidy_rows(subsidies: Iterable[Subsidy]) -> list[dict[str, Any]]:
    """Subsidies with the badge of their state."""
    known = vocabulary.subsidy_states()
    return [
        {
            "subsidy": one,
            "badge": Badge(str(known[one.state].name), known[one.state].tone)
            if one.state in known
            else Badge(one.state, "neutral"),
        }
        for one in subsidies
    ]
