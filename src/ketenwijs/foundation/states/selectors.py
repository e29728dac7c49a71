"""Reading histories and the moves open to a viewer."""

from __future__ import annotations

from django.db import models

from ketenwijs.foundation.access.viewer import Scope, Viewer
from ketenwijs.foundation.journal.services import subject_of
from ketenwijs.foundation.states.machine import Machine, Move
from ketenwijs.foundation.states.models import StateChange


def history_of(instance: models.Model) -> models.QuerySet[StateChange]:
    """All moves of one object, oldest first. The caller has checked that the viewer may see the object."""
    return StateChange.objects.filter(subject=subject_of(instance)).order_by("id")


def moves_open_to(viewer: Viewer, instance: models.Model, machine: Machine, scopes: list[Scope]) -> list[Move]:
    """Moves that start here and that this viewer may make: the buttons of the page."""
    state: str = instance.state  # type: ignore[attr-defined]
    return [m for m in machine.moves_from(state) if any(viewer.holds(m.right, scope) for scope in scopes)]
