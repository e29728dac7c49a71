"""Saving one answer or a whole page of answers, all or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.frameworks import Requirement
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires import rules, selectors
from ketenwijs.domain.questionnaires.models import Answer, AnswerSheet
from ketenwijs.domain.questionnaires.services.carrying import confirm_shown
from ketenwijs.domain.questionnaires.services.sheets import answerer_only, asked_or_refused, open_sheet
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion


class Typed(NamedTuple):
    """One answer as it came from a page; `version` is what the page showed, 0 for none."""

    value: Any
    explanation: str
    version: int


Fields = dict[str, Any]


@transaction.atomic
def save_answer(
    *, actor: Viewer, workspace: Workspace, requirement: str, value: Any, explanation: str = "", version: int = 0
) -> Answer:
    """Save one answer; `version` is what the page showed, 0 for none.

    Refuses questions that are not asked of this firm, values the question does not take, "does not apply" without a
    word of why, and a version that somebody else replaced.
    """
    save_section(actor=actor, workspace=workspace, answers={requirement: Typed(value, explanation, version)})
    return selectors.answers_in(workspace)[requirement]


@transaction.atomic
def save_section(
    *,
    actor: Viewer,
    workspace: Workspace,
    answers: Mapping[str, tuple[Any, str, int]],
    confirm: Mapping[str, int] | None = None,
) -> int:
    """Save several answers of one page, all or none; `confirm` also confirms answers that came along, as code and
    version shown. Returns how many answers were saved or confirmed.

    Raises DomainError with a sentence per requirement in `fields` when some do not fit, and StaleVersion, also with
    `fields`, when somebody else saved some of them in the meantime.
    """
    answerer_only(actor, workspace)
    sheet = open_sheet(workspace)
    asked = asked_or_refused(workspace, [*answers, *(confirm or {})])
    checked = _checked(workspace, asked, {code: Typed(*given) for code, given in answers.items()})
    stored = {one.requirement: one for one in Answer.objects.filter(sheet=sheet, requirement__in=list(asked))}
    _refuse_stale({code for code, given in answers.items() if _version_of(stored.get(code)) != given[2]})
    for code, fields in checked.items():
        answer = _write(actor, sheet, code, stored.get(code), fields)
        record(
            actor=actor,
            event="questionnaires.answer.saved",
            subject=answer,
            chain=workspace.agreement.slug,
            values={"requirement": code, "version": answer.version},
        )
    number = len(checked)
    if confirm:
        number += confirm_shown(actor, workspace, sheet, confirm)
    selectors.forget(workspace)
    return number


def _version_of(answer: Answer | None) -> int:
    return answer.version if answer is not None else 0


def _checked(workspace: Workspace, asked: Mapping[str, Requirement], typed: Mapping[str, Typed]) -> dict[str, Fields]:
    """The fields to store; one refusal that names every answer that does not fit."""
    scale = selectors.scale_of(selectors.framework_in(workspace))
    fields: dict[str, Fields] = {}
    faults: dict[str, str | Promise] = {}
    for code, given in typed.items():
        words = rules.tidy(given.explanation)
        try:
            value = rules.clean_value(asked[code].answer, given.value, scale=scale)
        except rules.BadValue:
            faults[code] = _sentence_for(asked[code].answer)
            continue
        if len(words) > rules.LONGEST_EXPLANATION:
            faults[code] = _("This explanation is too long. Keep it under 8,000 characters or add a file.")
        elif rules.needs_explanation(value) and not words:
            faults[code] = _("Say in a few words why it does not apply, or through which project it is done.")
        fields[code] = {"value": value, "explanation": words}
    if faults:
        sentence = _("Some answers do not fit yet. They are marked below.")
        raise DomainError(next(iter(faults.values())) if len(faults) == 1 else sentence, fields=faults)
    return fields


def _sentence_for(kind: str) -> str:
    if kind == rules.NUMBER:
        return _("Type a number, for example 12 or 12,5.")
    if kind == rules.TEXT:
        return _("This answer is too long. Keep it under 8,000 characters or add a file.")
    return _("Choose one of the answers.")


def _refuse_stale(codes: set[str]) -> None:
    if codes:
        sentence = _("A colleague saved this answer in the meantime. Compare both texts and save again.")
        raise StaleVersion(sentence, fields=dict.fromkeys(codes, sentence))


def _write(actor: Viewer, sheet: AnswerSheet, code: str, known: Answer | None, fields: Fields) -> Answer:
    if known is None:
        try:
            with transaction.atomic():
                return Answer.objects.create(sheet=sheet, requirement=code, answered_by=actor.person, **fields)
        except IntegrityError:  # a colleague was first, between our look and our write
            _refuse_stale({code})
    assert known is not None
    stamped = {**fields, **_origin_after(known, fields)}
    changes = {**stamped, "answered_by": actor.person, "version": known.version + 1, "updated_at": timezone.now()}
    if not Answer.objects.filter(pk=known.pk, version=known.version).update(**changes):
        _refuse_stale({code})
    for name, value in changes.items():
        setattr(known, name, value)
    return known


def _origin_after(known: Answer, fields: Fields) -> Fields:
    """What saving says about where the answer comes from: changed means typed; saved as it was means confirmed."""
    if rules.changed({"value": known.value, "explanation": known.explanation}, fields):
        return {"origin": Answer.Origin.TYPED, "changed": True, "confirmed_at": None}
    return {"confirmed_at": timezone.now()} if known.origin == Answer.Origin.CARRIED else {}
