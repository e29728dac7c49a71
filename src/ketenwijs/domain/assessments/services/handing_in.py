"""Handing in a dossier and sending it back to the firm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.parts import facts_of, frozen_of, missing_of, parts_for
from ketenwijs.domain.agreements.workspaces import Workspace, ensure_writable
from ketenwijs.domain.assessments import messages, policies
from ketenwijs.domain.assessments.models import Dossier, Finding
from ketenwijs.domain.assessments.rules import checksum_of
from ketenwijs.domain.assessments.services.moving import move_dossier
from ketenwijs.domain.assessments.sizes import size_asked
from ketenwijs.domain.assessments.states import DRAFT
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


@transaction.atomic
def hand_in(*, actor: Viewer, dossier: Dossier, workspace: Workspace, now: datetime | None = None) -> Dossier:
    """Freeze all parts as they are and hand the dossier to the secretariat.

    Refuses, naming what is missing, while a part is not complete. The frozen copy carries a checksum; outcomes are
    computed from it, so later edits of chains or answers change nothing (security.md 6).
    """
    if not policies.may_hand_in(actor, dossier):
        raise NotAllowed(_("Only somebody who may hand in for your company can do this."))
    ensure_writable(workspace)
    if dossier.round.closed_at:
        raise DomainError(_("This round is closed. Ask the secretariat what you can still do."))
    missing: list[object] = [*missing_of(workspace)]
    size = size_asked(dossier)
    if size is not None and dossier.size_figure is None:
        missing.append(size)
    if missing:
        raise DomainError(
            _("The report cannot be handed in yet: %(count)s things are missing. They are listed below.")
            % {"count": len(missing)}
        )
    before = dossier.frozen.get("answers") or {}
    dossier.frozen = {**frozen_of(workspace), "facts": facts_of(workspace)}
    if size is not None:
        dossier.frozen["size"] = {"value": str(dossier.size_figure), "unit": size.unit, "on": size.on.isoformat()}
    _judge_anew(actor, dossier, before)
    dossier.frozen_checksum = checksum_of(dossier.frozen)
    dossier.handed_in_at = now or timezone.now()
    dossier.save(update_fields=["frozen", "frozen_checksum", "handed_in_at"])
    for part in parts_for(workspace):
        if part.close:
            part.close(workspace, actor)
    move_dossier(actor=actor, dossier=dossier, name="hand_in", values={"checksum": dossier.frozen_checksum})
    messages.handed_in(dossier)
    return dossier


def _judge_anew(actor: Viewer, dossier: Dossier, before: Mapping[str, Any]) -> None:
    """After a return: a finding about an answer that changed loses its verdict, its reason stays as the assessor's note.

    Otherwise a judgement on the old answer would stand beside the new one.
    """
    after = dossier.frozen.get("answers") or {}
    judged = Finding.objects.filter(dossier=dossier).exclude(verdict="")
    changed = sorted(
        one.requirement for one in judged if _said(before, one.requirement) != _said(after, one.requirement)
    )
    if not changed:
        return
    Finding.objects.filter(dossier=dossier, requirement__in=changed).update(
        verdict="", unchanged=False, version=F("version") + 1
    )
    record(
        actor=actor,
        event="assessments.finding.to_judge_anew",
        subject=dossier,
        chain=dossier.round.agreement.slug,
        values={"requirements": changed},
    )


def _said(answers: Mapping[str, Any], requirement: str) -> tuple[Any, ...]:
    """What the firm said; the words of a value depend on the language of whoever handed in."""
    answer = answers.get(requirement) or {}
    return tuple(answer.get(name) for name in ("value", "explanation", "evidence"))


@transaction.atomic
def take_along(*, actor: Viewer, dossier: Dossier, workspace: Workspace) -> None:
    """Bring all of last year's work into this year's empty parts in one press; each part still asks for confirmation."""
    if not (policies.is_own(actor, dossier) and dossier.state == DRAFT):
        raise NotAllowed(_("Last year's work can be taken along only while the report is being filled in."))
    ensure_writable(workspace)
    before = workspace.previous_year
    if before is None:
        raise DomainError(_("There is no earlier report year to take along."))
    for part in parts_for(workspace):
        if part.carry_over:
            part.carry_over(workspace, before.code, actor)
            workspace.kept.clear()
    record(
        actor=actor,
        event="assessments.dossier.taken_along",
        subject=dossier,
        chain=dossier.round.agreement.slug,
        values={"from": before.code},
    )


@transaction.atomic
def take_back(*, actor: Viewer, dossier: Dossier, workspace: Workspace) -> Dossier:
    """Let a participant go on with a self-assessment it handed in; nobody was told of it, so nobody is told now.

    Refused where somebody else judges the report (then the assessor returns it) and once the round is closed.
    """
    if not policies.may_take_back(actor, dossier):
        raise NotAllowed(_("This report cannot be taken back: it is being judged, or its round is closed."))
    move_dossier(actor=actor, dossier=dossier, name="take_back")
    for part in parts_for(workspace):
        if part.reopen:
            part.reopen(workspace, actor)
    return dossier


def return_to_firm(*, actor: Viewer, dossier: Dossier, workspace: Workspace, reason: str) -> Dossier:
    """Give the dossier back to the firm with remarks; its parts can be edited again, draft findings are kept."""
    if not policies.may_assess(actor, dossier):
        raise NotAllowed(_("Only the assessor of this report may return it."))
    move_dossier(actor=actor, dossier=dossier, name="return", reason=reason)
    for part in parts_for(workspace):
        if part.reopen:
            part.reopen(workspace, actor)
    Finding.objects.filter(dossier=dossier).update(unchanged=False)
    messages.returned(dossier, reason)
    return dossier
