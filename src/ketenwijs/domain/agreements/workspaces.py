"""The workspace: one member, one agreement, one report year, with what is owed and why. Every firm's page
starts here.

`workspace_for` answers None where the viewer may not look, so that foreign and absent look the same (404).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements import packages, policies
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.rules import Duty, ReportYear
from ketenwijs.domain.agreements.selectors import standing_of
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.participants.selectors import remember_name
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.ui.errors import NotAllowed


@dataclass(frozen=True)
class Workspace:
    """What a firm's page needs to know. `group` is a code, `level` the number held when the year began (or
    None).

    `membership_year` is the number of full years at the end of the report year, capped by the agreement; 0
    before the first full year. `target` is the year or level the report is judged against. `level_value` is
    the outcome code. `read_only` is true after leaving and for staff. `kept` holds what was worked out once
    during this request.
    """

    organisation: Organisation
    agreement: Agreement
    membership: Membership
    definition: AgreementFile
    year: ReportYear
    years: tuple[ReportYear, ...]
    duty: Duty
    group: str
    level: int | None
    level_value: str
    membership_year: int
    target: int | None
    viewer: Viewer
    read_only: bool
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def url_parts(self) -> dict[str, str]:
        """Keyword arguments of every page of this workspace."""
        return {"firm": self.organisation.reference, "agreement": self.agreement.slug, "year": self.year.code}

    @property
    def is_own(self) -> bool:
        """Whether the viewer works for this firm."""
        return self.viewer.acting_for == self.organisation.pk

    @property
    def previous_year(self) -> ReportYear | None:
        """The report year before this one, with or without a round."""
        earlier = [year for year in self.years if year.starts_on < self.year.starts_on]
        return earlier[-1] if earlier else None


def workspace_for(
    viewer: Viewer, reference: str, slug: str, year_code: str, *, today: date | None = None
) -> Workspace | None:
    """The workspace behind an address, or None when it does not exist or the viewer may not look into it.

    Three queries. With several memberships in the year (left and returned) the latest counts.
    """
    today = today or timezone.localdate()
    definition = packages.definition_or_none(slug)
    year = packages.year_by_code(definition, year_code) if definition else None
    if definition is None or year is None:
        return None
    memberships = _members().filter(
        agreement__slug=slug, organisation__reference=reference, joined_on__lte=year.ends_on
    )
    for membership in memberships.order_by("-joined_on"):
        if policies.may_open_workspace(viewer, membership, year, today):
            return workspace_of(viewer, membership, year, today=today)
    return None


def workspace_of(viewer: Viewer, membership: Membership, year: ReportYear, *, today: date | None = None) -> Workspace:
    """The workspace of a membership the caller may look into; groups and levels prefetched cost no query."""
    today = today or timezone.localdate()
    remember_name(viewer, membership.organisation)
    definition = packages.definition_of(membership.agreement.slug)
    years = packages.report_years(definition)
    standing = standing_of(membership, year)
    return Workspace(
        organisation=membership.organisation,
        agreement=membership.agreement,
        membership=membership,
        definition=definition,
        year=year,
        years=tuple(years),
        duty=standing.duty,
        group=standing.group,
        level=standing.level,
        level_value=standing.level_value,
        membership_year=standing.membership_year,
        target=standing.target,
        viewer=viewer,
        read_only=not policies.may_write_in(viewer, membership, today),
    )


def workspaces_of(viewer: Viewer, today: date | None = None) -> list[Workspace]:
    """The current workspaces of the firm the viewer acts for: one per agreement, of the report year to work
    on now.
    """
    today = today or timezone.localdate()
    if viewer.acting_for is None:
        return []
    found = []
    for membership in _members().filter(organisation_id=viewer.acting_for).order_by("agreement__slug", "joined_on"):
        definition = packages.definition_or_none(membership.agreement.slug)
        year = packages.working_year(definition, today) if definition else None
        if year and policies.may_open_workspace(viewer, membership, year, today):
            found.append(workspace_of(viewer, membership, year, today=today))
    return found


def ensure_writable(workspace: Workspace) -> None:
    """Refuse a write by somebody who may only look: staff, and a firm that left. Services of firm data call
    this first.
    """
    if workspace.read_only:
        raise NotAllowed(_("You can read this but not change it. Ask the secretariat if something must change."))


def ensure_member(viewer: Viewer, agreement: Agreement, organisation_pk: int, *, today: date | None = None) -> None:
    """As `ensure_writable`, for services that hold a firm's row and no workspace: refuses staff and a firm that left.

    One query. Raises NotAllowed.
    """
    day = today or timezone.localdate()
    running = _members().filter(agreement=agreement, organisation_id=organisation_pk).order_by("-joined_on").first()
    if running is None or not policies.may_write_in(viewer, running, day):
        raise NotAllowed(_("You can read this but not change it. Ask the secretariat if something must change."))


def _members() -> Any:
    return (
        Membership.objects.filter(kind=Membership.Kind.PARTICIPANT)
        .select_related("organisation", "agreement")
        .prefetch_related("groups", "levels")
    )
