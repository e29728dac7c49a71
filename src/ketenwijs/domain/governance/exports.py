"""Decisions and commitments as CSV: semicolons and the mark Excel looks for, no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.governance import selectors, vocabulary, wording
from ketenwijs.foundation.access.viewer import Viewer

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DECISIONS = (
    "number", "decided_on", "effective_on", "kind", "title", "text", "body", "taken", "votes_for", "votes_against",
    "votes_abstain", "consensus", "dissent", "effect", "term", "new_end_on", "party", "supersedes", "superseded_by",
    "example",
)  # fmt: skip
COMMITMENTS = (
    "number", "title", "term", "specific", "measurable", "ambitious", "realistic", "due_on", "owner_kind", "owner",
    "state", "started_on", "done_on", "result", "example",
)  # fmt: skip


def decisions_csv(viewer: Viewer, agreement: Agreement) -> bytes:
    """One row per decision the viewer may read, superseded ones included; the header is in English codes."""
    return _written(DECISIONS, (_decision(one) for one in selectors.decisions_of(viewer, agreement)))


def commitments_csv(viewer: Viewer, agreement: Agreement) -> bytes:
    """One row per commitment the viewer may read, with its latest rating per goal as a column of its own."""
    goals = {goal.pk: goal.title for goal in selectors.goals_of(viewer, agreement)}
    names = wording.sections(definition_of(agreement))
    rows = []
    for one in selectors.commitments_of(viewer, agreement):
        ratings = selectors.latest_ratings(one)
        values = [ratings[goal].value if goal in ratings else "" for goal in goals]
        rows.append([
            one.pk, one.title, one.term, one.specific, one.measurable, one.ambitious, one.realistic, one.due_on,
            one.owner_kind, wording.owner_of(one, names), one.state, one.started_on, one.done_on, one.result,
            "yes" if one.is_example else "", *values,
        ])  # fmt: skip
    return _written((*COMMITMENTS, *(f"contribution: {title}" for title in goals.values())), rows)


def _decision(one: Any) -> Sequence[Any]:
    later = selectors.later_of(one)
    return [
        one.pk, one.decided_on, one.effective_on, vocabulary.named(vocabulary.decision_kinds(), one.kind), one.title,
        one.text, one.body.name, "meeting" if one.meeting_id else "in writing", one.votes_for, one.votes_against,
        one.votes_abstain, "yes" if one.by_consensus else "", one.dissent, one.effect, one.term, one.new_end_on,
        one.party_name, one.supersedes_id, later.pk if later else None, "yes" if one.is_example else "",
    ]  # fmt: skip


def _written(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";")
    writer.writerow([_inert(cell) for cell in header])
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return "\ufeff".encode() + made.getvalue().encode()


def _inert(value: Any) -> str:
    """A text that a spreadsheet would take for a formula gets a quote in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
