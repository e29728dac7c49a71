"""Who may keep and read the register: a firm its own lines, staff those of the members of their agreement."""

from __future__ import annotations

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer, agreement_scope, organisation_scope

WRITE = "awareness.write"
READ_MEMBERS = "awareness.read_members"
RELEASE = "awareness.release"


def may_write(viewer: Viewer, organisation_pk: int) -> bool:
    """Keep the register for the firm acted for."""
    if viewer.is_system:
        return True
    return viewer.acting_for == organisation_pk and viewer.holds(WRITE, organisation_scope(organisation_pk))


def may_read(viewer: Viewer, workspace: Workspace) -> bool:
    """Open a firm's register: the firm acted for, or staff of this agreement."""
    if may_write(viewer, workspace.organisation.pk):
        return True
    return viewer.holds(READ_MEMBERS, agreement_scope(workspace.agreement.slug))


def may_read_members(viewer: Viewer, agreement: Agreement) -> bool:
    """Read the overview of all members of an agreement."""
    return viewer.holds(READ_MEMBERS, agreement_scope(agreement.slug))


def may_release(viewer: Viewer, agreement: Agreement) -> bool:
    """Publish the numbers of an agreement."""
    return viewer.holds(RELEASE, agreement_scope(agreement.slug))


def agreements_read(viewer: Viewer) -> list[str]:
    """Slugs of the agreements whose overview the viewer may open."""
    return viewer.keys_with(READ_MEMBERS, AGREEMENT)
