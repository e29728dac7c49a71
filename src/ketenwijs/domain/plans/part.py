"""The plan as a part of what a member hands in each year."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ketenwijs.domain.agreements.parts import Missing, Part
from ketenwijs.domain.agreements.rules import FULL, PLAN_ONLY
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.plans import services
from ketenwijs.domain.plans.selectors import earlier_plan, plan_in, public_payload
from ketenwijs.domain.plans.states import DRAFT
from ketenwijs.foundation.access.viewer import Viewer


def applies(workspace: Workspace) -> bool:
    """Full and plan-only years ask for a plan."""
    return workspace.duty.report in (FULL, PLAN_ONLY)


def url(workspace: Workspace) -> str:
    """The plan's page."""
    return reverse("plans:plan", kwargs=workspace.url_parts)


def missing(workspace: Workspace) -> list[Missing]:
    """No plan, no goal, or a plan that is not marked as ready."""
    plan = plan_in(workspace)
    if plan is None or not plan.goals.all():
        return [Missing(_("The plan of action has no goal yet"), url(workspace))]
    if plan.state == DRAFT:
        return [Missing(_("The plan of action is not marked as ready"), url(workspace))]
    return []


def summary(workspace: Workspace) -> str | Promise:
    """How many goals and measures."""
    plan = plan_in(workspace)
    goals = list(plan.goals.all()) if plan else []
    if not goals:
        return _("no goals yet")
    measures = sum(len(goal.measures.all()) for goal in goals)
    words = ngettext("%(goals)s goal", "%(goals)s goals", len(goals)) % {"goals": len(goals)}
    return f"{words}, " + ngettext("%(measures)s measure", "%(measures)s measures", measures) % {"measures": measures}


def freeze(workspace: Workspace) -> dict[str, Any]:
    """Goals with their measures, and the public version, as they are now."""
    plan = plan_in(workspace)
    if plan is None:
        return {}
    names = ("theme", "country", "title", "for_whom", "indicator", "baseline", "target", "owner", "means", "note")
    goals = [
        {
            **{name: getattr(goal, name) for name in names},
            "due_on": goal.due_on.isoformat() if goal.due_on else None,
            "measures": [
                {"what": m.what, "influence": m.influence, "owner": m.owner, "progress": m.progress,
                 "due_on": m.due_on.isoformat() if m.due_on else None, "result": m.result}
                for m in goal.measures.all()
            ],
        }
        for goal in plan.goals.all()
    ]  # fmt: skip
    return {"goals": goals, "public": public_payload(plan).model_dump(mode="json")}


def carry_over(workspace: Workspace, previous_year: str, actor: Viewer) -> None:
    """Bring the unfinished goals of the latest earlier plan along."""
    before = earlier_plan(workspace)
    if before is not None:
        services.carry_over(actor=actor, workspace=workspace, from_year=before.year)


PART = Part(
    code="plan",
    label=gettext_lazy("Plan of action"),
    order=40,
    applies=applies,
    missing=missing,
    summary=summary,
    url=url,
    freeze=freeze,
    carry_over=carry_over,
)
