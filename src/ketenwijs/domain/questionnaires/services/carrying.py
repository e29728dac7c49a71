"""Bringing earlier answers along, and confirming in one press exactly those that a page showed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires import selectors
from ketenwijs.domain.questionnaires.models import Answer, AnswerSheet, Evidence
from ketenwijs.domain.questionnaires.selectors import Question
from ketenwijs.domain.questionnaires.services.sheets import answerer_only, open_sheet
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import StaleVersion


@transaction.atomic
def carry_over(*, actor: Viewer, workspace: Workspace) -> int:
    """Copy the latest earlier answers, with their files, to the questions that continue and have no answer yet.

    They wait for confirmation. An answer that this year's question does not take stays behind. Returns how many came
    along; a second time brings nothing.
    """
    answerer_only(actor, workspace)
    sheet = open_sheet(workspace)
    coming = selectors.can_come_along(workspace)
    if coming:
        created = Answer.objects.bulk_create([_copied(sheet, one) for one in coming])
        _copy_evidence(created, coming)
        _journal(actor, workspace, sheet, "questionnaires.answers.carried_over", [a.requirement for a in created])
    selectors.forget(workspace)
    return len(coming)


def _copied(sheet: AnswerSheet, question: Question) -> Answer:
    last = question.last
    assert last is not None
    return Answer(
        sheet=sheet,
        requirement=question.requirement.code,
        value=last.value,
        explanation=last.explanation,
        origin=Answer.Origin.CARRIED,
        changed=False,
        answered_by_id=last.answered_by_id,
    )


def _copy_evidence(created: list[Answer], coming: list[Question]) -> None:
    """The files themselves stay where they are; this year's answers point to them too.

    A file that was handed to another agreement stays there: its staff may not open it, so the firm adds it anew here.
    """
    pairs = [
        (answer, question.last)
        for answer, question in zip(created, coming, strict=True)
        if question.last is not None and question.last.sheet.agreement_id == answer.sheet.agreement_id
    ]
    files = selectors.files_of(last for _answer, last in pairs)
    Evidence.objects.bulk_create(
        Evidence(answer=answer, file=one.file, note=one.note)
        for answer, last in pairs
        for one in files.get(last.pk, ())
    )


@transaction.atomic
def confirm_carried(*, actor: Viewer, workspace: Workspace, shown: Mapping[str, int] | None = None) -> int:
    """Say in one press that answers that came along still hold: those the page showed, as requirement and version.

    Without `shown` all that wait (the demonstration world and jobs). Raises StaleVersion when one of them was changed
    or confirmed since; then nothing is confirmed. Returns how many.
    """
    answerer_only(actor, workspace)
    sheet = open_sheet(workspace)
    if shown is None:
        shown = {one.requirement: one.version for one in _waiting(sheet)}
    number = confirm_shown(actor, workspace, sheet, shown)
    selectors.forget(workspace)
    return number


def confirm_shown(actor: Viewer, workspace: Workspace, sheet: AnswerSheet, shown: Mapping[str, int]) -> int:
    """As `confirm_carried`, inside a service that checked the right and holds the sheet."""
    waiting = {one.requirement: one for one in _waiting(sheet) if one.requirement in shown}
    if any(code not in waiting or waiting[code].version != version for code, version in shown.items()):
        raise StaleVersion(_("A colleague changed or confirmed some of these answers in the meantime. Look again."))
    pks = [one.pk for one in waiting.values()]
    Answer.objects.filter(pk__in=pks).update(confirmed_at=timezone.now())
    if waiting:
        _journal(actor, workspace, sheet, "questionnaires.answers.confirmed", sorted(waiting))
    return len(waiting)


def _waiting(sheet: AnswerSheet) -> list[Answer]:
    return list(Answer.objects.filter(sheet=sheet, origin=Answer.Origin.CARRIED, confirmed_at=None))


def _journal(actor: Viewer, workspace: Workspace, sheet: AnswerSheet, event: str, codes: list[str]) -> None:
    values = {"number": len(codes), "requirements": codes}
    record(actor=actor, event=event, subject=sheet, chain=workspace.agreement.slug, values=values)
