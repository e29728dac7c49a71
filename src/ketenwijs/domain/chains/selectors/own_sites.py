"""A firm's own places with what it knows of them. Only the firm itself reads this; its numbers help the secretariat match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import choices, policies, proposals
from ketenwijs.domain.chains.models import PeopleGroup, Site, SitesApart
from ketenwijs.domain.chains.proposals import Spelling
from ketenwijs.domain.chains.selectors.chains import counted_in

LEAST_ALIKE = 0.5
"""Pairs less probable than this are not shown; the firm decides about each of the others."""


@dataclass(frozen=True)
class LookAlike:
    """Two sites of a firm that may be one place. `one` is the one that more chains go through."""

    one: Site
    other: Site


def own_sites(workspace: Workspace) -> QuerySet[Site]:
    """The firm's places that stand for themselves, with `in_year`: how many of the year's chains go through each."""
    if not policies.reads_own(workspace.viewer, workspace.organisation.pk):
        return Site.objects.none()
    here = Q(links__chain__year=workspace.year.code)
    found = Site.objects.filter(organisation=workspace.organisation, merged_into__isnull=True)
    people = PeopleGroup.objects.filter(year=workspace.year.code).order_by("kind")
    return (
        found.annotate(in_year=Count("links__chain", filter=here, distinct=True))
        .prefetch_related("numbers", Prefetch("people", people), "merged")
        .order_by("country", "kind", "name", "pk")
    )


def people_in(workspace: Workspace) -> list[PeopleGroup]:
    """People who stand in no register, at places of the chains handed in for this agreement. One query."""
    if not policies.may_read_in(workspace.viewer, workspace):
        return []
    here = {"site__organisation": workspace.organisation, "year": workspace.year.code}
    through = Site.objects.filter(links__chain__in=[chain.pk for chain in counted_in(workspace)])
    found = PeopleGroup.objects.filter(Q(site__in=through) | Q(site__merged_into__in=through), **here)
    return list(found.select_related("site").order_by("site__country", "site__name", "kind"))


def own_site(workspace: Workspace, pk: int) -> Site | None:
    """One of the firm's places, merged ones too; None where absent or somebody else's."""
    if not policies.reads_own(workspace.viewer, workspace.organisation.pk):
        return None
    return Site.objects.filter(organisation=workspace.organisation, pk=pk).first()


def look_alikes(workspace: Workspace) -> list[LookAlike]:
    """Pairs of the firm's places that may be one, most alike first come first; what it kept apart is not shown again.

    Three queries; the matcher compares them in memory, and only with each other.
    """
    sites = list(own_sites(workspace).prefetch_related(None))
    if not sites:
        return []
    by_pk = {site.pk: site for site in sites}
    counted: QuerySet[Any] = own_sites(workspace)
    through = dict(counted.values_list("pk", "in_year"))
    apart = set(SitesApart.objects.filter(one__in=by_pk).values_list("one_id", "other_id"))
    found = []
    for pk, like in proposals.alike([_spelled(site) for site in sites], LEAST_ALIKE).items():
        if (min(pk, like), max(pk, like)) not in apart:
            one, other = sorted((by_pk[pk], by_pk[like]), key=lambda site: (-through[site.pk], site.pk))
            found.append(LookAlike(one, other))
    return found


def _spelled(site: Site) -> Spelling:
    latitude, longitude = ("" if one is None else str(one) for one in (site.latitude, site.longitude))
    stage = choices.stage_of(site.kind) or site.kind
    return Spelling(site.pk, stage, site.name, site.place, site.country, latitude, longitude)
