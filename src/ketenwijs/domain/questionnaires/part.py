"""The answers as a part of what a member hands in each year."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.agreements.parts import Missing, Part
from ketenwijs.domain.agreements.rules import NONE
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires import selectors, services
from ketenwijs.domain.questionnaires.selectors import Question
from ketenwijs.domain.questionnaires.wording import answer_in_words, fact_in_words
from ketenwijs.foundation.access.viewer import Viewer


def applies(workspace: Workspace) -> bool:
    """Whoever reports answers what is asked of them."""
    return workspace.duty.report != NONE


def url(workspace: Workspace) -> str:
    """The overview of the questions."""
    return reverse("questionnaires:overview", kwargs=workspace.url_parts)


def place_of(workspace: Workspace, question: Question) -> str:
    """The page and place of one question."""
    page = reverse("questionnaires:section", kwargs={**workspace.url_parts, "step": question.requirement.step})
    return f"{page}#{question.requirement.code}"


def missing(workspace: Workspace) -> list[Missing]:
    """Every question without a complete answer, by name."""
    return [
        Missing(sentence_for(one) % {"title": one.requirement.title}, place_of(workspace, one))
        for one in selectors.open_questions(workspace)
    ]


def sentence_for(question: Question) -> str:
    """What is left to do with an open question; `title` is a gap."""
    if question.is_fact:
        return _("Not known yet from your chains: %(title)s")
    if question.waits:
        return _("Confirm last year's answer: %(title)s")
    if question.lacks_proof:
        return _("Add a file or a web address: %(title)s")
    return _("Answer: %(title)s")


def summary(workspace: Workspace) -> str | Promise:
    """How many are complete."""
    sections = selectors.sections_in(workspace)
    return _("%(done)s of %(total)s answered") % {
        "done": sum(one.done for one in sections),
        "total": sum(one.total for one in sections),
    }


def freeze(workspace: Workspace) -> dict[str, Any]:
    """Each question's value, words, explanation and evidence as handed in."""
    framework = selectors.framework_in(workspace)
    return {
        one.requirement.code: _frozen(framework, one)
        for section in selectors.sections_in(workspace)
        for one in section.questions
    }


def _frozen(framework: FrameworkFile, question: Question) -> dict[str, Any]:
    requirement, answer = question.requirement, question.answer
    if question.is_fact:
        label, value = fact_in_words(requirement.fact, question.fact), question.fact
        return {"value": value, "label": label, "explanation": "", "evidence": []}
    value = answer.value if answer else None
    return {
        "value": value,
        "label": answer_in_words(framework, requirement.answer, value),
        "explanation": answer.explanation if answer else "",
        "evidence": [{"name": one.file.name, "sha256": one.file.sha256} for one in question.files],
    }


def close(workspace: Workspace, actor: Viewer) -> None:
    """Read only after hand-in."""
    services.close(actor=actor, workspace=workspace)


def reopen(workspace: Workspace, actor: Viewer) -> None:
    """Writable again when returned."""
    services.reopen(actor=actor, workspace=workspace)


def carry_over(workspace: Workspace, previous_year: str, actor: Viewer) -> None:
    """Bring the latest earlier answers along."""
    services.carry_over(actor=actor, workspace=workspace)


PART = Part(
    code="answers",
    label=gettext_lazy("Questions"),
    order=30,
    applies=applies,
    missing=missing,
    summary=summary,
    url=url,
    freeze=freeze,
    close=close,
    reopen=reopen,
    carry_over=carry_over,
)
