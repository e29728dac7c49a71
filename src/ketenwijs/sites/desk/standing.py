"""How one firm's year stands: each part of the report with one line and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from ketenwijs.domain.agreements.parts import parts_for
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.assessments.selectors import dossier_in
from ketenwijs.domain.assessments.states import DOSSIER, DRAFT
from ketenwijs.foundation.access.viewer import Viewer


@dataclass(frozen=True)
class PartStanding:
    """One part of the yearly report."""

    label: str | Promise
    summary: str | Promise
    missing: int
    url: str


@dataclass(frozen=True)
class Standing:
    """One agreement's year of the firm."""

    workspace: Workspace
    dossier: Dossier | None
    state_label: str | Promise
    state_tone: str
    parts: list[PartStanding]

    @property
    def is_open(self) -> bool:
        """Whether the firm still works on its report."""
        return self.dossier is not None and self.dossier.state == DRAFT


def standing_of(viewer: Viewer, workspace: Workspace) -> Standing:
    """Where the firm's year stands in one agreement."""
    dossier = dossier_in(viewer, workspace.agreement, workspace.organisation.pk, workspace.year.code)
    state = DOSSIER.states[dossier.state] if dossier else None
    return Standing(
        workspace=workspace,
        dossier=dossier,
        state_label=state.label if state else "",
        state_tone=state.tone if state else "neutral",
        parts=[
            PartStanding(part.label, part.summary(workspace), len(part.missing(workspace)), part.url(workspace))
            for part in parts_for(workspace)
        ],
    )
