"""One step of a dossier with its journal entry; every service of the judgement goes through here."""

from __future__ import annotations

from typing import Any

from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.assessments.policies import scopes_of
from ketenwijs.domain.assessments.states import DOSSIER
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.states.services import move


def move_dossier(
    *, actor: Viewer, dossier: Dossier, name: str, reason: str = "", values: dict[str, Any] | None = None
) -> None:
    """Make the move and journal it in the agreement's chain. Call inside a transaction."""
    move(actor=actor, instance=dossier, machine=DOSSIER, name=name, scopes=scopes_of(dossier), reason=reason)
    record(
        actor=actor,
        event=f"assessments.dossier.{name}",
        subject=dossier,
        chain=dossier.round.agreement.slug,
        values=values,
        reason=reason,
    )
