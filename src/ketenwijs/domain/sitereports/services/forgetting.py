"""Taking name and address of the sender out of reports that ended long enough ago."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.sitereports.models import SiteReport
from ketenwijs.domain.sitereports.vocabulary import clock
from ketenwijs.foundation.access.fence import fenced_to_agreement
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record


@transaction.atomic
def forget_senders(*, actor: Viewer, today: date) -> int:
    """Forget the senders whose term is over, agreement by agreement; safe to repeat. Returns of how many reports."""
    last = today - timedelta(days=clock().keep_sender_days.value)
    forgotten = 0
    for agreement in Agreement.objects.order_by("pk"):
        with fenced_to_agreement(agreement.pk):
            due = SiteReport.objects.filter(
                agreement=agreement, finished_on__lte=last, sender_forgotten_on__isnull=True
            )
            for report in due.select_for_update():
                report.sender_name, report.sender_email, report.sent_by = "", "", None
                report.sender_forgotten_on = today
                report.save(update_fields=["sender_name", "sender_email", "sent_by", "sender_forgotten_on"])
                record(actor=actor, event="sitereports.report.sender_forgotten", subject=report, chain=agreement.slug)
                forgotten += 1
    return forgotten
