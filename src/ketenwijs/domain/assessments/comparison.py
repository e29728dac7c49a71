"""This year beside last year, requirement by requirement: what the assessor and the bulk confirmation look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ketenwijs.domain.agreements.comparing import change_of
from ketenwijs.domain.agreements.frameworks import FrameworkFile, IndicatorTree
from ketenwijs.domain.assessments.instruments import instrument_of
from ketenwijs.domain.assessments.models import Dossier, Finding, Verdict
from ketenwijs.domain.assessments.requirements import (
    Applicable,
    applicable_to,
    earlier_identifier,
    framework_of_dossier,
)
from ketenwijs.domain.assessments.rules import declared_verdict
from ketenwijs.domain.assessments.states import DONE


@dataclass(frozen=True)
class Compared:
    """One requirement with both years' answers and verdicts. Answers are the frozen ones.

    `most_points` is 0 where the instrument gives no points.
    """

    applicable: Applicable
    answer: dict[str, Any] | None
    last_answer: dict[str, Any] | None
    last_verdict: str
    last_reason: str
    asks_more: bool
    finding: Finding | None
    most_points: int = 0
    last_points: int | None = None

    @property
    def last_verdict_label(self) -> str:
        """Last year's verdict in words."""
        return str(Verdict(self.last_verdict).label) if self.last_verdict else ""

    @property
    def is_unchanged(self) -> bool:
        """The same value and explanation as last year."""
        return self.answer is not None and self.last_answer is not None and _same(self.answer, self.last_answer)

    @property
    def may_confirm_in_bulk(self) -> bool:
        """Same answer as last year, asked for no more than then, and not judged otherwise yet.

        Without points it must have been met; where points are given, last year's can be given again.
        """
        judged_otherwise = self.finding is not None and bool(self.finding.verdict) and not self.finding.unchanged
        again = self._points_again if self.most_points else self.last_verdict == Verdict.MET
        return again and self.is_unchanged and not self.asks_more and not judged_otherwise

    @property
    def declared(self) -> str:
        """The verdict that the participant's own answer gives; empty when it gives none."""
        return declared_verdict((self.answer or {}).get("value"), self.applicable.requirement.minimum)

    @property
    def _points_again(self) -> bool:
        return self.last_points is not None and self.last_points <= self.most_points


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("value", "explanation"))


def previous_dossier(dossier: Dossier) -> Dossier | None:
    """The firm's last finished dossier before this one in the same agreement, whatever years lie between."""
    return (
        Dossier.objects.filter(
            organisation=dossier.organisation_id,
            round__agreement=dossier.round.agreement_id,
            round__year__lt=dossier.round.year,
            state__in=DONE,
        )
        .select_related("round__agreement", "round__edition")
        .prefetch_related("findings")
        .order_by("-round__year")
        .first()
    )


def may_declare(dossier: Dossier) -> bool:
    """Whether this participant's own statement is enough, by the group it is in."""
    block = framework_of_dossier(dossier).instrument
    return isinstance(block, IndicatorTree) and not block.needs_proof(dossier.group)


def declared_rows(dossier: Dossier, rows: Iterable[Compared]) -> list[Compared]:
    """What can be taken over in one press as the participant states it: not judged yet, with an answer that says so."""
    if not may_declare(dossier):
        return []
    return [row for row in rows if row.declared and not (row.finding and row.finding.verdict)]


def _other_framework(before: Dossier | None, dossier: Dossier) -> FrameworkFile | None:
    """The framework of the earlier dossier where it is another edition than this one's."""
    same = before is None or before.round.edition is None or before.round.edition_id == dossier.round.edition_id
    return None if same or before is None else framework_of_dossier(before)


def comparison_for(dossier: Dossier) -> dict[str, Compared]:
    """All requirements of this dossier in their order, each beside last time's. A fixed number of queries."""
    before = previous_dossier(dossier)
    last_answers = (before.frozen.get("answers") or {}) if before else {}
    last_findings = {f.requirement: f for f in before.findings.all()} if before else {}
    answers = dossier.frozen.get("answers") or {}
    findings = {f.requirement: f for f in Finding.objects.filter(dossier=dossier)}
    framework = framework_of_dossier(dossier)
    earlier_framework = _other_framework(before, dossier)
    has_points = instrument_of(dossier).has_points
    compared = {}
    for one in applicable_to(dossier):
        earlier = earlier_identifier(one, last_answers, last_findings)
        last = last_findings.get(earlier)
        compared[one.identifier] = Compared(
            applicable=one,
            answer=answers.get(one.identifier),
            last_answer=last_answers.get(earlier),
            last_verdict=last.final_verdict if last else "",
            last_reason=last.final_reason if last else "",
            asks_more=earlier_framework is not None
            and change_of(one.requirement, earlier_framework, framework).asks_more,
            finding=findings.get(one.identifier),
            most_points=framework.most_points(one.identifier) if has_points else 0,
            last_points=last.final_points if last else None,
        )
    return compared
