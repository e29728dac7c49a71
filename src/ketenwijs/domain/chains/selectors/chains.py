"""Reading a firm's chains of one report year."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Prefetch

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import choices, policies
from ketenwijs.domain.chains.models import Chain, ClosedYear, LeftOut, Link, Site, Supplier
from ketenwijs.domain.chains.rules import (
    FACTORY,
    QUARRY,
    Coverage,
    MappedChain,
    Place,
    Step,
    combinations,
    coverage_of,
)
from ketenwijs.domain.participants.models import Organisation

KEPT = "chains"


def chains_in(workspace: Workspace) -> list[MappedChain]:
    """The firm's one file of chains in the year, read once per request, each saying whether it counts for this agreement.

    Others than the firm itself get only what counts: what it keeps for another agreement is none of their business.
    """
    if KEPT not in workspace.kept:
        allowed = policies.may_read_in(workspace.viewer, workspace)
        found = stored_chains(workspace.organisation.pk, workspace.year.code, workspace.agreement.pk) if allowed else []
        own = policies.reads_own(workspace.viewer, workspace.organisation.pk)
        workspace.kept[KEPT] = found if own else [one for one in found if one.counts]
    chains: list[MappedChain] = workspace.kept[KEPT]
    return chains


def counted_in(workspace: Workspace) -> list[MappedChain]:
    """The chains the firm hands in for this agreement."""
    return [one for one in chains_in(workspace) if one.counts]


def coverage_in(workspace: Workspace) -> Coverage:
    """Coverage of an opened workspace."""
    return coverage_of(counted_in(workspace))


def chain_in(workspace: Workspace, pk: int) -> Chain | None:
    """One chain of this firm and year, with supplier and places; None where absent or somebody else's."""
    if not policies.may_read_in(workspace.viewer, workspace):
        return None
    if pk not in {one.pk for one in chains_in(workspace)}:
        return None
    found = Chain.objects.filter(organisation=workspace.organisation, year=workspace.year.code, pk=pk)
    return found.select_related("supplier").prefetch_related("links__site").first()


def combinations_in(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Country, material and stage (codes) of the chains the firm hands in for this agreement."""
    return combinations(counted_in(workspace), choices.stage_of)


def names_of(organisation: Organisation) -> set[str]:
    """Names of the firm's suppliers and places, so that a public text can be checked for them.

    Two queries.
    """
    suppliers = Supplier.objects.filter(organisation=organisation).values_list("name", flat=True)
    sites = Site.objects.filter(organisation=organisation).values_list("name", "place")
    return {name for name in suppliers if name} | {name for name, place in sites if name and name != place}


def is_closed(workspace: Workspace) -> bool:
    """Whether the chains were handed in for this agreement and year, and are read only.

    Read once per request.
    """
    if "chains_closed" not in workspace.kept:
        here = {
            "organisation": workspace.organisation,
            "agreement": workspace.agreement,
            "year": workspace.year.code,
        }
        workspace.kept["chains_closed"] = ClosedYear.objects.filter(**here).exists()
    return bool(workspace.kept["chains_closed"])


def year_to_carry(workspace: Workspace) -> str | None:
    """The latest earlier report year that has chains, whatever years without a round lie between.

    None without one.
    """
    if not policies.may_read_in(workspace.viewer, workspace):
        return None
    earlier = [year.code for year in workspace.years if year.starts_on < workspace.year.starts_on]
    found = Chain.objects.filter(organisation=workspace.organisation, year__in=earlier)
    with_chains = set(found.values_list("year", flat=True).distinct())
    return next((code for code in reversed(earlier) if code in with_chains), None)


def chains_of_year(workspace: Workspace, year: str) -> list[MappedChain]:
    """The firm's own chains of another report year, to compare with; nothing for others. Two queries."""
    if not policies.reads_own(workspace.viewer, workspace.organisation.pk):
        return []
    return stored_chains(workspace.organisation.pk, year)


def stored_chains(organisation_pk: int, year: str, agreement_pk: int | None = None) -> list[MappedChain]:
    """All chains of a firm and year as plain data. For services and jobs: the caller has checked who asks.

    With an agreement each says whether it counts there. Two queries, three with an agreement.
    """
    rows = (
        Chain.objects.filter(organisation_id=organisation_pk, year=year)
        .select_related("supplier")
        .prefetch_related(Prefetch("links", Link.objects.select_related("site")))
    )
    left_out: set[int] = set()
    if agreement_pk is not None:
        here = LeftOut.objects.filter(agreement=agreement_pk, chain__organisation=organisation_pk, chain__year=year)
        left_out = set(here.values_list("chain_id", flat=True))
    found = [replace(mapped(chain), counts=chain.pk not in left_out) for chain in rows]
    return sorted(found, key=lambda one: (one.country, one.supplier.casefold(), one.material, one.pk))


def mapped(chain: Chain) -> MappedChain:
    """One stored chain as plain data; supplier and links should be fetched with it."""
    steps: dict[str, Step] = {}
    further: list[Step] = []
    for link in sorted(chain.links.all(), key=lambda one: (one.tier, one.position, one.pk)):
        if link.kind in (FACTORY, QUARRY) and not link.position:
            steps[link.kind] = _step(link)
        else:
            further.append(_step(link))
    return MappedChain(
        pk=chain.pk,
        organisation=chain.organisation_id,
        supplier=chain.supplier.name,
        supplier_country=chain.supplier.country,
        material=chain.material,
        tonnes=chain.tonnes,
        value_eur=chain.value_eur,
        factory=steps.get(FACTORY, Step(FACTORY, None)),
        quarry=steps.get(QUARRY, Step(QUARRY, None)),
        rows=tuple(chain.rows),
        is_carried=chain.carried_from_id is not None,
        carried_from=chain.carried_from_id,
        is_confirmed=chain.confirmed_at is not None,
        batch=chain.batch_id,
        version=chain.version,
        band=chain.tonnes_band,
        further=tuple(further),
    )


def _step(link: Link) -> Step:
    site = link.site
    place = place_of(site) if site else None
    return Step(link.kind, place, link.country, link.asked_on, link.confidence, link.may_name_area, link.source)


def place_of(site: Site) -> Place:
    """A firm's site as plain data."""
    known = site.latitude is not None and site.longitude is not None
    at = (site.latitude, site.longitude) if known else None
    return Place(site.kind, site.name, site.place, site.country, site.local_name, at)  # type: ignore[arg-type]
