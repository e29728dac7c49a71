"""Reading grants: the viewer behind a request or a person."""

from __future__ import annotations

from django.db.models import QuerySet

from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.viewer import ORGANISATION, Held, Scope, Viewer, organisations_of, visitor
from ketenwijs.foundation.accounts.models import Person


def grants_held(person: Person) -> QuerySet[Grant]:
    """What a person holds now."""
    return Grant.objects.filter(person=person, ended_at__isnull=True)


def viewer_of(person: Person | None, *, acting_for: int | None = None) -> Viewer:
    """The viewer for a person, one query.

    With several organisations one must be chosen: `acting_for` counts only when the person holds a role there; with
    exactly one it is chosen by itself. Roles in the organisations not chosen are left out.
    """
    if person is None or not person.is_active:
        return visitor()
    held = tuple(Held(grant.role, Scope(grant.scope_kind, grant.scope_key)) for grant in grants_held(person))
    own = organisations_of(held)
    chosen = acting_for if acting_for in own else (own[0] if len(own) == 1 else None)
    kept = tuple(one for one in held if one.scope.kind != ORGANISATION or one.scope.key == str(chosen))
    return Viewer(person=person, held=kept, acting_for=chosen)


def organisations_to_choose(person: Person) -> list[int]:
    """Organisations a person may act for."""
    return organisations_of(Held(grant.role, Scope(grant.scope_kind, grant.scope_key)) for grant in grants_held(person))


def people_with(role: str, scope: Scope) -> QuerySet[Person]:
    """People who hold a role within a scope now, by name."""
    return Person.objects.filter(
        grants__role=role, grants__scope_kind=scope.kind, grants__scope_key=scope.key, grants__ended_at__isnull=True
    ).order_by("name")
