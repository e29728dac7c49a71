"""Findings: what is met and unchanged is confirmed in bulk, what changed or falls short gets a written reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.assessments import policies
from ketenwijs.domain.assessments.comparison import Compared, comparison_for, declared_rows
from ketenwijs.domain.assessments.instruments import instrument_of
from ketenwijs.domain.assessments.models import Dossier, Finding, Verdict
from ketenwijs.domain.assessments.requirements import framework_of_dossier, requirement_identifiers
from ketenwijs.domain.assessments.rules import verdict_of_points
from ketenwijs.domain.assessments.states import FINAL, HANDED_IN
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

NEEDS_REASON: set[str] = {Verdict.PARTLY, Verdict.NOT_MET, Verdict.NOT_APPLICABLE}


def _assessor_only(actor: Viewer, dossier: Dossier, state: str) -> None:
    if not policies.may_assess(actor, dossier):
        raise NotAllowed(_("Only the assessor of this report may write findings, and only while it is being assessed."))
    if dossier.state != state:
        raise DomainError(_("Findings cannot be changed at this moment. Reload the page to see where the report is."))


def _claim(actor: Viewer, dossier: Dossier) -> None:
    """Whoever writes the first finding becomes the assessor."""
    if dossier.assessor_id is None and actor.person is not None:
        Dossier.objects.filter(pk=dossier.pk, assessor=None).update(assessor=actor.person)
        dossier.assessor = actor.person


def _check(dossier: Dossier, requirement: str, verdict: str, reason: str, *, changed: bool) -> None:
    if requirement not in requirement_identifiers(dossier):
        raise DomainError(_("This requirement does not belong to this report. Reload the page."))
    if verdict not in Verdict.values:
        raise DomainError(_("Choose a finding."), fields={"verdict": _("Choose one of the findings.")})
    if not reason.strip() and (verdict in NEEDS_REASON or changed):
        raise DomainError(
            _("Write a reason: the answer changed or the requirement is not fully met."),
            fields={"reason": _("A reason is needed here.")},
        )


def _with_points(dossier: Dossier, requirement: str, verdict: str, points: int | None) -> tuple[str, int | None]:
    """Verdict and points to keep. Where the instrument gives points the verdict follows from them, but for "does not
    apply", which has none; elsewhere points are left out.
    """
    if not instrument_of(dossier).has_points:
        return verdict, None
    if verdict == Verdict.NOT_APPLICABLE:
        return verdict, None
    framework = framework_of_dossier(dossier)
    most, asked = framework.most_points(requirement), framework.requirement(requirement)
    if points is None or not 0 <= points <= most:
        raise DomainError(
            _("Choose how many points this requirement gets."),
            fields={"points": _("Choose 0 to %(most)s points.") % {"most": most}},
        )
    enough = asked.minimum if asked is not None and asked.answer == "scale" else None
    return verdict_of_points(points, most, enough), points


@transaction.atomic
def judge(
    *,
    actor: Viewer,
    dossier: Dossier,
    requirement: str,
    verdict: str,
    reason: str,
    version: int,
    points: int | None = None,
) -> Finding:
    """Write the draft finding on one requirement; `version` is 0 for the first.

    Where the instrument gives points, `points` decide and `verdict` may be empty or "does not apply". A reason is
    required when the verdict is not plainly "met" or when verdict or points differ from last year's.
    """
    _assessor_only(actor, dossier, HANDED_IN)
    verdict, points = _with_points(dossier, requirement, verdict, points)
    before = comparison_for(dossier).get(requirement)
    was = (before.last_verdict, before.last_points) if before else ("", None)
    changed = bool(was[0]) and was != (verdict, points)
    _check(dossier, requirement, verdict, reason, changed=changed)
    _claim(actor, dossier)
    fields: dict[str, object] = {
        "verdict": verdict,
        "points": points,
        "reason": reason.strip(),
        "unchanged": False,
        "assessed_by": actor.person,
    }
    finding = _save(dossier, requirement, version, fields)
    _journal(actor, finding, "assessments.finding.judged", verdict)
    return finding


@transaction.atomic
def judge_finally(
    *, actor: Viewer, finding: Finding, verdict: str, reason: str, version: int, points: int | None = None
) -> Finding:
    """Make one finding final after the firm was heard; verdict or points that differ from the draft need a reason."""
    _assessor_only(actor, finding.dossier, FINAL)
    verdict, points = _with_points(finding.dossier, finding.requirement, verdict, points)
    answered = bool(finding.reply) or (verdict, points) != (finding.verdict, finding.points)
    _check(
        finding.dossier, finding.requirement, verdict, reason or ("" if answered else finding.reason), changed=answered
    )
    fields: dict[str, object] = {
        "final_verdict": verdict,
        "final_points": points,
        "final_reason": reason.strip() or finding.reason,
    }
    saved = _save(finding.dossier, finding.requirement, version, fields)
    _journal(actor, saved, "assessments.finding.finalised", verdict)
    return saved


@transaction.atomic
def confirm_unchanged(*, actor: Viewer, dossier: Dossier, requirements: Iterable[str]) -> int:
    """Confirm in one press what was met last year (or had points) and has the same answer now; returns how many.

    Points and their reason come along from last year.

    The list comes from the page; if one of them is not (or no longer) unchanged and met, nothing is confirmed and the
    sentence gives the number (security case 7).
    """
    _assessor_only(actor, dossier, HANDED_IN)
    wanted = set(requirements)
    compared = comparison_for(dossier)
    allowed = {key for key, one in compared.items() if one.may_confirm_in_bulk}
    refused = wanted - allowed
    if refused:
        raise DomainError(
            _("%(count)s of the chosen requirements changed or were not met last year. Judge these one by one.")
            % {"count": len(refused)}
        )
    _claim(actor, dossier)
    known = {f.requirement: f for f in Finding.objects.filter(dossier=dossier, requirement__in=wanted)}
    for finding in known.values():
        for name, value in _as_last_year(compared[finding.requirement], actor).items():
            setattr(finding, name, value)
        finding.reason = finding.reason or (compared[finding.requirement].last_reason if finding.points else "")
        finding.version += 1
    Finding.objects.bulk_update(known.values(), ["verdict", "points", "reason", "unchanged", "assessed_by", "version"])
    Finding.objects.bulk_create(
        Finding(
            dossier=dossier,
            requirement=key,
            reason=compared[key].last_reason if compared[key].most_points else "",
            **_as_last_year(compared[key], actor),
        )
        for key in sorted(wanted - set(known))
    )
    record(
        actor=actor,
        event="assessments.finding.confirmed_unchanged",
        subject=dossier,
        chain=dossier.round.agreement.slug,
        values={"requirements": sorted(wanted)},
    )
    return len(wanted)


@transaction.atomic
def take_over_declared(*, actor: Viewer, dossier: Dossier, requirements: Iterable[str]) -> int:
    """Judge in one press as the participant itself states, where its group need not prove its answers; returns how many.

    The list comes from the page; if one of them was judged meanwhile or needs proof, nothing is taken over.
    """
    _assessor_only(actor, dossier, HANDED_IN)
    wanted = set(requirements)
    allowed = {row.applicable.identifier: row for row in declared_rows(dossier, comparison_for(dossier).values())}
    if wanted - set(allowed):
        raise DomainError(_("Some of these need proof or were judged in the meantime. Look again."))
    _claim(actor, dossier)
    words = _("As the participant itself states.")
    known = {one.requirement: one for one in Finding.objects.filter(dossier=dossier, requirement__in=wanted)}
    for key in sorted(wanted):
        finding = known.get(key) or Finding(dossier=dossier, requirement=key, version=0)
        finding.verdict, finding.reason, finding.assessed_by = allowed[key].declared, words, actor.person
        finding.version += 1
        finding.save()
    record(
        actor=actor,
        event="assessments.finding.taken_over",
        subject=dossier,
        chain=dossier.round.agreement.slug,
        values={"requirements": sorted(wanted)},
    )
    return len(wanted)


def _as_last_year(row: Compared, actor: Viewer) -> dict[str, Any]:
    points = row.last_points if row.most_points else None
    return {"verdict": row.last_verdict, "points": points, "unchanged": True, "assessed_by": actor.person}


def _save(dossier: Dossier, requirement: str, version: int, fields: dict[str, object]) -> Finding:
    if version == 0:
        finding, created = Finding.objects.get_or_create(dossier=dossier, requirement=requirement, defaults=fields)
        if not created:
            raise StaleVersion(_("A colleague judged this in the meantime. Compare both findings and save again."))
        return finding
    changed = Finding.objects.filter(dossier=dossier, requirement=requirement, version=version).update(
        **fields, version=version + 1
    )
    if not changed:
        raise StaleVersion(_("A colleague judged this in the meantime. Compare both findings and save again."))
    return Finding.objects.get(dossier=dossier, requirement=requirement)


def _journal(actor: Viewer, finding: Finding, event: str, verdict: str) -> None:
    record(
        actor=actor,
        event=event,
        subject=finding,
        chain=finding.dossier.round.agreement.slug,
        values={"requirement": finding.requirement, "verdict": verdict},
    )
