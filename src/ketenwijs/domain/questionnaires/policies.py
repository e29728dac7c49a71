"""Who may answer and who may read answers."""

from __future__ import annotations

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires import selectors
from ketenwijs.foundation.access.fence import organisations_within
from ketenwijs.foundation.access.viewer import ORGANISATION, Viewer, agreement_scope, organisation_scope
from ketenwijs.foundation.files.models import StoredFile

ANSWER = "questionnaires.answer"
READ_MEMBERS = "questionnaires.read_members"


def may_answer(viewer: Viewer, workspace: Workspace) -> bool:
    """Answer for the firm acted for, while it belongs."""
    if viewer.is_system:
        return True
    own = viewer.acting_for == workspace.organisation.pk
    return own and not workspace.read_only and viewer.holds(ANSWER, organisation_scope(workspace.organisation.pk))


def may_read(viewer: Viewer, workspace: Workspace) -> bool:
    """The firm itself, and staff of the agreement; a self-assessment is read by nobody but the firm."""
    own = viewer.acting_for == workspace.organisation.pk
    if own and viewer.holds(ANSWER, organisation_scope(workspace.organisation.pk)):
        return True
    if viewer.is_system:
        return True
    staff = viewer.holds(READ_MEMBERS, agreement_scope(workspace.agreement.slug))
    return staff and not selectors.framework_in(workspace).is_private


def may_read_evidence(viewer: Viewer, file: StoredFile) -> bool:
    """Evidence belongs to its firm; staff of the agreement it was handed to read it while the firm is inside their
    fence.
    """
    if file.owner_kind != ORGANISATION:
        return False
    if viewer.acting_for is not None and str(viewer.acting_for) == file.owner_key:
        return viewer.holds(ANSWER, organisation_scope(viewer.acting_for))
    staff = viewer.holds(READ_MEMBERS, agreement_scope(file.chain))
    return staff and int(file.owner_key) in organisations_within(viewer) and not selectors.is_private_evidence(file)
