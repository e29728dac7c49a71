"""The membership year or level a member is judged on in a report year."""

from __future__ import annotations

from ketenwijs.domain.agreements.rules import PLAN_ONLY
from ketenwijs.domain.agreements.workspaces import Workspace


def target_of(workspace: Workspace) -> int:
    """For levels the one above the level held, at most the highest; for all else the membership year (at least 1).

    In a plan-only year it is the level held: the plan alone cannot lift a member. Which level a member is judged on is
    not in the sources; "one above" follows from the setting that no level is skipped.
    """
    scheme = workspace.definition.scheme(workspace.year.scheme)
    if scheme.kind != "level":
        return max(workspace.membership_year, 1)
    if workspace.duty.report == PLAN_ONLY:
        return max(workspace.level or 0, 1)
    return min((workspace.level or 0) + 1, scheme.highest)
