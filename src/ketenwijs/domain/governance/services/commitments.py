"""Goals of an agreement, SMART commitments, and what a commitment contributed to a goal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.governance import policies, states, vocabulary
from ketenwijs.domain.governance.models import Commitment, Contribution, Goal
from ketenwijs.domain.governance.services import writing
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.states.services import move
from ketenwijs.foundation.ui.errors import DomainError

GOAL_FIELDS = ("title", "text")
COMMITMENT_FIELDS = (
    "title", "term", "specific", "measurable", "ambitious", "realistic", "due_on", "owner_kind", "owner_section",
    "owner_party", "owner_body", "decision",
)  # fmt: skip
OWNER_FIELD = {"section": "owner_section", "party": "owner_party", "body": "owner_body"}


@transaction.atomic
def save_goal(
    *,
    actor: Viewer,
    agreement: Agreement,
    values: Mapping[str, Any],
    goal: Goal | None = None,
    version: int = 0,
    is_example: bool = False,
) -> Goal:
    """Write down a goal of the agreement, or change its words."""
    writing.managers_only(actor, agreement)
    writing.known_fields(values, GOAL_FIELDS)
    if goal is None:
        position = Goal.objects.filter(agreement=agreement).count()
        goal = Goal.objects.create(agreement=agreement, position=position, is_example=is_example, **values)
    else:
        writing.same_agreement(agreement, goal)
        writing.save_version(goal, version, values)
    writing.note(actor, agreement, "goal.saved", goal, title=goal.title)
    return goal


@transaction.atomic
def save_commitment(
    *,
    actor: Viewer,
    agreement: Agreement,
    values: Mapping[str, Any],
    commitment: Commitment | None = None,
    version: int = 0,
    is_example: bool = False,
) -> Commitment:
    """Write down a commitment, or change one that is still open. Its owner is one section, one party or one body."""
    writing.managers_only(actor, agreement)
    writing.known_fields(values, COMMITMENT_FIELDS)
    words = _with_one_owner(agreement, values)
    if words.get("term"):
        writing.known_term(agreement, words["term"])
    writing.same_agreement(agreement, words.get("owner_body"), words.get("decision"), commitment)
    if commitment is None:
        commitment = Commitment.objects.create(agreement=agreement, is_example=is_example, **words)
    else:
        if commitment.state not in states.OPEN:
            raise DomainError(_("This commitment is closed and stays as it was agreed."))
        writing.save_version(commitment, version, words)
    writing.note(actor, agreement, "commitment.saved", commitment, title=commitment.title, due_on=commitment.due_on)
    return commitment


@transaction.atomic
def start_commitment(*, actor: Viewer, commitment: Commitment, on: date, today: date | None = None) -> Commitment:
    """Record the day on which work on a commitment began."""
    _not_in_future(on, today)
    _move(actor, commitment, "start")
    commitment.started_on = on
    commitment.save(update_fields=["started_on"])
    writing.note(actor, commitment.agreement, "commitment.started", commitment, on=on)
    return commitment


@transaction.atomic
def finish_commitment(
    *, actor: Viewer, commitment: Commitment, on: date, result: str, today: date | None = None
) -> Commitment:
    """Record that a commitment is done, when, and what came of it."""
    _not_in_future(on, today)
    if not result.strip():
        writing.refuse(_("Write in a few words what came of it."), result=_("Fill this in."))
    if commitment.started_on and on < commitment.started_on:
        writing.refuse(_("It was started later than this day. Correct the date."), on=_("Before the start."))
    _move(actor, commitment, "finish")
    commitment.done_on, commitment.result = on, result.strip()
    commitment.save(update_fields=["done_on", "result"])
    writing.note(actor, commitment.agreement, "commitment.done", commitment, on=on)
    return commitment


@transaction.atomic
def drop_commitment(*, actor: Viewer, commitment: Commitment, reason: str) -> Commitment:
    """Drop a commitment with a reason; it stays on the list and in the counts."""
    _move(actor, commitment, "drop", reason)
    writing.note(actor, commitment.agreement, "commitment.dropped", commitment, reason=reason)
    return commitment


@transaction.atomic
def rate_contribution(
    *,
    actor: Viewer,
    commitment: Commitment,
    goal: Goal,
    value: str,
    rated_by: str,
    rated_on: date,
    note: str = "",
    today: date | None = None,
) -> Contribution:
    """Add a rating of what a commitment contributed to a goal, with who rated and when. Earlier ratings stay."""
    agreement = commitment.agreement
    writing.managers_only(actor, agreement)
    writing.same_agreement(agreement, goal)
    writing.one_of(value, vocabulary.contribution_scale(), "value")
    if not rated_by.strip():
        writing.refuse(_("Say who gave this rating."), rated_by=_("Fill this in."))
    if rated_on > (today or timezone.localdate()):
        writing.refuse(_("This day lies in the future. Correct the date."), rated_on=_("In the future."))
    rating = Contribution.objects.create(
        commitment=commitment, goal=goal, value=value, rated_by=rated_by.strip(), rated_on=rated_on, note=note.strip()
    )
    writing.note(actor, agreement, "commitment.rated", commitment, goal=goal.pk, value=value, rated_on=rated_on)
    return rating


def _with_one_owner(agreement: Agreement, values: Mapping[str, Any]) -> dict[str, Any]:
    """The owner of the chosen kind; what was filled in for other kinds is left out."""
    kind = values["owner_kind"]
    writing.one_of(kind, OWNER_FIELD, "owner_kind")
    wanted = OWNER_FIELD[kind]
    if not values.get(wanted):
        writing.refuse(_("Say who is responsible."), **{wanted: _("Fill this in.")})
    if kind == "section":
        writing.known_section(agreement, values[wanted], wanted)
    empty: dict[str, Any] = {"owner_section": "", "owner_party": "", "owner_body": None}
    return {**values, **empty, wanted: values[wanted]}


def _not_in_future(on: date, today: date | None) -> None:
    if on > (today or timezone.localdate()):
        writing.refuse(_("This day lies in the future. Correct the date."), on=_("In the future."))


def _move(actor: Viewer, commitment: Commitment, name: str, reason: str = "") -> None:
    writing.managers_only(actor, commitment.agreement)
    scopes = policies.scopes_of(commitment.agreement)
    move(actor=actor, instance=commitment, machine=states.COMMITMENT, name=name, scopes=scopes, reason=reason)
