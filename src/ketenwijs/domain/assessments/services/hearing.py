"""Hearing both sides: draft findings go to the firm, which replies requirement by requirement."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.assessments import messages, policies
from ketenwijs.domain.assessments.models import Dossier, Finding
from ketenwijs.domain.assessments.requirements import unjudged
from ketenwijs.domain.assessments.services.moving import move_dossier
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

LONGEST_TEXT = 10_000


@transaction.atomic
def send_findings(*, actor: Viewer, dossier: Dossier, today: date | None = None) -> Dossier:
    """Show the draft findings to the firm and start its reply time. Refuses while a requirement has no finding."""
    if not policies.may_assess(actor, dossier):
        raise NotAllowed(_("Only the assessor of this report may send the findings."))
    left = unjudged(dossier)
    if left:
        raise DomainError(
            _("%(count)s requirements have no finding yet. Judge them first; they are marked in the list.")
            % {"count": len(left)}
        )
    dossier.sent_to_firm_at = timezone.now()
    dossier.reply_due_on = (today or timezone.localdate()) + timedelta(days=dossier.round.reply_days)
    dossier.save(update_fields=["sent_to_firm_at", "reply_due_on"])
    move_dossier(actor=actor, dossier=dossier, name="send_findings")
    messages.findings_sent(dossier)
    return dossier


@transaction.atomic
def reply_to(*, actor: Viewer, finding: Finding, text: str, version: int) -> Finding:
    """Write or change the firm's reply to one finding while the findings are with the firm."""
    if not policies.may_reply(actor, finding.dossier):
        raise NotAllowed(_("A reply is possible only while the draft findings are with your company."))
    if len(text) > LONGEST_TEXT:
        raise DomainError(_("This reply is too long. Keep it under 10,000 characters or add a file to your answer."))
    changed = Finding.objects.filter(pk=finding.pk, version=version).update(
        reply=text.strip(), replied_by=actor.person, replied_at=timezone.now(), version=version + 1
    )
    if not changed:
        raise StaleVersion(_("A colleague saved a reply in the meantime. Compare both texts and save again."))
    record(
        actor=actor,
        event="assessments.finding.replied",
        subject=finding,
        chain=finding.dossier.round.agreement.slug,
        values={"requirement": finding.requirement},
    )
    finding.refresh_from_db()
    return finding


@transaction.atomic
def finish_reply(*, actor: Viewer, dossier: Dossier) -> Dossier:
    """The firm has nothing (more) to say; the assessor makes the findings final."""
    if not policies.may_reply(actor, dossier):
        raise NotAllowed(_("A reply is possible only while the draft findings are with your company."))
    move_dossier(actor=actor, dossier=dossier, name="reply")
    messages.reply_finished(dossier)
    return dossier


@transaction.atomic
def close_hearing(*, actor: Viewer, dossier: Dossier, today: date | None = None) -> Dossier:
    """Go on without a reply, once the reply time is over."""
    day = today or timezone.localdate()
    if dossier.reply_due_on and day <= dossier.reply_due_on:
        raise DomainError(
            _("The company may still reply until %(day)s. Wait until then, or until it finishes its reply.")
            % {"day": dossier.reply_due_on.strftime("%d-%m-%Y")}
        )
    move_dossier(actor=actor, dossier=dossier, name="close_hearing")
    return dossier
