"""Coverage over the years of one firm, and over all members of an agreement for its secretariat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Prefetch, Q, QuerySet

from ketenwijs.domain.agreements.models import Agreement, GroupPeriod, Membership
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import group_on, members_of, report_years
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import Chain, LeftOut, Link
from ketenwijs.domain.chains.rules import FACTORY, QUARRY, MappedChain
from ketenwijs.domain.chains.selectors.chains import mapped
from ketenwijs.foundation.access.viewer import Viewer, agreement_scope


@dataclass(frozen=True)
class CoverageOfYear:
    """How many chains a firm handed in for a year and of how many factory and quarry are known."""

    year: str
    chains: int
    factories: int
    quarries: int


def coverage_over_years(workspace: Workspace) -> list[CoverageOfYear]:
    """The firm's own coverage by number, oldest year first; years without chains are left out. One query."""
    if not policies.may_read_in(workspace.viewer, workspace):
        return []
    links = Link.objects.filter(chain__organisation=workspace.organisation, kind__in=[FACTORY, QUARRY])
    return _by_year(links.exclude(chain__left_out__agreement=workspace.agreement), workspace.years)


def _by_year(links: QuerySet[Link], years: Iterable[ReportYear]) -> list[CoverageOfYear]:
    rows = links.values("chain__year", "kind").annotate(
        total=Count("chain", distinct=True), gaps=Count("chain", distinct=True, filter=Q(site__isnull=True))
    )
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for row in rows.order_by():
        found.setdefault(row["chain__year"], {})[row["kind"]] = (row["total"] - row["gaps"], row["total"])
    return [
        CoverageOfYear(
            year=year.code,
            chains=max(total for _known, total in found[year.code].values()),
            factories=found[year.code].get(FACTORY, (0, 0))[0],
            quarries=found[year.code].get(QUARRY, (0, 0))[0],
        )
        for year in years
        if year.code in found
    ]


def members_coverage_over_years(viewer: Viewer, agreement: Agreement) -> list[CoverageOfYear]:
    """Coverage by number of all members together, oldest year first; years without chains are left out. One query."""
    if not (viewer.is_system or viewer.holds(policies.READ_MEMBERS, agreement_scope(agreement.slug))):
        return []
    years = report_years(agreement)
    counting = Q(pk__in=[])
    for year in years:
        here = Membership.objects.filter(agreement=agreement, kind=Membership.Kind.PARTICIPANT)
        took_part = here.filter(joined_on__lte=year.ends_on).exclude(left_on__lt=year.starts_on)
        counting |= Q(chain__year=year.code, chain__organisation__in=took_part.values("organisation"))
    links = Link.objects.filter(counting, kind__in=[FACTORY, QUARRY])
    return _by_year(links.exclude(chain__in=LeftOut.objects.filter(agreement=agreement).values("chain")), years)


@dataclass(frozen=True)
class MembersChains:
    """All chains that members hand in for an agreement in a year, with the group each firm was in."""

    chains: list[MappedChain]
    group_of: dict[int, str]
    name_of: dict[int, str]
    members: int


def chains_of_members(viewer: Viewer, agreement: Agreement, year: ReportYear) -> MembersChains | None:
    """What staff of the agreement may read, else None. A fixed number of queries."""
    if not (viewer.is_system or viewer.holds(policies.READ_MEMBERS, agreement_scope(agreement.slug))):
        return None
    took_part = members_of(viewer, agreement).filter(joined_on__lte=year.ends_on).exclude(left_on__lt=year.starts_on)
    members = list(took_part.select_related("organisation"))
    groups = {one.organisation_id: group_on(one, year.ends_on) for one in members}
    left_out = set(LeftOut.objects.filter(agreement=agreement).values_list("chain_id", flat=True))
    rows = (
        Chain.objects.filter(year=year.code, organisation_id__in=list(groups))
        .select_related("supplier")
        .prefetch_related(Prefetch("links", Link.objects.select_related("site")))
    )
    return MembersChains(
        chains=[replace(mapped(one), supplier="") for one in rows if one.pk not in left_out],
        group_of={pk: _code(group) for pk, group in groups.items()},
        name_of={one.organisation_id: one.organisation.name for one in members},
        members=len(members),
    )


def _code(group: GroupPeriod | None) -> str:
    return group.group if group else ""
