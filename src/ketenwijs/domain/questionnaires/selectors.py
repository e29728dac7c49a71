"""Reading answers: the sheet of a year, each requirement with its answer and last year's, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from ketenwijs.domain.agreements.frameworks import (
    Asked,
    FrameworkFile,
    Requirement,
    Step,
    continued_from,
    requirements_for,
)
from ketenwijs.domain.agreements.parts import facts_of
from ketenwijs.domain.agreements.selectors import framework_of
from ketenwijs.domain.agreements.targets import target_of
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires.models import Answer, AnswerSheet, Evidence
from ketenwijs.domain.questionnaires.rules import Given, is_complete, share_label
from ketenwijs.foundation.content.selectors import content_of

KEPT = "questionnaires"


@dataclass(frozen=True)
class Question:
    """One requirement as its page shows it: why it is asked, the answer, last year's, and the fact if it is one."""

    asked: Asked
    answer: Answer | None
    last: Answer | None
    fact: Any = None

    @property
    def requirement(self) -> Requirement:
        """What is asked."""
        return self.asked.requirement

    @property
    def is_complete(self) -> bool:
        """Whether hand-in would take it."""
        return is_complete(self.requirement.answer, given_of(self.answer), self.fact)

    @property
    def waits(self) -> bool:
        """Carried over and not confirmed yet."""
        return self.answer is not None and self.answer.origin == Answer.Origin.CARRIED and not self.answer.confirmed_at

    @property
    def fact_label(self) -> str:
        """The fact in words."""
        return share_label(self.fact)


@dataclass(frozen=True)
class Section:
    """One step with its questions."""

    step: Step
    questions: list[Question]

    @property
    def done(self) -> int:
        """How many are complete."""
        return sum(one.is_complete for one in self.questions)

    @property
    def waiting(self) -> int:
        """How many wait for confirmation."""
        return sum(one.waits for one in self.questions)


def given_of(answer: Answer | None) -> Given | None:
    """The facts the rules look at."""
    if answer is None:
        return None
    carried = answer.origin == Answer.Origin.CARRIED
    return Given(answer.value, answer.explanation, carried, answer.confirmed_at is not None)


def framework_in(workspace: Workspace) -> FrameworkFile:
    """The edition this year's answers belong to: frozen with the sheet, else the newest of the term."""
    sheet = sheet_in(workspace)
    if sheet is not None:
        frozen: FrameworkFile = content_of(sheet.edition)
        return frozen
    return framework_of(workspace.agreement, workspace.year.term_code).file


def sheet_in(workspace: Workspace) -> AnswerSheet | None:
    """The year's sheet with edition, answers and evidence; read once per request."""
    kept = workspace.kept.setdefault(KEPT, {})
    if "sheet" not in kept:
        kept["sheet"] = _sheets(workspace).filter(year=workspace.year.code).first()
    found: AnswerSheet | None = kept["sheet"]
    return found


def last_sheet(workspace: Workspace) -> AnswerSheet | None:
    """The latest earlier sheet, whatever years without a round lie between."""
    kept = workspace.kept.setdefault(KEPT, {})
    if "last" not in kept:
        earlier = [year.code for year in workspace.years if year.starts_on < workspace.year.starts_on]
        kept["last"] = _sheets(workspace).filter(year__in=earlier).order_by("-year").first()
    found: AnswerSheet | None = kept["last"]
    return found


def forget(workspace: Workspace) -> None:
    """After a write: read anew."""
    workspace.kept.pop(KEPT, None)


def _sheets(workspace: Workspace) -> Any:
    evidence = Prefetch("answers__evidence", Evidence.objects.select_related("file"))
    rows = AnswerSheet.objects.filter(organisation=workspace.organisation, agreement=workspace.agreement)
    return rows.select_related("edition").prefetch_related("answers", evidence)


def asked_in(workspace: Workspace) -> list[Asked]:
    """The requirements that apply to this firm this year, each with its reasons."""
    return requirements_for(
        framework_in(workspace), report=workspace.duty.report, number=target_of(workspace), facts=facts_of(workspace)
    )


def sections_in(workspace: Workspace) -> list[Section]:
    """Steps with their questions, answers and last year's answers; a fixed number of queries."""
    framework, facts = framework_in(workspace), facts_of(workspace)
    sheet, before = sheet_in(workspace), last_sheet(workspace)
    answers = {one.requirement: one for one in sheet.answers.all()} if sheet else {}
    last = {one.requirement: one for one in before.answers.all()} if before else {}
    by_step: dict[str, list[Question]] = {}
    for asked in asked_in(workspace):
        requirement = asked.requirement
        question = Question(
            asked,
            answers.get(requirement.code),
            last.get(continued_from(requirement, last) or ""),
            facts.get(requirement.fact) if requirement.answer == "fact" else None,
        )
        by_step.setdefault(requirement.step, []).append(question)
    return [Section(step, by_step[step.code]) for step in framework.steps if step.code in by_step]


def section_in(workspace: Workspace, step: str) -> Section | None:
    """One step's section, or None when nothing of it is asked."""
    return next((one for one in sections_in(workspace) if one.step.code == step), None)


def open_questions(workspace: Workspace) -> list[Question]:
    """Everything hand-in would refuse."""
    return [q for section in sections_in(workspace) for q in section.questions if not q.is_complete]
