"""The register of locations as the secretariat of an agreement sees it. Every function asks for the right first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.selectors import report_years
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import (
    LeftOut,
    Link,
    SharedSite,
    SharedSiteChange,
    SharedSiteIdentifier,
    Site,
    SiteMatch,
)
from ketenwijs.foundation.access.fence import fenced_to_agreement
from ketenwijs.foundation.access.viewer import Viewer

AREA = "quarry_area"
Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Narrowing:
    """How a list of sites or locations is narrowed; empty narrows nothing."""

    text: str = ""
    country: str = ""
    kind: str = ""
    members: int = 0


@contextmanager
def secretariat_of(viewer: Viewer, agreement: Agreement) -> Iterator[bool]:
    """The second fence, put up only for who holds the right; says whether it is."""
    if not policies.may_match_sites(viewer, agreement):
        yield False
        return
    with fenced_to_agreement(agreement.pk):
        yield True


def links_that_count(agreement: Agreement) -> QuerySet[Link]:
    """Known places in chains that members hand in for the agreement, of the years in which they take part.

    A place of which only the area is known is no location and is left out.
    """
    counting = Q(pk__in=[])
    for year in report_years(agreement):
        here = Membership.objects.filter(agreement=agreement, kind=Membership.Kind.PARTICIPANT)
        took_part = here.filter(joined_on__lte=year.ends_on).exclude(left_on__lt=year.starts_on)
        counting |= Q(chain__year=year.code, chain__organisation__in=took_part.values("organisation"))
    found = Link.objects.filter(counting, site__isnull=False)
    named = found.exclude(site__kind=AREA).exclude(site__name="").exclude(site__name=F("site__place"))
    return named.exclude(chain__in=LeftOut.objects.filter(agreement=agreement).values("chain"))


def running_matches(agreement: Agreement) -> QuerySet[SiteMatch]:
    """Sites that are a location of the register by a decision that stands. Inside the second fence only."""
    return SiteMatch.objects.filter(agreement=agreement, is_same=True, undone_at__isnull=True)


def unmatched_sites(viewer: Viewer, agreement: Agreement, narrowing: Narrowing = Narrowing()) -> QuerySet[Site]:
    """Members' sites that nobody matched yet, by country and name."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return Site.objects.none()
        running = running_matches(agreement).filter(site=OuterRef("pk"))
        counts = links_that_count(agreement).filter(site=OuterRef("pk"))
        sites = _narrowed(Site.objects.all(), narrowing, "name", "place").filter(Exists(counts), ~Exists(running))
        return sites.select_related("organisation").order_by("country", "name", "pk")


def locations_of(
    viewer: Viewer, agreement: Agreement, narrowing: Narrowing = Narrowing(), *, counted: bool = True
) -> QuerySet[SharedSite]:
    """Locations that stand for themselves, each with `members`: how many members' chains go through it.

    Counting looks at the whole register; a page that shows a few of many takes them uncounted and asks `members_counted`.
    """
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return SharedSite.objects.none()
        found = SharedSite.objects.filter(agreement=agreement)
        if narrowing.text:
            named = _narrowed(found, Narrowing(text=narrowing.text), "name", "place", "identifiers__value")
            found = found.filter(pk__in=named.values("current"))
        found = _narrowed(found, Narrowing(country=narrowing.country, kind=narrowing.kind))
        found = found.filter(merged_into__isnull=True)
        if counted or narrowing.members:
            found = found.annotate(members=_members(agreement)).filter(members__gte=narrowing.members)
        return found.order_by("country", "name", "pk")


def _members(agreement: Agreement) -> Count:
    counting = Q(
        stands_for__matches__is_same=True,
        stands_for__matches__undone_at__isnull=True,
        stands_for__matches__site__in=links_that_count(agreement).values("site"),
    )
    return Count("stands_for__matches__site__organisation", filter=counting, distinct=True)


def members_counted(viewer: Viewer, agreement: Agreement, locations: Iterable[SharedSite]) -> dict[int, int]:
    """How many members' chains go through each of these locations; nothing for those with none. One query."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return {}
        links = links_that_count(agreement).filter(site=OuterRef("site"))
        matches = running_matches(agreement).filter(Exists(links), shared__current__in=[one.pk for one in locations])
        rows = matches.values("shared__current").annotate(members=Count("site__organisation", distinct=True))
        counted = rows.order_by().values_list("shared__current", "members")
        return {location: members for location, members in counted if location is not None}


def location_for(viewer: Viewer, agreement: Agreement, pk: int) -> SharedSite | None:
    """One location of the agreement, merged ones included, with its numbers."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return None
        found = SharedSite.objects.filter(agreement=agreement, pk=pk)
        return found.select_related("merged_into", "moved_to", "current").first()


def location_by_number(viewer: Viewer, agreement: Agreement, scheme: str, value: str) -> SharedSite | None:
    """The location that stands now for a number, however often it was merged, moved or closed since."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return None
        numbers = SharedSiteIdentifier.objects.filter(shared__agreement=agreement, scheme=scheme, value=value)
        found = numbers.select_related("shared__current").order_by("pk").first()
        return found.shared.current if found else None


def site_for(viewer: Viewer, agreement: Agreement, pk: int) -> Site | None:
    """One site of a member that counts for the agreement, matched or not."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return None
        found = Site.objects.filter(pk=pk, pk__in=links_that_count(agreement).values("site"))
        return found.select_related("organisation").first()


def running_match_of(viewer: Viewer, agreement: Agreement, site: Site) -> SiteMatch | None:
    """The location a site is now, if anybody decided so."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return None
        return running_matches(agreement).filter(site=site).select_related("shared__current").first()


def decisions_of(viewer: Viewer, agreement: Agreement, location: SharedSite | None = None) -> QuerySet[SiteMatch]:
    """Decisions newest first, undone ones included; of one location also those taken for what was merged into it."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return SiteMatch.objects.none()
        found = SiteMatch.objects.filter(agreement=agreement)
        if location is not None:
            found = found.filter(shared__current=location.current_id)
        related = ("site__organisation", "shared__current", "decided_by", "undone_by")
        return found.select_related(*related).order_by("-pk")


def numbers_of(viewer: Viewer, agreement: Agreement, location: SharedSite) -> list[SharedSiteIdentifier]:
    """Numbers of a location and of what was merged into it."""
    with secretariat_of(viewer, agreement) as allowed:
        found = SharedSiteIdentifier.objects.filter(shared__current=location.current_id) if allowed else []
        return sorted(found, key=lambda one: (one.scheme, one.pk))


def changes_of(viewer: Viewer, agreement: Agreement, location: SharedSite) -> list[SharedSiteChange]:
    """What happened to a location and to what was merged into it, newest first."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return []
        found = SharedSiteChange.objects.filter(Q(shared__current=location.current_id) | Q(other=location))
        return list(found.select_related("shared", "other", "by"))


def _narrowed(rows: Rows, narrowing: Narrowing, *texts: str) -> Rows:
    if narrowing.country:
        rows = rows.filter(country=narrowing.country)
    if narrowing.kind:
        rows = rows.filter(kind=narrowing.kind)
    if narrowing.text:
        anywhere = Q()
        for name in texts:
            anywhere |= Q(**{f"{name}__icontains": narrowing.text})
        rows = rows.filter(anywhere)
    return rows
