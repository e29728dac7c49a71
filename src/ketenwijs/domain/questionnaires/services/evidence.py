"""Files that support an answer."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires import rules, selectors
from ketenwijs.domain.questionnaires.models import Answer, Evidence
from ketenwijs.domain.questionnaires.services.sheets import answerer_only, asked_or_refused, open_sheet
from ketenwijs.foundation.access.viewer import ORGANISATION, Viewer
from ketenwijs.foundation.files.services import store
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError

PURPOSE = "questionnaires.evidence"
MOST_FILES = 20


@transaction.atomic
def attach_evidence(
    *, actor: Viewer, workspace: Workspace, requirement: str, upload: UploadedFile, note: str = ""
) -> Evidence:
    """Add a file to an answer; one that was not given yet waits, empty, with its file. The file is checked first."""
    answerer_only(actor, workspace)
    sheet = open_sheet(workspace)
    asked_or_refused(workspace, [requirement])
    words = rules.tidy(note)
    if len(words) > rules.LONGEST_NOTE:
        raise DomainError(_("This note is too long. Keep it under 200 characters."))
    answer, _created = Answer.objects.get_or_create(
        sheet=sheet, requirement=requirement, defaults={"value": None, "answered_by": actor.person}
    )
    if answer.evidence.count() >= MOST_FILES:
        raise DomainError(_("An answer takes at most 20 files. Take one away first, or put several in one file."))
    stored = store(
        actor=actor,
        uploaded=upload,
        purpose=PURPOSE,
        owner_kind=ORGANISATION,
        owner_key=workspace.organisation.pk,
        chain=workspace.agreement.slug,
    )
    evidence = Evidence.objects.create(answer=answer, file=stored, note=words)
    _journal(actor, workspace, "questionnaires.evidence.added", evidence)
    selectors.forget(workspace)
    return evidence


@transaction.atomic
def detach_evidence(*, actor: Viewer, workspace: Workspace, evidence: Evidence) -> None:
    """Take a file away from this year's answer.

    The file itself stays: an earlier year or a report that was handed in may name it.
    """
    answerer_only(actor, workspace)
    sheet = open_sheet(workspace)
    if evidence.answer.sheet_id != sheet.pk:
        raise DomainError(_("This file belongs to another report. Reload the page."))
    _journal(actor, workspace, "questionnaires.evidence.removed", evidence)
    evidence.delete()
    selectors.forget(workspace)


def _journal(actor: Viewer, workspace: Workspace, event: str, evidence: Evidence) -> None:
    record(
        actor=actor,
        event=event,
        subject=evidence.answer,
        chain=workspace.agreement.slug,
        values={"sha256": evidence.file.sha256, "name": evidence.file.name},
    )
