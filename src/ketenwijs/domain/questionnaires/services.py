"""Answering: one answer or a whole section, evidence, last year's answers along, and confirming them in one press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.frameworks import Requirement, continued_from
from ketenwijs.domain.agreements.selectors import framework_of
from ketenwijs.domain.agreements.workspaces import Workspace, ensure_writable
from ketenwijs.domain.questionnaires import policies, rules, selectors
from ketenwijs.domain.questionnaires.models import Answer, AnswerSheet, Evidence
from ketenwijs.foundation.access.viewer import ORGANISATION, Viewer
from ketenwijs.foundation.content.services import mark_used
from ketenwijs.foundation.files.services import store
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

PURPOSE = "questionnaires.evidence"


def _answerer_only(actor: Viewer, workspace: Workspace) -> None:
    if not actor.is_system:
        ensure_writable(workspace)
    if not policies.may_answer(actor, workspace):
        raise NotAllowed(_("Only people of the company itself may answer."))


def _open_sheet(workspace: Workspace) -> AnswerSheet:
    """The year's sheet, begun under the newest edition of the term's framework; refuses one that was handed in."""
    sheet = selectors.sheet_in(workspace)
    if sheet is None:
        edition = framework_of(workspace.agreement, workspace.year.term_code).edition
        sheet, _created = AnswerSheet.objects.get_or_create(
            organisation=workspace.organisation,
            agreement=workspace.agreement,
            year=workspace.year.code,
            defaults={"edition": edition},
        )
        mark_used(edition)
        selectors.forget(workspace)
    if sheet.closed_at:
        raise DomainError(_("The report was handed in; answers can be changed only if the secretariat returns it."))
    return sheet


def _requirement(workspace: Workspace, code: str) -> Requirement:
    found = next((one.requirement for one in selectors.asked_in(workspace) if one.requirement.code == code), None)
    if found is None or found.answer == "fact":
        raise DomainError(_("This question is not asked of your company this year. Reload the page."))
    return found


@transaction.atomic
def save_answer(
    *, actor: Viewer, workspace: Workspace, requirement: str, value: Any, explanation: str = "", version: int = 0
) -> Answer:
    """Save one answer; `version` is what the page showed, 0 for none.

    Refuses questions that are not asked of this firm, values the question does not take, "does not apply" without a
    word of why, and a version that somebody else replaced.
    """
    _answerer_only(actor, workspace)
    sheet = _open_sheet(workspace)
    asked = _requirement(workspace, requirement)
    words = explanation.strip()
    fields = {"value": _value(workspace, asked, value, words), "explanation": words}
    if version == 0:
        answer, created = Answer.objects.get_or_create(
            sheet=sheet, requirement=requirement, defaults={**fields, "answered_by": actor.person}
        )
        if not created:
            raise _stale()
    else:
        answer = _replace(actor, sheet, requirement, version, fields)
    record(
        actor=actor,
        event="questionnaires.answer.saved",
        subject=answer,
        chain=workspace.agreement.slug,
        values={"requirement": requirement},
    )
    selectors.forget(workspace)
    return answer


def _value(workspace: Workspace, asked: Requirement, raw: Any, words: str) -> Any:
    highest = max((one.value for one in selectors.framework_in(workspace).rubric), default=4)
    if len(words) > rules.LONGEST_EXPLANATION:
        raise DomainError(_("This explanation is too long. Keep it under 8,000 characters or add a file."))
    try:
        value = rules.clean_value(asked.answer, raw, highest=highest)
    except rules.BadValue as error:
        raise DomainError(_("Choose one of the answers.")) from error
    if rules.needs_explanation(value) and not words:
        sentence = _("Say in a few words why it does not apply, or through which project it is done: “%(title)s”.")
        raise DomainError(sentence % {"title": asked.title})
    return value


def _replace(actor: Viewer, sheet: AnswerSheet, requirement: str, version: int, fields: dict[str, Any]) -> Answer:
    known = Answer.objects.filter(sheet=sheet, requirement=requirement).first()
    differs = known is None or rules.changed({"value": known.value, "explanation": known.explanation}, fields)
    now = timezone.now()
    stamped: dict[str, Any] = {**fields, "answered_by": actor.person, "version": version + 1, "updated_at": now}
    if differs:
        stamped |= {"origin": Answer.Origin.TYPED, "changed": True, "confirmed_at": None}
    elif known is not None and known.origin == Answer.Origin.CARRIED:
        stamped["confirmed_at"] = now
    if not Answer.objects.filter(sheet=sheet, requirement=requirement, version=version).update(**stamped):
        raise _stale()
    return Answer.objects.get(sheet=sheet, requirement=requirement)


def _stale() -> StaleVersion:
    return StaleVersion(_("A colleague saved this answer in the meantime. Compare both texts and save again."))


@transaction.atomic
def save_section(*, actor: Viewer, workspace: Workspace, answers: Mapping[str, tuple[Any, str, int]]) -> int:
    """Save several answers of one page, all or none: code -> (value, explanation, version). Returns how many."""
    for code, (value, explanation, version) in answers.items():
        save_answer(
            actor=actor, workspace=workspace, requirement=code, value=value, explanation=explanation, version=version
        )
    return len(answers)


@transaction.atomic
def attach_evidence(*, actor: Viewer, workspace: Workspace, requirement: str, upload: UploadedFile, note: str = "") -> Evidence:
    """Add a file to an answer that was given; the file is checked and cleaned first."""
    _answerer_only(actor, workspace)
    sheet = _open_sheet(workspace)
    _requirement(workspace, requirement)
    answer = Answer.objects.filter(sheet=sheet, requirement=requirement).first()
    if answer is None:
        raise DomainError(_("Answer the question first; then add the file."))
    stored = store(
        actor=actor, uploaded=upload, purpose=PURPOSE, owner_kind=ORGANISATION, owner_key=workspace.organisation.pk
    )
    evidence = Evidence.objects.create(answer=answer, file=stored, note=note.strip()[:200])
    record(
        actor=actor,
        event="questionnaires.evidence.added",
        subject=answer,
        chain=workspace.agreement.slug,
        values={"sha256": stored.sha256},
    )
    selectors.forget(workspace)
    return evidence


@transaction.atomic
def carry_over(*, actor: Viewer, workspace: Workspace) -> int:
    """Copy the latest earlier answers to the questions that continue; they wait for confirmation. Returns how many."""
    _answerer_only(actor, workspace)
    before = selectors.last_sheet(workspace)
    sheet = _open_sheet(workspace)
    if before is None:
        return 0
    last = {one.requirement: one for one in before.answers.all()}
    known = set(Answer.objects.filter(sheet=sheet).values_list("requirement", flat=True))
    fresh = []
    for asked in selectors.asked_in(workspace):
        old = last.get(continued_from(asked.requirement, last) or "")
        if old is None or old.value is None or asked.requirement.code in known or asked.requirement.answer == "fact":
            continue
        fresh.append(
            Answer(
                sheet=sheet,
                requirement=asked.requirement.code,
                value=old.value,
                explanation=old.explanation,
                origin=Answer.Origin.CARRIED,
                changed=False,
                answered_by=old.answered_by,
            )
        )
    Answer.objects.bulk_create(fresh)
    _journal_many(actor, workspace, sheet, "questionnaires.answers.carried_over", len(fresh))
    return len(fresh)


@transaction.atomic
def confirm_carried(*, actor: Viewer, workspace: Workspace, requirements: list[str] | None = None) -> int:
    """Say in one press that answers that came along still hold; `requirements` limits it to those the page showed."""
    _answerer_only(actor, workspace)
    sheet = _open_sheet(workspace)
    rows = Answer.objects.filter(sheet=sheet, origin=Answer.Origin.CARRIED, confirmed_at=None)
    if requirements is not None:
        rows = rows.filter(requirement__in=requirements)
    number = rows.update(confirmed_at=timezone.now())
    _journal_many(actor, workspace, sheet, "questionnaires.answers.confirmed", number)
    return number


def _journal_many(actor: Viewer, workspace: Workspace, sheet: AnswerSheet, event: str, number: int) -> None:
    record(actor=actor, event=event, subject=sheet, chain=workspace.agreement.slug, values={"number": number})
    selectors.forget(workspace)


@transaction.atomic
def close(*, actor: Viewer, workspace: Workspace) -> None:
    """Hand-in: answers are read only from now on. Called by the judgement, which has checked the right."""
    AnswerSheet.objects.filter(
        organisation=workspace.organisation, agreement=workspace.agreement, year=workspace.year.code
    ).update(closed_at=timezone.now())
    selectors.forget(workspace)


@transaction.atomic
def reopen(*, actor: Viewer, workspace: Workspace) -> None:
    """The report was returned: answers can be changed again."""
    AnswerSheet.objects.filter(
        organisation=workspace.organisation, agreement=workspace.agreement, year=workspace.year.code
    ).update(closed_at=None)
    selectors.forget(workspace)
