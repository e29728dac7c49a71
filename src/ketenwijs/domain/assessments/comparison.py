"""This year beside last year, requirement by requirement: what the assessor and the bulk confirmation look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ketenwijs.domain.assessments.models import Dossier, Finding, Verdict
from ketenwijs.domain.assessments.requirements import Applicable, applicable_to, earlier_identifier


@dataclass(frozen=True)
class Compared:
    """One requirement with both years' answers and verdicts. Answers are the frozen ones."""

    applicable: Applicable
    answer: dict[str, Any] | None
    last_answer: dict[str, Any] | None
    last_verdict: str
    last_reason: str
    asks_more: bool
    finding: Finding | None

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
        """Met last year, same answer now, asked for no more than then, and not judged otherwise yet."""
        judged_otherwise = self.finding is not None and bool(self.finding.verdict) and not self.finding.unchanged
        return self.last_verdict == Verdict.MET and self.is_unchanged and not self.asks_more and not judged_otherwise


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("value", "explanation"))


def previous_dossier(dossier: Dossier) -> Dossier | None:
    """The firm's last published dossier before this one in the same agreement, whatever years lie between."""
    return (
        Dossier.objects.filter(
            organisation=dossier.organisation_id,
            round__agreement=dossier.round.agreement_id,
            round__year__lt=dossier.round.year,
            state="published",
        )
        .select_related("round__agreement", "round__edition")
        .prefetch_related("findings")
        .order_by("-round__year")
        .first()
    )


def comparison_for(dossier: Dossier) -> dict[str, Compared]:
    """All requirements of this dossier in their order, each beside last time's. A fixed number of queries."""
    before = previous_dossier(dossier)
    last_answers = (before.frozen.get("answers") or {}) if before else {}
    last_findings = {f.requirement: f for f in before.findings.all()} if before else {}
    answers = dossier.frozen.get("answers") or {}
    findings = {f.requirement: f for f in Finding.objects.filter(dossier=dossier)}
    edition_changed = before is not None and before.round.edition_id != dossier.round.edition_id
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
            asks_more=one.is_stricter and edition_changed,
            finding=findings.get(one.identifier),
        )
    return compared
