"""Reading the register: a firm's own lines, the overview for staff, and what may be public."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import definition_of, members_of
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.awareness import policies, vocabulary
from ketenwijs.domain.awareness.models import Announcement, Mention
from ketenwijs.domain.awareness.publications import AWARENESS_KIND, COMPLAINTS_KIND, Terms
from ketenwijs.domain.awareness.rules import Announced, Named
from ketenwijs.domain.chains.models import Site
from ketenwijs.domain.participants.selectors import company_groups
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.selectors import as_of


@dataclass
class FirmLine:
    """One member in the overview: how much it announced in the year and what it says of its code and website."""

    reference: str
    name: str
    is_example: bool
    announcements: int = 0
    confirmed: int = 0
    sites: set[int] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)
    last_on: date | None = None
    mention: Mention | None = None

    @property
    def is_gap(self) -> bool:
        """Whether the firm put nothing in at all."""
        return not self.announcements and self.mention is None

    @property
    def language_names(self) -> str:
        """The languages in words."""
        return vocabulary.language_names(sorted(self.languages))


@dataclass(frozen=True)
class Sources:
    """What the public numbers of a year are worked out from."""

    announced: list[Announced]
    named: list[Named]
    terms: Terms


def announcements_in(workspace: Workspace) -> QuerySet[Announcement]:
    """The firm's announcements whose day lies in the year, newest first; nothing for others."""
    if not policies.may_read(workspace.viewer, workspace):
        return Announcement.objects.none()
    found = _of_year(Announcement.objects.all(), workspace.agreement, workspace.year)
    return found.filter(organisation=workspace.organisation).select_related("site")


def announcement_in(workspace: Workspace, pk: int) -> Announcement | None:
    """One announcement of the firm in the year, or None."""
    return announcements_in(workspace).filter(pk=pk).first()


def sites_before(workspace: Workspace) -> int:
    """At how many sites the firm announced the route in earlier years."""
    if not policies.may_read(workspace.viewer, workspace):
        return 0
    found = Announcement.objects.filter(organisation=workspace.organisation, agreement=workspace.agreement)
    return found.filter(announced_on__lt=workspace.year.starts_on).values("site").distinct().count()


def sites_of(workspace: Workspace) -> list[Site]:
    """The firm's own sites where something can be announced, by name; those found to be another place are left out."""
    if not policies.may_read(workspace.viewer, workspace):
        return []
    found = Site.objects.filter(organisation=workspace.organisation, merged_into=None)
    return list(found.order_by("country", "name", "place", "pk"))


def mention_in(workspace: Workspace) -> Mention | None:
    """What the firm says of its code and website in the year; None while it said nothing."""
    if not policies.may_read(workspace.viewer, workspace):
        return None
    return _mentions(workspace).filter(year=workspace.year.code).first()


def mention_before(workspace: Workspace) -> Mention | None:
    """The latest of the years before, to start from."""
    if not policies.may_read(workspace.viewer, workspace):
        return None
    earlier = [year.code for year in workspace.years if year.starts_on < workspace.year.starts_on]
    known = {one.year: one for one in _mentions(workspace).filter(year__in=earlier)}
    return next((known[code] for code in reversed(earlier) if code in known), None)


def overview(viewer: Viewer, agreement: Agreement, year: ReportYear) -> list[FirmLine] | None:
    """Every firm that took part in the year with its counts, by name; None for who may not read members. Three queries."""
    if not policies.may_read_members(viewer, agreement):
        return None
    lines = {
        pk: FirmLine(reference, name, is_example)
        for pk, reference, name, is_example in _took_part(viewer, agreement, year).values_list(
            "organisation_id", "organisation__reference", "organisation__name", "organisation__is_example"
        )
    }
    for one in _of_year(Announcement.objects.filter(organisation__in=list(lines)), agreement, year).order_by(
        "announced_on"
    ):
        line = lines[one.organisation_id]
        line.announcements += 1
        line.confirmed += bool(one.confirmed_by)
        line.sites.add(one.site_id)
        line.languages.update(one.languages)
        line.last_on = one.announced_on
    for mention in Mention.objects.filter(agreement=agreement, year=year.code, organisation__in=list(lines)):
        lines[mention.organisation_id].mention = mention
    return list(lines.values())


def sources_of(viewer: Viewer, agreement: Agreement, year: ReportYear) -> Sources | None:
    """What the public numbers of a year follow from, for who may release them; None for others."""
    if not policies.may_release(viewer, agreement):
        return None
    members = dict(_took_part(viewer, agreement, year).values_list("organisation_id", "organisation__is_example"))
    found = _of_year(Announcement.objects.filter(organisation__in=list(members)), agreement, year)
    announced = [
        Announced(
            one.organisation_id, one.site.merged_into_id or one.site_id, tuple(one.languages), bool(one.confirmed_by)
        )
        for one in found.select_related("site")
    ]
    mentions = Mention.objects.filter(agreement=agreement, year=year.code, organisation__in=list(members))
    named = [Named(one.organisation_id, one.in_code, one.on_website) for one in mentions]
    contributors = {one.firm for one in announced} | {one.firm for one in named}
    terms = Terms(
        agreement=agreement.slug,
        year=year.code,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        members=len(members),
        minimum=definition_of(agreement).publication.minimum_contributors,
        language_names=_language_names({code for one in announced for code in one.languages}),
        is_example=any(members[pk] for pk in contributors),
        groups=company_groups(contributors),
    )
    return Sources(announced, named, terms)


def released_numbers(agreement: Agreement, year: ReportYear, day: date) -> Publication | None:
    """The public numbers about awareness in force on a day; public, so no viewer is asked for."""
    return as_of(AWARENESS_KIND, f"{agreement.slug}/{year.code}", day)


def released_complaints(agreement: Agreement, day: date) -> Publication | None:
    """The copy of the complaints body's register in force on a day; public, so no viewer is asked for."""
    return as_of(COMPLAINTS_KIND, agreement.slug, day)


def _language_names(codes: set[str]) -> dict[str, dict[str, str]]:
    known = vocabulary.languages()
    return {
        code: known[code].name.by_language if code in known else dict.fromkeys(("nl", "fr", "en"), code)
        for code in codes
    }


def _mentions(workspace: Workspace) -> QuerySet[Mention]:
    return Mention.objects.filter(organisation=workspace.organisation, agreement=workspace.agreement)


def _took_part(viewer: Viewer, agreement: Agreement, year: ReportYear) -> QuerySet[Membership]:
    return members_of(viewer, agreement).filter(
        Q(left_on=None) | Q(left_on__gte=year.starts_on), joined_on__lte=year.ends_on
    )


def _of_year(rows: QuerySet[Announcement], agreement: Agreement, year: ReportYear) -> QuerySet[Announcement]:
    return rows.filter(agreement=agreement, announced_on__range=(year.starts_on, year.ends_on))
