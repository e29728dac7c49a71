"""A firm with a plan of action on the invented agreement; every confidential field carries the canary."""

from __future__ import annotations

from datetime import date
from typing import Any

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.tests.factories import example_agreement, member, staff, worker
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains.tests.factories import NEXT_YEAR, YEAR, add, opened, sign_in
from ketenwijs.domain.plans import services
from ketenwijs.domain.plans.models import Goal, Measure, Plan
from ketenwijs.foundation.access.viewer import Viewer

__all__ = [
    "NEXT_YEAR",
    "YEAR",
    "Agreement",
    "Membership",
    "add",
    "example_agreement",
    "member",
    "opened",
    "sign_in",
    "staff",
    "worker",
]

CANARY = "kanarie-42"
DAY = date(2026, 6, 30)


def goal_values(**changes: Any) -> dict[str, Any]:
    """A public goal whose confidential fields all hold the canary."""
    return {
        "theme": "water",
        "country": "IN",
        "title": f"Title {CANARY}",
        "for_whom": f"For whom {CANARY}",
        "indicator": "sites with a water meter",
        "baseline": "0",
        "target": "4",
        "due_on": DAY,
        "owner": f"Owner {CANARY}",
        "means": f"Means {CANARY}",
        "note": f"Note {CANARY}",
        "is_public": True,
        "public_title": "Clean water at the quarries",
        "public_text": "We measure and report.",
        **changes,
    }


def measure_values(**changes: Any) -> dict[str, Any]:
    """A public measure whose confidential fields all hold the canary."""
    return {
        "what": f"What {CANARY}",
        "influence": "join",
        "owner": f"Owner {CANARY}",
        "due_on": DAY,
        "progress": "started",
        "result": f"Result {CANARY}",
        "is_public": True,
        "public_text": "Meters are placed.",
        **changes,
    }


def started(viewer: Viewer, workspace: Workspace) -> Plan:
    """An empty plan."""
    return services.plan_of(actor=viewer, workspace=workspace)


def with_goal(viewer: Viewer, plan: Plan, **changes: Any) -> Goal:
    """A goal in it."""
    return services.save_goal(actor=viewer, plan=plan, values=goal_values(**changes))


def with_measure(viewer: Viewer, goal: Goal, **changes: Any) -> Measure:
    """A measure for it."""
    return services.save_measure(actor=viewer, goal=goal, values=measure_values(**changes))


def ready(viewer: Viewer, workspace: Workspace) -> Plan:
    """A plan with one goal and one measure, marked as ready."""
    plan = started(viewer, workspace)
    with_measure(viewer, with_goal(viewer, plan))
    services.mark_ready(actor=viewer, plan=plan)
    return plan
