"""Moving an object from one state to the next."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from ketenwijs.foundation.access.viewer import Scope, Viewer
from ketenwijs.foundation.journal.services import subject_of
from ketenwijs.foundation.states.machine import Machine
from ketenwijs.foundation.states.models import StateChange
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


def move(
    *, actor: Viewer, instance: models.Model, machine: Machine, name: str, scopes: list[Scope], reason: str = ""
) -> StateChange:
    """Make one move of the table and append it to the history; the caller's transaction holds both.

    The actor must hold the move's right within one of `scopes`. Refuses a move that does not start here, a missing
    reason, and a state that somebody else changed since the object was read.
    """
    step = machine.moves[name]
    if not actor.is_system and not any(actor.holds(step.right, scope) for scope in scopes):
        raise NotAllowed(_("You may not do this: “%(move)s”. Ask a colleague who may.") % {"move": step.label})
    current: str = instance.state  # type: ignore[attr-defined]
    if current not in step.sources:
        raise DomainError(
            _("“%(move)s” is not possible now, the state is “%(state)s”. Reload the page to see what is.")
            % {"move": step.label, "state": machine.label(current)}
        )
    if step.reason and not reason.strip():
        raise DomainError(_("Write the reason in a few words first."), fields={"reason": _("A reason is needed here.")})
    changed = type(instance)._base_manager.filter(pk=instance.pk, state=current).update(state=step.target)
    if not changed:
        raise StaleVersion(_("Somebody else changed this in the meantime. Reload the page and look again."))
    instance.state = step.target  # type: ignore[attr-defined]
    return StateChange.objects.create(
        subject=subject_of(instance),
        move=name,
        from_state=current,
        to_state=step.target,
        by=actor.reference,
        by_name=str(actor.person or actor.system_name),
        reason=reason.strip(),
    )
