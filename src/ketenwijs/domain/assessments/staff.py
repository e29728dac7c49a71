"""People of the secretariat of one agreement."""

from __future__ import annotations

from django.db.models import QuerySet

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.foundation.accounts.models import Person

STAFF_ROLES = ("secretariat_lead", "adviser", "assessor")


def staff_of(agreement: Agreement) -> QuerySet[Person]:
    """Those who can advise, assess or read second, by name."""
    return (
        Person.objects.filter(
            grants__role__in=STAFF_ROLES,
            grants__scope_kind="agreement",
            grants__scope_key=agreement.slug,
            grants__ended_at__isnull=True,
            is_active=True,
        )
        .distinct()
        .order_by("name")
    )
