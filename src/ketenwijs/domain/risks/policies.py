"""Who may weigh and read a firm's risks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ketenwijs.domain.risks.models import Risk
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer, organisation_scope


def visible(viewer: Viewer, risks: QuerySet[Risk]) -> QuerySet[Risk]:
    """Only risks of the firm acted for, or of members of agreements whose risks the viewer may read."""
    if viewer.is_system:
        return risks
    allowed = Q(agreement__slug__in=viewer.keys_with("risks.read_members", AGREEMENT))
    if viewer.acting_for and viewer.holds("risks.weigh", organisation_scope(viewer.acting_for)):
        allowed |= Q(organisation_id=viewer.acting_for)
    return risks.filter(allowed)


def may_weigh(viewer: Viewer, organisation_id: int) -> bool:
    """Weigh risks for the firm acted for."""
    if viewer.is_system:
        return True
    return viewer.acting_for == organisation_id and viewer.holds("risks.weigh", organisation_scope(organisation_id))
