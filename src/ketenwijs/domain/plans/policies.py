"""Who may read and write plans: the firm its own, staff of the agreement read."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ketenwijs.domain.plans.models import Plan
from ketenwijs.foundation.access.viewer import AGREEMENT, Scope, Viewer, agreement_scope, organisation_scope


def scopes_of(plan: Plan) -> list[Scope]:
    """Scopes within which a right over this plan may be held."""
    return [organisation_scope(plan.organisation_id), agreement_scope(plan.agreement.slug)]


def visible(viewer: Viewer, plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Only plans of the firm acted for, or of agreements whose members' plans the viewer may read."""
    if viewer.is_system:
        return plans
    allowed = Q(agreement__slug__in=viewer.keys_with("plans.read_members", AGREEMENT))
    if viewer.acting_for and viewer.holds("plans.write", organisation_scope(viewer.acting_for)):
        allowed |= Q(organisation_id=viewer.acting_for)
    return plans.filter(allowed)


def may_read(viewer: Viewer, organisation_id: int, slug: str) -> bool:
    """Open the page of a plan: the firm acted for, or staff of its agreement."""
    return may_write(viewer, organisation_id) or viewer.holds("plans.read_members", agreement_scope(slug))


def may_write(viewer: Viewer, organisation_id: int) -> bool:
    """Write goals and measures for the firm acted for."""
    if viewer.is_system:
        return True
    return viewer.acting_for == organisation_id and viewer.holds("plans.write", organisation_scope(organisation_id))


def may_publish(viewer: Viewer, organisation_id: int) -> bool:
    """Publish the public version for the firm acted for."""
    if viewer.is_system:
        return True
    return viewer.acting_for == organisation_id and viewer.holds("plans.publish", organisation_scope(organisation_id))
