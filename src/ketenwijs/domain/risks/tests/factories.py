"""A firm with one chain on the invented agreement, and what a person types to weigh a risk."""

from __future__ import annotations

from typing import Any

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.tests.factories import example_agreement, member, staff, worker
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains.tests.factories import NEXT_YEAR, YEAR, add, opened, sign_in
from ketenwijs.domain.risks import services
from ketenwijs.domain.risks.models import Risk
from ketenwijs.domain.risks.selectors import Place
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

QUARRY = Place("IN", "granite", "quarrying")
FACTORY = Place("IN", "granite", "processing")


def weighing(**changes: Any) -> dict[str, Any]:
    """Four scores with a reason."""
    return {
        "scale": 3,
        "scope": 2,
        "irremediability": 2,
        "likelihood": 2,
        "involvement": "linked",
        "reason": "seen on a visit",
        "source": "own visit",
        **changes,
    }


def weigh(
    viewer: Viewer, workspace: Workspace, theme: str = "water", place: Place = QUARRY, version: int = 0, **changes: Any
) -> Risk:
    """One weighing, as its page would save it."""
    return services.weigh(
        actor=viewer, workspace=workspace, place=place, theme=theme, values=weighing(**changes), version=version
    )
