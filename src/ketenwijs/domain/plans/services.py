"""Writing plans of action: goals and measures tied to risks, and publishing the public version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace, ensure_member, ensure_writable
from ketenwijs.domain.plans import policies
from ketenwijs.domain.plans.models import Goal, Measure, Plan
from ketenwijs.domain.plans.selectors import public_payload
from ketenwijs.domain.plans.states import DRAFT, PLAN
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.publishing.services import publish as publish_copy
from ketenwijs.foundation.states.services import move
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

GOAL_FIELDS = (
    "risk", "theme", "country", "title", "for_whom", "indicator", "baseline", "target", "due_on", "owner", "means",
    "note", "is_public", "public_title", "public_text",
)  # fmt: skip
MEASURE_FIELDS = ("what", "influence", "owner", "due_on", "progress", "result", "is_public", "public_text")
CARRIED_GOAL_FIELDS = tuple(name for name in GOAL_FIELDS if name != "risk")


def _writer_only(actor: Viewer, organisation_id: int) -> None:
    if not policies.may_write(actor, organisation_id):
        raise NotAllowed(_("Only people of the company itself may change its plan of action."))


def _writer_of(actor: Viewer, plan: Plan) -> None:
    """Only the company itself, and not after it left the agreement (security case 10)."""
    _writer_only(actor, plan.organisation_id)
    ensure_member(actor, plan.agreement, plan.organisation_id)


def _open(plan: Plan) -> None:
    if plan.state != DRAFT:
        raise DomainError(
            _("The plan is marked as ready. Press “Change the plan” first; what is public stays as it is.")
        )


@transaction.atomic
def plan_of(*, actor: Viewer, workspace: Workspace) -> Plan:
    """The plan of this report year; started empty when there is none yet."""
    _writer_only(actor, workspace.organisation.pk)
    ensure_writable(workspace)
    plan, created = Plan.objects.get_or_create(
        organisation=workspace.organisation, agreement=workspace.agreement, year=workspace.year.code
    )
    if created:
        _journal(actor, plan, "plans.plan.started")
    return plan


@transaction.atomic
def save_goal(
    *, actor: Viewer, plan: Plan, values: Mapping[str, Any], goal: Goal | None = None, version: int = 0
) -> Goal:
    """Add a goal, or change one (`version` as the page showed it). Unknown names in `values` are refused."""
    _writer_of(actor, plan)
    _open(plan)
    _known_only(values, GOAL_FIELDS)
    risk = values.get("risk")
    values = _with_public_title(values)
    if risk is not None and risk.organisation_id != plan.organisation_id:
        raise DomainError(_("This risk does not belong to your company. Choose another one."))
    if goal is None:
        goal = Goal.objects.create(plan=plan, position=plan.goals.count(), **values)
    else:
        _update(Goal, goal.pk, version, values)
        goal.refresh_from_db()
    _journal(actor, plan, "plans.goal.saved", goal=goal.pk)
    return goal


@transaction.atomic
def remove_goal(*, actor: Viewer, goal: Goal) -> None:
    """Take a goal with its measures out of a plan that is still being written."""
    _writer_of(actor, goal.plan)
    _open(goal.plan)
    _journal(actor, goal.plan, "plans.goal.removed", goal=goal.pk, title=goal.title)
    goal.delete()


@transaction.atomic
def save_measure(
    *, actor: Viewer, goal: Goal, values: Mapping[str, Any], measure: Measure | None = None, version: int = 0
) -> Measure:
    """Add a measure to a goal, or change one."""
    _writer_of(actor, goal.plan)
    _open(goal.plan)
    _known_only(values, MEASURE_FIELDS)
    if values.get("is_public") and not values.get("public_text"):
        values = {**values, "public_text": values["what"]}
    if measure is None:
        measure = Measure.objects.create(goal=goal, position=goal.measures.count(), **values)
    else:
        _update(Measure, measure.pk, version, values)
        measure.refresh_from_db()
    _journal(actor, goal.plan, "plans.measure.saved", measure=measure.pk)
    return measure


@transaction.atomic
def remove_measure(*, actor: Viewer, measure: Measure) -> None:
    """Take one measure out of a plan that is still being written."""
    plan = measure.goal.plan
    _writer_of(actor, plan)
    _open(plan)
    _journal(actor, plan, "plans.measure.removed", measure=measure.pk)
    measure.delete()


@transaction.atomic
def save_public_texts(*, actor: Viewer, plan: Plan, introduction: str, policy: str, version: int) -> Plan:
    """Save the texts that only the public version has."""
    _writer_of(actor, plan)
    _open(plan)
    _update(Plan, plan.pk, version, {"public_introduction": introduction, "public_policy": policy})
    plan.refresh_from_db()
    _journal(actor, plan, "plans.plan.public_texts_saved")
    return plan


@transaction.atomic
def mark_ready(*, actor: Viewer, plan: Plan) -> None:
    """The firm says: this is our plan. Refuses a plan without a goal, or a goal without any measure."""
    _writer_of(actor, plan)
    goals = list(plan.goals.prefetch_related("measures"))
    if not goals:
        raise DomainError(_("The plan has no goal yet. Add at least one."))
    bare = [goal.title for goal in goals if not goal.measures.all()]
    if bare:
        raise DomainError(_("These goals have no measure yet: %(titles)s.") % {"titles": "; ".join(bare)})
    move(actor=actor, instance=plan, machine=PLAN, name="mark_ready", scopes=policies.scopes_of(plan))
    _journal(actor, plan, "plans.plan.marked_ready")


@transaction.atomic
def reopen(*, actor: Viewer, plan: Plan) -> None:
    """Go on writing; what was published stays public until it is published anew."""
    _writer_of(actor, plan)
    move(actor=actor, instance=plan, machine=PLAN, name="reopen", scopes=policies.scopes_of(plan))
    _journal(actor, plan, "plans.plan.reopened")


@transaction.atomic
def publish(*, actor: Viewer, plan: Plan, on: date) -> None:
    """Put the public version on the public site, exactly as the preview shows it."""
    if not policies.may_publish(actor, plan.organisation_id):
        raise NotAllowed(_("Only somebody who may publish for your company can do this."))
    ensure_member(actor, plan.agreement, plan.organisation_id)
    payload = public_payload(plan)
    if not payload.goals:
        raise DomainError(
            _("No goal is marked for the public yet. Choose at least one, so that readers see something.")
        )
    move(actor=actor, instance=plan, machine=PLAN, name="publish", scopes=policies.scopes_of(plan))
    Plan.objects.filter(pk=plan.pk).update(published_on=on)
    publish_copy(
        actor=actor,
        kind="plans.plan",
        key=f"{plan.agreement.slug}/{plan.organisation.reference}/{plan.year}",
        payload=payload,
        effective_on=on,
        chain=plan.agreement.slug,
    )
    _journal(actor, plan, "plans.plan.published", on=on.isoformat())


@transaction.atomic
def carry_over(*, actor: Viewer, workspace: Workspace, from_year: str) -> Plan:
    """Bring last year's goals that are not finished into this year's empty plan, measures with their progress included."""
    plan = plan_of(actor=actor, workspace=workspace)
    before = Plan.objects.filter(
        organisation=workspace.organisation, agreement=workspace.agreement, year=from_year
    ).first()
    if before is None or plan.goals.exists():
        return plan
    plan.public_introduction, plan.public_policy = before.public_introduction, before.public_policy
    plan.save(update_fields=["public_introduction", "public_policy"])
    for old in before.goals.prefetch_related("measures"):
        unfinished = [m for m in old.measures.all() if m.progress not in ("done", "stopped")]
        if not unfinished:
            continue
        goal = Goal.objects.create(
            plan=plan, carried_from=old, position=old.position, **{n: getattr(old, n) for n in CARRIED_GOAL_FIELDS}
        )
        Measure.objects.bulk_create(
            Measure(goal=goal, position=m.position, **{n: getattr(m, n) for n in MEASURE_FIELDS}) for m in unfinished
        )
    _journal(actor, plan, "plans.plan.carried_over", from_year=from_year)
    return plan


def _with_public_title(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A goal shown to the public without a title of its own takes the goal's: the person sees it in the preview."""
    if values.get("is_public") and not values.get("public_title"):
        return {**values, "public_title": values["title"]}
    return values


def _known_only(values: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    unknown = set(values) - set(allowed)
    if unknown:
        raise DomainError(_("The form holds fields that do not belong there. Reload the page and try again."))


def _update(model: type[Plan] | type[Goal] | type[Measure], pk: int, version: int, values: Mapping[str, Any]) -> None:
    changed = model.objects.filter(pk=pk, version=version).update(**values, version=version + 1)
    if not changed:
        raise StaleVersion(_("A colleague saved this in the meantime. Compare both versions and save again."))


def _journal(actor: Viewer, plan: Plan, event: str, **values: Any) -> None:
    record(actor=actor, event=event, subject=plan, chain=plan.agreement.slug, values=values)
