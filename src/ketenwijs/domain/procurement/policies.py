"""Who may ask, read and answer: an authority its own questions, staff those of their agreement."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ketenwijs.domain.procurement.models import Enquiry
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer, agreement_scope, organisation_scope


def visible(viewer: Viewer, enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """An authority sees only its own questions; companies see none, not even those about them."""
    if viewer.is_system:
        return enquiries
    allowed = Q(agreement__slug__in=viewer.keys_with("procurement.answer", AGREEMENT))
    if viewer.acting_for and viewer.holds("procurement.ask", organisation_scope(viewer.acting_for)):
        allowed |= Q(authority_id=viewer.acting_for)
    return enquiries.filter(allowed)


def may_ask(viewer: Viewer) -> bool:
    """Ask for the authority acted for."""
    return bool(viewer.acting_for) and viewer.holds("procurement.ask", organisation_scope(viewer.acting_for or 0))


def may_answer(viewer: Viewer, slug: str) -> bool:
    """Answer and record questions of an agreement."""
    return viewer.holds("procurement.answer", agreement_scope(slug))
