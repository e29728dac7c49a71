"""Coverage over the years of one firm, and over all members of an agreement for its secretariat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum, When

from ketenwijs.domain.agreements.models import Agreement, GroupPeriod, Membership
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import group_on, members_of, report_years
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import Chain, LeftOut, Link
from ketenwijs.domain.chains.rules import FACTORY, QUARRY, MappedChain, Share
from ketenwijs.domain.chains.selectors.chains import mapped
from ketenwijs.foundation.access.viewer import Viewer, agreement_scope


@dataclass(frozen=True)
class CoverageOfYear:
    """How many chains there are in a year and of how many supplier (with its country), factory and quarry are known;
    the last two also by tonnes and by value.

    A part of the tonnes or of the value (per cent) is None where no chain has that figure.
    """

    year: str
    chains: int
    suppliers: int
    factories: int
    quarries: int
    factories_tonnes: int | None = None
    quarries_tonnes: int | None = None
    factories_value: int | None = None
    quarries_value: int | None = None


def coverage_over_years(workspace: Workspace) -> list[CoverageOfYear]:
    """The firm's own coverage, oldest year first; years without chains are left out. One query."""
    if not policies.may_read_in(workspace.viewer, workspace):
        return []
    chains = Chain.objects.filter(organisation=workspace.organisation)
    return _by_year(chains, workspace.agreement, workspace.years)


def members_coverage_over_years(viewer: Viewer, agreement: Agreement) -> list[CoverageOfYear]:
    """Coverage of all members together, oldest year first; years without chains are left out. One query."""
    if not (viewer.is_system or viewer.holds(policies.READ_MEMBERS, agreement_scope(agreement.slug))):
        return []
    years = report_years(agreement)
    counting = Q(pk__in=[])
    for year in years:
        here = Membership.objects.filter(agreement=agreement, kind=Membership.Kind.PARTICIPANT)
        took_part = here.filter(joined_on__lte=year.ends_on).exclude(left_on__lt=year.starts_on)
        counting |= Q(year=year.code, organisation__in=took_part.values("organisation"))
    return _by_year(Chain.objects.filter(counting), agreement, years)


def _by_year(chains: QuerySet[Chain], agreement: Agreement, years: Iterable[ReportYear]) -> list[CoverageOfYear]:
    """At most eight rows a year come from the database: with and without an unknown supplier, factory and quarry."""
    counted = chains.exclude(pk__in=LeftOut.objects.filter(agreement=agreement).values("chain"))
    unknown = Link.objects.filter(chain=OuterRef("pk"), site__isnull=True)
    rows = counted.annotate(
        no_supplier=Case(When(supplier__country="", then=True), default=False),
        no_factory=Exists(unknown.filter(kind=FACTORY)),
        no_quarry=Exists(unknown.filter(kind=QUARRY)),
    ).values("year", "no_supplier", "no_factory", "no_quarry")
    totals = rows.annotate(number=Count("pk"), weight=Sum("tonnes"), worth=Sum("value_eur"))
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in totals.order_by():
        found.setdefault(row["year"], []).append(row)
    return [_of_year(year.code, found[year.code]) for year in years if year.code in found]


def _of_year(code: str, rows: Sequence[Mapping[str, Any]]) -> CoverageOfYear:
    def share(gap: str, figure: str) -> Share:
        amounts = [(row[figure] or Decimal(0), row[gap]) for row in rows]
        return Share(
            known=sum((amount for amount, is_gap in amounts if not is_gap), Decimal(0)),
            total=sum((amount for amount, _gap in amounts), Decimal(0)),
        )

    return CoverageOfYear(
        year=code,
        chains=sum(row["number"] for row in rows),
        suppliers=int(share("no_supplier", "number").known),
        factories=int(share("no_factory", "number").known),
        quarries=int(share("no_quarry", "number").known),
        factories_tonnes=share("no_factory", "weight").percentage,
        quarries_tonnes=share("no_quarry", "weight").percentage,
        factories_value=share("no_factory", "worth").percentage,
        quarries_value=share("no_quarry", "worth").percentage,
    )


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
