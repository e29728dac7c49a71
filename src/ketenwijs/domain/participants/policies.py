"""Who may see, correct and invite for an organisation.

Staff reach an organisation through the agreements it takes part in; the app that knows them registers
`register_scopes_of`, so that this app needs to know none.
"""

from __future__ import annotations

from collections.abc import Callable

from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.fence import organisations_within
from ketenwijs.foundation.access.viewer import ORGANISATION, Scope, Viewer, organisation_scope

EDIT_OWN = "participants.edit_own"
INVITE = "participants.invite"
REGISTER = "participants.register"

ScopesOf = Callable[[int], list[Scope]]
_scopes_of: list[ScopesOf] = []


def register_scopes_of(provider: ScopesOf) -> None:
    """Add a source of the scopes (agreements) an organisation belongs to, by its primary key."""
    _scopes_of.append(provider)


def scopes_of(organisation_pk: int) -> list[Scope]:
    """Scopes an organisation belongs to besides its own."""
    return [scope for provider in _scopes_of for scope in provider(organisation_pk)]


def works_for(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether the viewer acts for this organisation in any role."""
    return organisation.pk is not None and viewer.acting_for == organisation.pk


def may_see(viewer: Viewer, organisation: Organisation) -> bool:
    """Everything recorded about an organisation: its own people and staff of its agreements."""
    return viewer.is_system or organisation.pk in organisations_within(viewer)


def may_register(viewer: Viewer) -> bool:
    """Bring a new organisation in: the secretariat of any agreement."""
    return viewer.holds(REGISTER)


def may_correct(viewer: Viewer, organisation: Organisation) -> bool:
    """Change name, place and numbers: the organisation's own administrator, and the secretariat of its
    agreements.
    """
    if viewer.is_system:
        return True
    if works_for(viewer, organisation) and viewer.holds(EDIT_OWN, organisation_scope(organisation.pk)):
        return True
    return viewer.holds(REGISTER) and any(viewer.holds(REGISTER, scope) for scope in _staffed(viewer, organisation))


def may_set_holding(viewer: Viewer, organisation: Organisation) -> bool:
    """Say to which group of companies it belongs: the secretariat only, because it decides which figures are shown."""
    return viewer.holds(REGISTER) and any(viewer.holds(REGISTER, scope) for scope in _staffed(viewer, organisation))


def roles_to_invite(viewer: Viewer, organisation: Organisation) -> list[roles.Role]:
    """Roles the viewer may invite people to within this organisation, in the order of the content file."""
    own = organisation_scope(organisation.pk)
    allowed: set[str] = set()
    if works_for(viewer, organisation) and viewer.holds(INVITE, own):
        allowed |= _invited_by(viewer, own)
    for scope in _staffed(viewer, organisation):
        allowed |= _invited_by(viewer, scope)
    if viewer.is_system:
        allowed = set(roles.all_roles())
    return [role for role in roles.all_roles().values() if role.code in allowed and _fits(role, organisation)]


def may_end_role(viewer: Viewer, organisation: Organisation, role: str) -> bool:
    """Whoever may invite to a role may end it."""
    return any(one.code == role for one in roles_to_invite(viewer, organisation))


def _fits(role: roles.Role, organisation: Organisation) -> bool:
    """Whether a role can be held at this kind of organisation."""
    return role.scope == ORGANISATION and (not role.organisation_kinds or organisation.kind in role.organisation_kinds)


def _invited_by(viewer: Viewer, scope: Scope) -> set[str]:
    return {role for code in viewer.roles_within(scope) for role in roles.role(code).invites}


def _staffed(viewer: Viewer, organisation: Organisation) -> list[Scope]:
    """Agreement scopes the organisation belongs to and the viewer holds a role in."""
    held = {one.scope for one in viewer.held if one.scope.kind != ORGANISATION}
    if not held and not viewer.is_system:
        return []
    return [scope for scope in scopes_of(organisation.pk) if viewer.is_system or scope in held]
