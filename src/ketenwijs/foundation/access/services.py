"""Giving and ending roles."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.viewer import Scope, Viewer
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.accounts.services import end_sessions
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


def may_grant(actor: Viewer, role: str, scope: Scope) -> bool:
    """Whether the actor's own role within the scope may bring in people with this role, or the actor manages roles."""
    if actor.holds("access.manage_roles"):
        return True
    return any(role in roles.role(code).invites for code in actor.roles_within(scope))


@transaction.atomic
def grant_role(*, actor: Viewer, person: Person, role: str, scope: Scope) -> Grant:
    """Give a role within a scope; giving it twice changes nothing. Refuses roles that do not fit the kind of scope."""
    if not may_grant(actor, role, scope):
        raise NotAllowed(_("You may not give this role. Ask the secretariat."))
    return give(actor=actor, person=person, role=role, scope=scope)


@transaction.atomic
def give(*, actor: Viewer, person: Person, role: str, scope: Scope) -> Grant:
    """Give a role whose right to give it was checked before (an accepted invitation checked it when it was sent)."""
    known = roles.all_roles().get(role)
    if known is None or known.scope != scope.kind:
        raise DomainError(_("This role cannot be held here. Choose another role."))
    grant, created = Grant.objects.get_or_create(
        person=person, role=role, scope_kind=scope.kind, scope_key=scope.key, ended_at=None
    )
    if created:
        record(actor=actor, event="access.role.given", subject=grant, values={"person": person.pk, "role": role})
    return grant


@transaction.atomic
def end_role(*, actor: Viewer, grant: Grant, reason: str) -> None:
    """End a role at once; sessions notice at their next request because grants are read on every request."""
    if not may_grant(actor, grant.role, Scope(grant.scope_kind, grant.scope_key)):
        raise NotAllowed(_("You may not end this role. Ask the secretariat."))
    take_away(actor=actor, grant=grant, reason=reason)


@transaction.atomic
def take_away(*, actor: Viewer, grant: Grant, reason: str) -> None:
    """End a role whose right to end it was checked before (an app that knows which staff looks after the organisation).

    The person is signed out everywhere, so that nothing typed under the old role is sent (security.md 7).
    """
    Grant.objects.filter(pk=grant.pk, ended_at__isnull=True).update(ended_at=timezone.now())
    if actor.person is None or actor.person.pk != grant.person_id:
        end_sessions(person=grant.person)
    record(actor=actor, event="access.role.ended", subject=grant, values={"role": grant.role}, reason=reason)
