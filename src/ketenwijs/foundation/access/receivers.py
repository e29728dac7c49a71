"""Gives the role of an accepted invitation, and demands a second factor where a role asks for one."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import Scope, Viewer
from ketenwijs.foundation.accounts import events
from ketenwijs.foundation.accounts.models import Invitation, Person
from ketenwijs.foundation.accounts.second_factor import register_demand


@receiver(events.invitation_accepted)
def give_invited_role(sender: object, invitation: Invitation, person: Person, **_words: Any) -> None:
    """The right to give it was checked when the invitation was sent."""
    scope = Scope(invitation.scope_kind, invitation.scope_key)
    give(actor=Viewer(person=person), person=person, role=invitation.role, scope=scope)


def role_asks_for_second_factor(person: Person) -> bool:
    """Whether one of the person's roles demands a second factor; one small query."""
    held = Grant.objects.filter(person=person, ended_at__isnull=True).values_list("role", flat=True)
    known = roles.all_roles()
    return any(known[code].second_factor for code in held if code in known)


register_demand(role_asks_for_second_factor)
