"""Reading answers: the sheet of a year, each question with its answer and last year's, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ketenwijs.domain.agreements.comparing import change_of
from ketenwijs.domain.agreements.frameworks import (
    Asked,
    FrameworkFile,
    IndicatorTree,
    Requirement,
    SelfAssessment,
    Step,
    continued_from,
    requirements_for,
)
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.parts import all_parts
from ketenwijs.domain.agreements.selectors import framework_of
from ketenwijs.domain.agreements.targets import target_of
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires.elsewhere import answers_elsewhere
from ketenwijs.domain.questionnaires.models import Answer, AnswerSheet, Evidence
from ketenwijs.domain.questionnaires.rules import FACT, Given, fits, is_complete, is_positive, is_proven
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.selectors import content_by_pk, content_of
from ketenwijs.foundation.content.texts import Texts
from ketenwijs.foundation.files.models import StoredFile

KEPT = "questionnaires"
EditionSource = Callable[[Agreement, str], Edition | None]
_edition_sources: list[EditionSource] = []


def register_edition_source(source: EditionSource) -> None:
    """Add what knows the edition that was frozen for an agreement's report year; the judgement's round does."""
    _edition_sources.append(source)


class FactsByNeed(Mapping[str, Any]):
    """The facts of other parts by dotted name. A part works its facts out only when one of them is asked for: saving
    an answer need not read the chains. The first word of a fact's name is the code of its part.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, dict[str, Any]] = {}

    def _of(self, code: str) -> dict[str, Any]:
        if code not in self._known:
            part = next((one for one in all_parts() if one.code == code), None)
            self._known[code] = (part.facts(self._workspace) or {}) if part is not None and part.facts else {}
        return self._known[code]

    def __getitem__(self, name: str) -> Any:
        return self._of(name.split(".")[0])[name]

    def __iter__(self) -> Iterator[str]:
        return (name for one in all_parts() for name in self._of(one.code))

    def __len__(self) -> int:
        return sum(1 for _name in self)


@dataclass(frozen=True)
class Question:
    """One requirement as its page shows it: why it is asked, the answer, the last earlier one, and the fact.

    `is_renewed`: the question asks something else or more than the edition that the last answer belongs to.
    `lacks_proof`: the firm's group must prove what it claims, and nothing stands behind the answer yet.
    """

    asked: Asked
    answer: Answer | None
    last: Answer | None
    fact: Any = None
    is_renewed: bool = False
    files: tuple[Evidence, ...] = ()
    lacks_proof: bool = False

    @property
    def requirement(self) -> Requirement:
        """What is asked."""
        return self.asked.requirement

    @property
    def is_fact(self) -> bool:
        """Filled in from other parts, never typed."""
        return self.requirement.answer == FACT

    @property
    def is_complete(self) -> bool:
        """Whether hand-in would take it."""
        return not self.lacks_proof and is_complete(self.requirement.answer, given_of(self.answer), self.fact)

    @property
    def waits(self) -> bool:
        """Came along from an earlier year and not confirmed yet."""
        answer = self.answer
        return answer is not None and answer.origin == Answer.Origin.CARRIED and answer.confirmed_at is None


@dataclass(frozen=True)
class Section:
    """One step with its questions."""

    step: Step
    questions: list[Question]
    done: int
    waiting: int

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.questions)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do here."""
        return self.done == len(self.questions)


def given_of(answer: Answer | None) -> Given | None:
    """The facts the rules look at."""
    if answer is None:
        return None
    carried = answer.origin == Answer.Origin.CARRIED
    return Given(answer.value, answer.explanation, carried, answer.confirmed_at is not None)


def kept(workspace: Workspace) -> dict[str, Any]:
    """What was read during this request."""
    found: dict[str, Any] = workspace.kept.setdefault(KEPT, {})
    return found


def forget(workspace: Workspace) -> None:
    """After a write: read anew."""
    workspace.kept.pop(KEPT, None)


def edition_for(workspace: Workspace) -> Edition:
    """The edition a new sheet belongs to: the one frozen for the year, else the newest of the term."""
    for source in _edition_sources:
        frozen = source(workspace.agreement, workspace.year.code)
        if frozen is not None:
            return frozen
    return framework_of(workspace.agreement, workspace.year.term_code).edition


def framework_in(workspace: Workspace) -> FrameworkFile:
    """The questions of this year: of the sheet's own edition once it was begun (security case 50)."""
    known = kept(workspace)
    if "framework" not in known:
        newest = framework_of(workspace.agreement, workspace.year.term_code)
        sheet = sheet_in(workspace)
        if sheet is not None and sheet.edition_id == newest.edition.pk:
            known["framework"] = newest.file
        else:
            known["framework"] = content_of(sheet.edition if sheet is not None else edition_for(workspace))
    found: FrameworkFile = known["framework"]
    return found


def scale_of(framework: FrameworkFile) -> frozenset[int]:
    """The numbers an answer on the scale may have."""
    return frozenset(one.value for one in framework.rubric)


def _sheets(workspace: Workspace) -> dict[str, AnswerSheet]:
    """The firm's sheets of all years in this agreement, by year, without answers; one query."""
    known = kept(workspace)
    if "sheets" not in known:
        rows = AnswerSheet.objects.filter(organisation=workspace.organisation, agreement=workspace.agreement)
        known["sheets"] = {one.year: one for one in rows}
    found: dict[str, AnswerSheet] = known["sheets"]
    return found


def sheet_in(workspace: Workspace) -> AnswerSheet | None:
    """The year's sheet without its answers, or None while nothing was answered."""
    return _sheets(workspace).get(workspace.year.code)


def answers_in(workspace: Workspace) -> dict[str, Answer]:
    """This year's answers by requirement; one query."""
    known = kept(workspace)
    if "answers" not in known:
        sheet = sheet_in(workspace)
        rows = Answer.objects.filter(sheet=sheet) if sheet is not None else []
        known["answers"] = {one.requirement: one for one in rows}
    found: dict[str, Answer] = known["answers"]
    return found


def files_of(answers: Iterable[Answer]) -> dict[int, tuple[Evidence, ...]]:
    """The evidence of answers by answer; one query, none without answers."""
    pks = [one.pk for one in answers]
    found: dict[int, tuple[Evidence, ...]] = {}
    if pks:
        for one in Evidence.objects.filter(answer__in=pks).select_related("file").order_by("pk"):
            found[one.answer_id] = (*found.get(one.answer_id, ()), one)
    return found


def _facts_in(workspace: Workspace) -> FactsByNeed:
    """Facts are of other parts: they stay known when answers are written."""
    found: FactsByNeed = workspace.kept.setdefault("questionnaires.facts", FactsByNeed(workspace))
    return found


def asked_in(workspace: Workspace) -> list[Asked]:
    """The requirements that apply to this firm this year, each with its reasons."""
    known = kept(workspace)
    if "asked" not in known:
        known["asked"] = requirements_for(
            framework_in(workspace),
            report=workspace.duty.report,
            number=target_of(workspace),
            facts=_facts_in(workspace),
        )
    found: list[Asked] = known["asked"]
    return found


def last_answers(workspace: Workspace) -> dict[str, Answer]:
    """The latest earlier answer by requirement, each with its sheet set.

    A question not asked before takes what the firm answered to the same one in another agreement. Goes back further
    only for questions the newest earlier sheet did not hold: a year in which only the plan was judged must not make
    the year before it forgotten.
    """
    known = kept(workspace)
    if "last" not in known:
        sheets = _sheets(workspace)
        years = [year.code for year in workspace.years if year.starts_on < workspace.year.starts_on]
        earlier = [sheets[code] for code in reversed(years) if code in sheets]
        asked = [one.requirement for one in asked_in(workspace)]
        last = _latest(earlier, asked)
        new = [one for one in asked if continued_from(one, last) is None]
        known["last"] = {**last, **answers_elsewhere(workspace, framework_in(workspace), new)}
    found: dict[str, Answer] = known["last"]
    return found


def _latest(sheets: list[AnswerSheet], wanted: list[Requirement]) -> dict[str, Answer]:
    latest: dict[str, Answer] = {}
    for sheet in sheets:
        for answer in Answer.objects.filter(sheet=sheet):
            answer.sheet = sheet
            if answer.value is not None:
                latest.setdefault(answer.requirement, answer)
        if all(one.answer == FACT or continued_from(one, latest) for one in wanted):
            break
    return latest


def sections_in(workspace: Workspace) -> list[Section]:
    """Steps with their questions, answers and last year's answers; a fixed number of queries, once per request."""
    known = kept(workspace)
    if "sections" not in known:
        by_step: dict[str, list[Question]] = {}
        for question in _questions(workspace):
            by_step.setdefault(question.requirement.step, []).append(question)
        known["sections"] = [
            _section(step, by_step[step.code]) for step in framework_in(workspace).steps if step.code in by_step
        ]
    found: list[Section] = known["sections"]
    return found


def _section(step: Step, questions: list[Question]) -> Section:
    done = sum(one.is_complete for one in questions)
    return Section(step, questions, done, sum(one.waits for one in questions))


def _questions(workspace: Workspace) -> list[Question]:
    facts, answers, last = _facts_in(workspace), answers_in(workspace), last_answers(workspace)
    files = files_of(answers.values())
    sheet = sheet_in(workspace)
    edition = sheet.edition_id if sheet is not None else edition_for(workspace).pk
    proof = _proof_wanted(workspace)
    found = []
    for asked in asked_in(workspace):
        requirement = asked.requirement
        answer = answers.get(requirement.code)
        before = last.get(continued_from(requirement, last) or "")
        own_files = files.get(answer.pk, ()) if answer is not None else ()
        found.append(
            Question(
                asked,
                answer,
                before,
                facts.get(requirement.fact) if requirement.answer == FACT else None,
                _is_renewed(requirement, before, framework_in(workspace), edition),
                own_files,
                proof and _lacks_proof(requirement, answer, own_files),
            )
        )
    return found


def _proof_wanted(workspace: Workspace) -> bool:
    """Whether this firm's group must prove its answers; only some instruments ask for it."""
    block = framework_in(workspace).instrument
    return isinstance(block, IndicatorTree) and block.needs_proof(workspace.group)


def _lacks_proof(requirement: Requirement, answer: Answer | None, files: tuple[Evidence, ...]) -> bool:
    if answer is None or not is_positive(answer.value, requirement.minimum):
        return False
    return not is_proven(answer.explanation, bool(files))


def advice_in(workspace: Workspace) -> dict[str, list[Texts]]:
    """The advice that belongs to this year's saved answers, by requirement; empty where the instrument gives none."""
    block = framework_in(workspace).instrument
    if not isinstance(block, SelfAssessment):
        return {}
    found = {code: block.advice_for(code, answer.value) for code, answer in answers_in(workspace).items()}
    return {code: texts for code, texts in found.items() if texts}


def _is_renewed(requirement: Requirement, last: Answer | None, framework: FrameworkFile, edition: int) -> bool:
    """Stricter or split since the very edition that the last answer belongs to, be it another version of the same file."""
    if last is None or last.sheet.edition_id == edition:
        return False
    return change_of(requirement, content_by_pk(last.sheet.edition_id), framework).asks_more


def is_private_evidence(file: StoredFile) -> bool:
    """Whether a file supports answers of a self-assessment, which nobody but the firm reads."""
    sheets = AnswerSheet.objects.filter(answers__evidence__file=file).select_related("edition").distinct()
    return any(content_of(one.edition).is_private for one in sheets)


def section_in(workspace: Workspace, step: str) -> Section | None:
    """One step's section, or None when nothing of it is asked."""
    return next((one for one in sections_in(workspace) if one.step.code == step), None)


def open_questions(workspace: Workspace) -> list[Question]:
    """Everything hand-in would refuse."""
    return [q for section in sections_in(workspace) for q in section.questions if not q.is_complete]


def waiting_in(workspace: Workspace) -> list[Question]:
    """Answers that came along and wait for confirmation."""
    return [q for section in sections_in(workspace) for q in section.questions if q.waits]


def can_come_along(workspace: Workspace) -> list[Question]:
    """Questions without an answer whose last earlier answer still fits."""
    scale = scale_of(framework_in(workspace))
    return [
        q
        for section in sections_in(workspace)
        for q in section.questions
        if q.answer is None and q.last is not None and fits(q.requirement.answer, q.last.value, scale=scale)
    ]


def files_in(workspace: Workspace, requirement: str) -> tuple[Evidence, ...]:
    """The files of one of this year's answers."""
    answer = answers_in(workspace).get(requirement)
    return files_of([answer]).get(answer.pk, ()) if answer is not None else ()
