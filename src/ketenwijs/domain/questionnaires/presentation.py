"""The questions of one step as its page shows them: plain values, worked out before the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.parts import all_parts
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires import selectors
from ketenwijs.domain.questionnaires.models import Answer, Evidence
from ketenwijs.domain.questionnaires.pages import FromPage, seen_mark, text_of
from ketenwijs.domain.questionnaires.selectors import Question, Section
from ketenwijs.domain.questionnaires.wording import (
    answer_in_words,
    choices_for,
    enough_in_words,
    fact_in_words,
    reason_in_words,
)


@dataclass(slots=True)
class Row:
    """One question. `value` and `explanation` stand in the fields; `conflict` is set when somebody else's version
    must be shown beside them.
    """

    code: str
    title: str
    kind: str
    why: list[str]
    question: str
    importance: str
    evidence_wanted: str
    enough: str
    options: SafeString | None
    value: str
    explanation: str
    seen: str
    label: str
    last: Answer | None
    last_label: str
    last_where: str
    waits: bool
    is_renewed: bool
    is_complete: bool
    files: list[Evidence]
    error: str | Promise
    conflict: Answer | None
    advice: list[str]
    lacks_proof: bool


@dataclass(slots=True)
class Threshold:
    """One requirement that looks at a fact: how much it asks, and whether that is there."""

    code: str
    title: str
    enough: str
    is_met: bool


@dataclass(slots=True)
class FactRow:
    """One fact filled in from another part, with the page it comes from and every requirement that looks at it."""

    title: str
    label: str
    part: str | Promise
    url: str
    asked: list[Threshold]


class Rows:
    """Turns the questions of a section into rows; what is the same for all questions is looked up once."""

    def __init__(self, workspace: Workspace, section: Section) -> None:
        self.workspace = workspace
        self.section = section
        self.framework = selectors.framework_in(workspace)
        self.by_level = workspace.definition.scheme(workspace.year.scheme).kind == "level"
        self.substeps = {one.code: str(one.question) for one in section.step.substeps}
        self.advice = selectors.advice_in(workspace)
        self.options: dict[tuple[str, str], SafeString | None] = {}

    def typed(self, given: Mapping[str, FromPage], faults: Mapping[str, str | Promise]) -> list[Row]:
        """The questions to answer; what somebody typed and could not save wins over the stored answer, which stands
        beside it when it is newer than what the page had shown.
        """
        return [
            self._row(question, given.get(question.requirement.code), faults)
            for question in self.section.questions
            if not question.is_fact
        ]

    def facts(self) -> list[FactRow]:
        """The facts of this step, each once, however many requirements look at it."""
        rows: dict[str, FactRow] = {}
        for question in self.section.questions:
            if not question.is_fact:
                continue
            one = question.requirement
            row = rows.setdefault(one.fact, self._fact_row(question))
            least, fact = one.minimum, question.fact
            met = fact is not None if least is None else isinstance(fact, int | float) and fact >= least
            row.asked.append(Threshold(one.code, str(one.title), enough_in_words(self.framework, one), met))
        return list(rows.values())

    def _fact_row(self, question: Question) -> FactRow:
        one = question.requirement
        part = next((known for known in all_parts() if known.code == one.fact.split(".")[0]), None)
        return FactRow(
            title=str(one.title),
            label=fact_in_words(one.fact, question.fact),
            part=part.label if part else "",
            url=part.url(self.workspace) if part else "",
            asked=[],
        )

    def _row(self, question: Question, given: FromPage | None, faults: Mapping[str, str | Promise]) -> Row:
        one, answer, last = question.requirement, question.answer, question.last
        mine = given if given is not None and given.is_touched else None
        newer = answer if mine is not None and answer is not None and answer.version != mine.version else None
        value = mine.value if mine else text_of(answer.value if answer else None)
        return Row(
            code=one.code,
            title=str(one.title),
            kind=one.answer,
            why=self._why(question),
            question=self.substeps.get(one.substep, ""),
            importance=str(one.why or ""),
            evidence_wanted=str(one.evidence or ""),
            enough=enough_in_words(self.framework, one),
            options=self._options(one.answer, value),
            value=value,
            explanation=mine.explanation if mine else (answer.explanation if answer else ""),
            seen=seen_mark(answer),
            label=answer_in_words(self.framework, one.answer, answer.value) if answer else "",
            last=last,
            last_label=answer_in_words(self.framework, one.answer, last.value) if last else "",
            last_where=self._where(last) if last else "",
            waits=question.waits,
            is_renewed=question.is_renewed,
            is_complete=question.is_complete,
            files=list(question.files),
            error=faults.get(one.code, ""),
            conflict=newer,
            advice=[str(text) for text in self.advice.get(one.code, ())],
            lacks_proof=question.lacks_proof,
        )

    def _where(self, last: Answer) -> str:
        """When, and where another agreement asked, in which one an answer was given before."""
        if last.sheet.agreement_id == self.workspace.agreement.pk:
            return _("Last year (%(year)s)") % {"year": last.sheet.year}
        name = definition_of(last.sheet.agreement).name
        return _("For %(agreement)s (%(year)s)") % {"agreement": name, "year": last.sheet.year}

    def _options(self, kind: str, chosen: str) -> SafeString | None:
        """The answers to choose from as options, made once for each answer given: most questions share them."""
        key = (kind, chosen)
        if key not in self.options:
            choices = choices_for(self.framework, kind)
            rows = ((value, " selected" if value == chosen else "", words) for value, words in choices)
            self.options[key] = format_html_join("", '<option value="{}"{}>{}</option>', rows) if choices else None
        return self.options[key]

    def _why(self, question: Question) -> list[str]:
        words = (reason_in_words(reason, by_level=self.by_level) for reason in question.asked.because)
        return [one for one in words if one]


def advice_by_step(workspace: Workspace) -> list[tuple[Section, list[tuple[str, str, list[str]]]]]:
    """All advice that belongs to the saved answers, step by step: title, answer in words, advice."""
    framework, advice = selectors.framework_in(workspace), selectors.advice_in(workspace)
    found = []
    for section in selectors.sections_in(workspace):
        rows = [
            (
                str(one.requirement.title),
                answer_in_words(framework, one.requirement.answer, one.answer.value if one.answer else None),
                [str(text) for text in advice[one.requirement.code]],
            )
            for one in section.questions
            if one.requirement.code in advice
        ]
        if rows:
            found.append((section, rows))
    return found


def to_confirm(workspace: Workspace) -> tuple[list[dict[str, Any]], list[Question]]:
    """What the whole sheet's "nothing changed" confirms, in words and with the version shown; and apart from it the
    questions that ask more than last year, which their own page must show first.
    """
    framework = selectors.framework_in(workspace)
    shown, renewed = [], []
    for question in selectors.waiting_in(workspace):
        answer = question.answer
        if answer is None or question.is_renewed:
            renewed.append(question)
            continue
        shown.append(
            {
                "code": question.requirement.code,
                "version": answer.version,
                "title": question.requirement.title,
                "label": answer_in_words(framework, question.requirement.answer, answer.value),
                "explanation": answer.explanation,
                "files": len(question.files),
            }
        )
    return shown, renewed
