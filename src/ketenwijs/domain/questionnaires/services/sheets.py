"""The sheet of a year: begun with the first answer, closed at hand-in, opened again when returned."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.frameworks import Requirement
from ketenwijs.domain.agreements.workspaces import Workspace, ensure_writable
from ketenwijs.domain.questionnaires import policies, selectors
from ketenwijs.domain.questionnaires.models import AnswerSheet
from ketenwijs.domain.questionnaires.rules import FACT
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.services import mark_used
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


def answerer_only(actor: Viewer, workspace: Workspace) -> None:
    """Refuse everybody but people of the firm who may answer, while it belongs."""
    if not actor.is_system:
        ensure_writable(workspace)
    if not policies.may_answer(actor, workspace):
        raise NotAllowed(_("Only people of the company itself may answer."))


def open_sheet(workspace: Workspace) -> AnswerSheet:
    """The year's sheet, locked until the transaction ends; begun when there is none yet.

    Raises DomainError when it was handed in.
    """
    sheet = _rows(workspace).select_for_update().first()
    if sheet is None:
        sheet = _begin(workspace)
    if sheet.closed_at:
        raise DomainError(_("The report was handed in; answers can be changed only if the secretariat returns it."))
    return sheet


def _rows(workspace: Workspace) -> QuerySet[AnswerSheet]:
    return AnswerSheet.objects.filter(
        organisation=workspace.organisation, agreement=workspace.agreement, year=workspace.year.code
    )


def _begin(workspace: Workspace) -> AnswerSheet:
    edition = selectors.edition_for(workspace)
    sheet, _created = AnswerSheet.objects.get_or_create(
        organisation=workspace.organisation,
        agreement=workspace.agreement,
        year=workspace.year.code,
        defaults={"edition": edition},
    )
    mark_used(edition)
    selectors.forget(workspace)
    return sheet


def asked_or_refused(workspace: Workspace, codes: list[str]) -> dict[str, Requirement]:
    """The requirements with these codes; refuses all when one is not asked of this firm, or is a fact."""
    asked = {one.requirement.code: one.requirement for one in selectors.asked_in(workspace)}
    if any(code not in asked or asked[code].answer == FACT for code in codes):
        raise DomainError(_("This question is not asked of your company this year. Reload the page."))
    return {code: asked[code] for code in codes}


@transaction.atomic
def close(*, actor: Viewer, workspace: Workspace) -> None:
    """Hand-in: answers are read only from now on. Called by the judgement, which checks the right and journals."""
    if not _rows(workspace).update(closed_at=timezone.now()):
        sheet = _begin(workspace)
        sheet.closed_at = timezone.now()
        sheet.save(update_fields=["closed_at"])
    selectors.forget(workspace)


@transaction.atomic
def reopen(*, actor: Viewer, workspace: Workspace) -> None:
    """The report was returned: answers can be changed again. Called by the judgement, as `close`."""
    _rows(workspace).update(closed_at=None)
    selectors.forget(workspace)
