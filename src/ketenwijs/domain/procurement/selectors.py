"""Reading questions, and counting them by kind for the annual report."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.procurement import policies
from ketenwijs.domain.procurement.models import Enquiry
from ketenwijs.foundation.access.viewer import Viewer


def enquiries_visible_to(viewer: Viewer) -> QuerySet[Enquiry]:
    """Questions this viewer may read, newest first, unanswered ones before the others."""
    rows = Enquiry.objects.select_related("agreement", "authority", "answered_by")
    return policies.visible(viewer, rows).order_by("answered_on", "-asked_on", "-pk")


def enquiry_for(viewer: Viewer, pk: int) -> Enquiry | None:
    """One question, if visible."""
    return enquiries_visible_to(viewer).filter(pk=pk).first()


def counts_by_kind(agreement: Agreement, since: date, until: date) -> dict[str, int]:
    """Questions asked in a period (both days included) by kind; kinds without questions count 0."""
    rows = (
        Enquiry.objects.filter(agreement=agreement, asked_on__range=(since, until))
        .values_list("kind")
        .annotate(number=Count("pk"))
        .order_by("kind")
    )
    return {**dict.fromkeys(Enquiry.Kind.values, 0), **dict(rows)}
