"""Who may see and change memberships, and for how long a firm that left may still read its own work."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from ketenwijs.domain.agreements import packages
from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.viewer import AGREEMENT, INSTALLATION, Viewer, agreement_scope, organisation_scope

READ = "agreements.read"
SEE_MEMBERS = "agreements.see_members"
MANAGE_MEMBERS = "agreements.manage_members"
MANAGE_ROLES = "access.manage_roles"
START = "agreements.start"
APPLY_CONTENT = "content.apply"
# A right's name is data: who may publish an outcome may also have it recorded at the membership.
PUBLISH_OUTCOMES = "assessments.publish"


def may_see_members(viewer: Viewer, agreement: Agreement) -> bool:
    """The secretariat sees the members of its own agreements with everything recorded about them."""
    return viewer.holds(SEE_MEMBERS, agreement_scope(agreement.slug))


def may_manage_members(viewer: Viewer, agreement: Agreement) -> bool:
    """Joining, leaving, groups, levels and the register import."""
    return viewer.holds(MANAGE_MEMBERS, agreement_scope(agreement.slug))


def may_set_level(viewer: Viewer, agreement: Agreement) -> bool:
    """Outcomes follow from publication; the lead may also record one (the register of the first day)."""
    scope = agreement_scope(agreement.slug)
    return viewer.holds(MANAGE_MEMBERS, scope) or viewer.holds(PUBLISH_OUTCOMES, scope)


def may_start(viewer: Viewer) -> bool:
    """Bring packages of agreements into use: whoever starts agreements here, and the operator."""
    return viewer.holds(START) or viewer.holds(APPLY_CONTENT)


def first_roles(viewer: Viewer) -> list[roles.Role]:
    """Roles within any agreement that somebody who starts agreements may give as long as nobody holds them."""
    known = roles.all_roles()
    mine = {
        code
        for held in viewer.held
        if held.scope.kind == INSTALLATION and held.role in known and START in known[held.role].rights
        for code in known[held.role].invites
    }
    return [role for role in known.values() if role.code in mine and role.scope == AGREEMENT]


def is_own(viewer: Viewer, organisation_pk: int) -> bool:
    """Whether the viewer acts for this organisation with a role that reads agreements."""
    return viewer.acting_for == organisation_pk and viewer.holds(READ, organisation_scope(organisation_pk))


def reads_until(membership: Membership) -> date | None:
    """The last day on which a firm that left may read its work: its leaving day plus the appeal term of the
    content.
    """
    if membership.left_on is None:
        return None
    return membership.left_on + timedelta(days=packages.appeal_days(packages.definition_of(membership.agreement.slug)))


def still_reads(membership: Membership, today: date) -> bool:
    """Members read; a firm that left reads for the appeal term, then no more (its history stays with the
    secretariat).
    """
    until = reads_until(membership)
    return until is None or today <= until


def may_open_workspace(viewer: Viewer, membership: Membership, year: ReportYear, today: date) -> bool:
    """The firm itself (after leaving: for the appeal term) and staff of the agreement, for years of the
    membership.
    """
    if membership.joined_on > year.ends_on or (membership.left_on and membership.left_on < year.starts_on):
        return False
    if may_see_members(viewer, membership.agreement):
        return True
    return is_own(viewer, membership.organisation_id) and still_reads(membership, today)


def may_write_in(viewer: Viewer, membership: Membership, today: date) -> bool:
    """Only the firm itself, and not after it left; each app asks for its own right besides."""
    if viewer.is_system:
        return True
    left = membership.left_on is not None and membership.left_on <= today
    return is_own(viewer, membership.organisation_id) and not left


def memberships_within(viewer: Viewer) -> Q:
    """Row filter: memberships in agreements whose members the viewer may see, and those of the firm acted
    for.
    """
    if viewer.is_system:
        return Q()
    seen = Q(agreement__slug__in=viewer.keys_with(SEE_MEMBERS, AGREEMENT))
    if viewer.acting_for is not None and viewer.holds(READ, organisation_scope(viewer.acting_for)):
        seen |= Q(organisation_id=viewer.acting_for)
    return seen


def roles_to_give(viewer: Viewer, agreement: Agreement) -> list[roles.Role]:
    """Roles within the agreement that the viewer may give and end: those their own role invites to; all for the operator."""
    scope = agreement_scope(agreement.slug)
    mine = {code for held in viewer.roles_within(scope) for code in roles.role(held).invites}
    everything = viewer.is_system or viewer.holds(MANAGE_ROLES)
    known = [role for role in roles.all_roles().values() if role.scope == AGREEMENT]
    return [role for role in known if everything or role.code in mine]


def agreements_to_staff(viewer: Viewer) -> list[str]:
    """Slugs of the agreements in which the viewer's own role invites anybody to a role of the agreement; no query."""
    slugs = {one.scope.key for one in viewer.held if one.scope.kind == AGREEMENT and _brings_in_staff(one.role)}
    return sorted(slugs)


def _brings_in_staff(role: str) -> bool:
    known = roles.all_roles()
    return any(known[code].scope == AGREEMENT for code in known[role].invites)
