"""Who may read and manage the governance of an agreement; firms' people see nothing of it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.foundation.access.viewer import AGREEMENT, Scope, Viewer, agreement_scope
from ketenwijs.foundation.files.models import StoredFile

READ = "governance.read"
MANAGE = "governance.manage"


def scopes_of(agreement: Agreement) -> list[Scope]:
    """Scopes within which a right over the governance of an agreement is held."""
    return [agreement_scope(agreement.slug)]


def may_read(viewer: Viewer, agreement: Agreement) -> bool:
    """Read meetings, decisions, commitments and budget of an agreement."""
    return viewer.holds(READ, agreement_scope(agreement.slug))


def may_manage(viewer: Viewer, agreement: Agreement) -> bool:
    """Change them."""
    return viewer.holds(MANAGE, agreement_scope(agreement.slug))


def readable(viewer: Viewer, path: str = "agreement") -> Q:
    """Row filter: rows of agreements whose governance the viewer may read; `path` leads from the row to its agreement."""
    if viewer.is_system:
        return Q()
    return Q(**{f"{path}__slug__in": viewer.keys_with(READ, AGREEMENT)})


def readable_agreements(viewer: Viewer) -> QuerySet[Agreement]:
    """Agreements whose governance the viewer may read, by slug."""
    found = Agreement.objects.order_by("slug")
    return found if viewer.is_system else found.filter(slug__in=viewer.keys_with(READ, AGREEMENT))


def may_read_file(viewer: Viewer, file: StoredFile) -> bool:
    """Papers, minutes and documents belong to an agreement; whoever reads its governance may open them."""
    return file.owner_kind == AGREEMENT and viewer.holds(READ, Scope(AGREEMENT, file.owner_key))
