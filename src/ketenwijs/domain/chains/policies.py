"""Who may read and change chains, release the quarry areas of all members, and keep the register of locations."""

from __future__ import annotations

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import agreement_slugs_of
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer, agreement_scope, organisation_scope

READ_OWN = "chains.read_own"
EDIT_OWN = "chains.edit_own"
READ_MEMBERS = "chains.read_members"
RELEASE_AREAS = "chains.release_areas"
MATCH_SITES = "chains.match_sites"


def reads_own(viewer: Viewer, organisation_pk: int) -> bool:
    """Whether the viewer acts for this firm and may read its chains."""
    return viewer.acting_for == organisation_pk and viewer.holds(READ_OWN, organisation_scope(organisation_pk))


def may_read(viewer: Viewer, organisation_pk: int) -> bool:
    """The firm itself, and staff of an agreement in which it is or was a member (one query for staff
    only).
    """
    if viewer.is_system or reads_own(viewer, organisation_pk):
        return True
    staffed = set(viewer.keys_with(READ_MEMBERS, AGREEMENT))
    return bool(staffed) and not staffed.isdisjoint(agreement_slugs_of(organisation_pk))


def may_read_sheet(viewer: Viewer, organisation_pk: int) -> bool:
    """A sheet as uploaded holds the whole file: the firm itself, and staff of every agreement the firm is or was in.

    Staff of one of several agreements read what is handed in there, not what the firm keeps for the others.
    """
    if viewer.is_system or reads_own(viewer, organisation_pk):
        return True
    slugs = set(agreement_slugs_of(organisation_pk))
    return bool(slugs) and slugs <= set(viewer.keys_with(READ_MEMBERS, AGREEMENT))


def may_read_in(viewer: Viewer, workspace: Workspace) -> bool:
    """The same for a workspace that was opened already; no query."""
    if viewer.is_system or reads_own(viewer, workspace.organisation.pk):
        return True
    return viewer.holds(READ_MEMBERS, agreement_scope(workspace.agreement.slug))


def may_edit(viewer: Viewer, organisation_pk: int) -> bool:
    """Only people of the firm itself change its chains; staff never do."""
    if viewer.is_system:
        return True
    return viewer.acting_for == organisation_pk and viewer.holds(EDIT_OWN, organisation_scope(organisation_pk))


def may_release_areas(viewer: Viewer, agreement: Agreement) -> bool:
    """Preview and publish the quarry areas of an agreement's members."""
    return viewer.holds(RELEASE_AREAS, agreement_scope(agreement.slug))


def may_match_sites(viewer: Viewer, agreement: Agreement) -> bool:
    """Keep the register of locations of an agreement: see which members use which, decide, propose joint action.

    Only the secretariat holds this; a firm never learns that the register exists.
    """
    return viewer.holds(MATCH_SITES, agreement_scope(agreement.slug))
