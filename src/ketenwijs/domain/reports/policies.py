"""Who may draft, release and read annual reports."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.reports.models import Release
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer, agreement_scope

DRAFT, RELEASE, READ_RELEASED = "reports.draft", "reports.release", "reports.read_released"


def may_draft(viewer: Viewer, agreement: Agreement) -> bool:
    """Make figures and write texts."""
    return viewer.holds(DRAFT, agreement_scope(agreement.slug))


def may_release(viewer: Viewer, agreement: Agreement) -> bool:
    """Publish somebody else's draft."""
    return viewer.holds(RELEASE, agreement_scope(agreement.slug))


def may_open(viewer: Viewer) -> bool:
    """See the reports at all."""
    return any(viewer.holds(right) for right in (DRAFT, RELEASE, READ_RELEASED))


def made_it(viewer: Viewer, release: Release) -> bool:
    """Whether the viewer made the figures or wrote any of the texts, so that somebody else must release."""
    if viewer.person is None:
        return False
    return viewer.person.pk in {release.made_by_id, *release.texts.get("written_by", [])}


def agreements_open_to(viewer: Viewer) -> list[str]:
    """Slugs of agreements of which the viewer reads reports, drafts or released ones."""
    return sorted({slug for right in (DRAFT, RELEASE, READ_RELEASED) for slug in viewer.keys_with(right, AGREEMENT)})


def visible(viewer: Viewer, releases: QuerySet[Release]) -> QuerySet[Release]:
    """Staff see drafts and releases of their agreements; parties and the steering group released ones only."""
    if viewer.is_system:
        return releases
    staff = {*viewer.keys_with(DRAFT, AGREEMENT), *viewer.keys_with(RELEASE, AGREEMENT)}
    readers = viewer.keys_with(READ_RELEASED, AGREEMENT)
    return releases.filter(Q(agreement__slug__in=staff) | Q(agreement__slug__in=readers, released_at__isnull=False))
