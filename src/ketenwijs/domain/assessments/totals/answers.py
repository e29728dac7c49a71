"""Answers of a self-assessment, only counted: per question over all who handed in, and per group or section."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.frameworks import FrameworkFile, Requirement, SelfAssessment
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments.models import Dossier, Round
from ketenwijs.domain.assessments.requirements import framework_of_round
from ketenwijs.domain.assessments.rules import Tally, tally
from ketenwijs.domain.assessments.states import COUNTED, HANDED_IN
from ketenwijs.domain.assessments.totals.grouping import heading_names, headings, minimum_of

SCALE, YES_NO = "scale", "yes_no"


@dataclass(frozen=True)
class QuestionTotals:
    """One question: how often each answer was given, in words, and the share that is enough per group."""

    title: str
    tally: Tally
    answers: list[tuple[str, int]]
    groups: list[float | None]

    @property
    def is_held_back(self) -> bool:
        """Whether too few answered it."""
        return not self.answers and self.tally.enough is None


@dataclass(frozen=True)
class AnswerTotals:
    """All questions of a round with their base; `first` is how many handed in for the first time."""

    round: Round
    minimum: int
    in_round: int
    base: int
    first: int
    headings: list[tuple[str, int]]
    questions: list[QuestionTotals]

    @property
    def is_shown(self) -> bool:
        """Whether enough handed in to show anything."""
        return self.base >= self.minimum


def answer_totals(round_: Round) -> AnswerTotals:
    """The totals of what was handed in, from the frozen answers; a fixed number of queries.

    Below the smallest number of contributors nothing is told but that number.
    """
    framework = framework_of_round(round_)
    assert framework is not None
    assert isinstance(framework.instrument, SelfAssessment)
    wanted = framework.instrument.aggregate
    minimum = minimum_of(round_, wanted.minimum)
    dossiers = list(Dossier.objects.filter(round=round_, state__in=(HANDED_IN, COUNTED)).select_related("membership"))
    shown_under = headings(dossiers, wanted.by, minimum)
    groups = sorted(set(shown_under.values()), key=lambda code: (code == "", code))
    enough = len(dossiers) >= minimum
    sizes = {code: sum(under == code for under in shown_under.values()) for code in groups}
    names = heading_names(definition_of(round_.agreement), wanted.by, groups)
    return AnswerTotals(
        round=round_,
        minimum=minimum,
        in_round=round_.dossiers.count(),
        base=len(dossiers),
        first=_first_timers(dossiers, round_) if enough else 0,
        headings=[(names[code], sizes[code]) for code in groups] if enough and len(groups) > 1 else [],
        questions=_questions(framework, dossiers, shown_under, groups, minimum) if enough else [],
    )


def _first_timers(dossiers: list[Dossier], round_: Round) -> int:
    """How many of them never handed in before in this agreement."""
    earlier = Dossier.objects.filter(
        round__agreement=round_.agreement_id, round__year__lt=round_.year, handed_in_at__isnull=False
    )
    known = set(earlier.values_list("organisation", flat=True))
    return sum(one.organisation_id not in known for one in dossiers)


def _questions(
    framework: FrameworkFile,
    dossiers: list[Dossier],
    shown_under: dict[int, str],
    groups: list[str],
    minimum: int,
) -> list[QuestionTotals]:
    found = []
    for one in framework.requirements:
        if one.answer not in (SCALE, YES_NO):
            continue
        given = {d.pk: _value(d, one.code) for d in dossiers}
        counted = list(_possible(framework, one))
        whole = tally(one.code, list(given.values()), minimum=minimum, least=one.minimum, counted=counted)
        parts = [
            tally(
                one.code,
                [value for pk, value in given.items() if shown_under[pk] == code],
                minimum=minimum,
                least=one.minimum,
                counted=counted,
            )
            for code in groups
        ]
        held_back = len(groups) < 2 or any(0 < part.base < minimum for part in parts)
        words = [(answer, whole.answers[code]) for code, answer in _words(framework, one, whole)]
        found.append(QuestionTotals(str(one.title), whole, words, [None if held_back else p.enough for p in parts]))
    return found


def _value(dossier: Dossier, code: str) -> object:
    return ((dossier.frozen.get("answers") or {}).get(code) or {}).get("value")


def _possible(framework: FrameworkFile, one: Requirement) -> list[str]:
    if one.answer == YES_NO:
        return ["yes", "no", "n/a"]
    return [*(str(level.value) for level in framework.rubric), "collective", "n/a"]


def _words(framework: FrameworkFile, one: Requirement, whole: Tally) -> list[tuple[str, str]]:
    words = {"yes": _("yes"), "no": _("no"), "n/a": _("does not apply"), "collective": _("through the agreement")}
    if one.answer == SCALE:
        words |= {str(level.value): f"{level.value} – {level.name}" for level in framework.rubric}
    return [(code, words[code]) for code in whole.answers]
