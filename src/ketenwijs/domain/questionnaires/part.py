"""The answers as a part of what a member hands in each year."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.agreements.parts import Missing, Part
from ketenwijs.domain.agreements.rules import NONE
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires import selectors, services
from ketenwijs.domain.questionnaires.selectors import Question
from ketenwijs.domain.questionnaires.wording import answer_in_words
from ketenwijs.foundation.access.viewer import Viewer


def applies(workspace: Workspace) -> bool:
    """Whoever reports answers what is asked of them."""
    return workspace.duty.report != NONE


def url(workspace: Workspace) -> str:
    """The overview of the questions."""
    return reverse("questionnaires:overview", kwargs=workspace.url_parts)


def _place(workspace: Workspace, question: Question) -> str:
    page = reverse("questionnaires:section", kwargs={**workspace.url_parts, "step": question.requirement.step})
    return f"{page}#{question.requirement.code}"


def missing(workspace: Workspace) -> list[Missing]:
    """Every question without a complete answer, by name."""
    found = []
    for question in selectors.open_questions(workspace):
        if question.requirement.answer == "fact":
            sentence = _("Not known yet from your chains: %(title)s")
        elif question.waits:
            sentence = _("Confirm last year's answer: %(title)s")
        else:
            sentence = _("Answer: %(title)s")
        found.append(Missing(sentence % {"title": question.requirement.title}, _place(workspace, question)))
    return found


def summary(workspace: Workspace) -> str | Promise:
    """How many are complete."""
    sections = selectors.sections_in(workspace)
    total = sum(len(section.questions) for section in sections)
    return _("%(done)s of %(total)s answered") % {"done": sum(s.done for s in sections), "total": total}


def freeze(workspace: Workspace) -> dict[str, Any]:
    """Each question's value, words, explanation and evidence as handed in."""
    framework = selectors.framework_in(workspace)
    frozen: dict[str, Any] = {}
    for section in selectors.sections_in(workspace):
        for one in section.questions:
            answer = one.answer
            value = one.fact if one.requirement.answer == "fact" else (answer.value if answer else None)
            frozen[one.requirement.code] = {
                "value": value,
                "label": one.fact_label if one.requirement.answer == "fact" else answer_in_words(framework, value),
                "explanation": answer.explanation if answer else "",
                "evidence": [
                    {"name": e.file.name, "sha256": e.file.sha256} for e in (answer.evidence.all() if answer else [])
                ],
            }
    return frozen


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
