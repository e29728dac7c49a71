"""Which locations members' sites may be, for the secretariat to decide: the stored register put before the matcher."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Max

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.chains import choices, proposals
from ketenwijs.domain.chains.models import (
    SharedSite,
    SharedSiteChange,
    SharedSiteIdentifier,
    Site,
    SiteMatch,
    SiteNumber,
)
from ketenwijs.domain.chains.proposals import Proposal, Spelling
from ketenwijs.domain.chains.selectors.locations import running_matches, secretariat_of, unmatched_sites
from ketenwijs.foundation.access.viewer import Viewer

LOOKED_THROUGH = 1_000
"""How many unmatched sites the list of sure proposals looks through at once."""


@dataclass(frozen=True)
class ProposedLocation:
    """A location that a site may be, with the probability and the reasons of the matcher."""

    location: SharedSite
    probability: float
    reasons: list[dict[str, Any]]


def proposals_for(viewer: Viewer, agreement: Agreement, sites: Sequence[Site]) -> dict[int, list[ProposedLocation]]:
    """Per site its proposals, best first, without those a person refused. A fixed number of queries."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed or not sites:
            return {}
        numbers = _numbers_of(sites)
        asked = [_of_site(one, one.pk, numbers.get(one.pk, "")) for one in sites]
        found = _asked(agreement, asked, _refused(agreement, sites))
        return _with_locations(agreement, found)


def sure_proposals(viewer: Viewer, agreement: Agreement, least: float) -> list[tuple[Site, ProposedLocation]]:
    """Sites whose best proposal is at least this probable, of the first thousand that nobody matched yet."""
    sites = list(unmatched_sites(viewer, agreement)[:LOOKED_THROUGH])
    found = proposals_for(viewer, agreement, sites)
    best = [(site, found[site.pk][0]) for site in sites if found.get(site.pk)]
    return [(site, one) for site, one in best if one.probability >= least]


def doubles_of(viewer: Viewer, agreement: Agreement, location: SharedSite) -> list[ProposedLocation]:
    """Other locations that may be the same one, best first: candidates for a merge."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return []
        asked = _of_location(location, "")
        found = _asked(agreement, [asked], {(asked.location, location.current_id or location.pk)})
        return _with_locations(agreement, found).get(asked.location, [])


def spelled(site: Site) -> Spelling:
    """A firm's site as the matcher reads it."""
    return _of_site(site, site.pk)


def _asked(
    agreement: Agreement, asked: Sequence[Spelling], excluded: Collection[tuple[int, int]]
) -> dict[int, list[Proposal]]:
    merged = SharedSite.objects.filter(agreement=agreement, merged_into__isnull=False)
    standing_for = {pk: current for pk, current in merged.values_list("pk", "current") if current}
    stamp = _stamp(agreement)
    register = None if proposals.is_kept(agreement.pk, stamp) else _register(agreement)
    return proposals.proposals(agreement.pk, stamp, register, asked, standing_for, excluded)


def _stamp(agreement: Agreement) -> tuple[object, ...]:
    """Changes whenever anything the matcher reads was written: every write leaves a change or a decision."""
    changes = SharedSiteChange.objects.filter(shared__agreement=agreement).aggregate(Max("pk"), Max("at"))
    decided = SiteMatch.objects.filter(agreement=agreement)
    return (*changes.values(), *decided.aggregate(Max("pk"), Max("decided_at"), Max("undone_at")).values())


def _register(agreement: Agreement) -> list[Spelling]:
    """Every way the agreement's locations are written: names, other names, and what members call them."""
    numbers: dict[int, list[str]] = {}
    for one in SharedSiteIdentifier.objects.filter(shared__agreement=agreement):
        numbers.setdefault(one.shared_id, []).append(f"{one.scheme}: {one.value}")
    found: list[Spelling] = []
    for location in SharedSite.objects.filter(agreement=agreement).order_by("pk"):
        found += _spellings(location, "; ".join(numbers.get(location.pk, ())))
    for match in running_matches(agreement).select_related("site").order_by("pk"):
        written = _of_site(match.site, match.shared_id)
        found.append(written)
        if match.site.local_name:
            found.append(replace(written, name=match.site.local_name))
    return found


def _spellings(location: SharedSite, numbers: str) -> Iterable[Spelling]:
    written = _of_location(location, numbers)
    yield written
    for name in location.other_names:
        yield replace(written, name=name)


def _of_location(location: SharedSite, numbers: str) -> Spelling:
    return Spelling(
        location=location.pk,
        stage=choices.stage_of(location.kind) or location.kind,
        name=location.name,
        place=location.place,
        country=location.country,
        latitude="" if location.latitude is None else str(location.latitude),
        longitude="" if location.longitude is None else str(location.longitude),
        identifiers=numbers,
    )


def _of_site(site: Site, number: int, numbers: str = "") -> Spelling:
    stage = choices.stage_of(site.kind) or site.kind
    latitude, longitude = ("" if one is None else str(one) for one in (site.latitude, site.longitude))
    return Spelling(number, stage, site.name, site.place, site.country, latitude, longitude, numbers)


def _numbers_of(sites: Sequence[Site]) -> dict[int, str]:
    """What the members themselves say of numbers in registers, as the matcher reads them."""
    found: dict[int, list[str]] = {}
    for one in SiteNumber.objects.filter(site__in=list(sites)).order_by("pk"):
        found.setdefault(one.site_id, []).append(f"{one.scheme}: {one.value}")
    return {pk: "; ".join(numbers) for pk, numbers in found.items()}


def _refused(agreement: Agreement, sites: Sequence[Site]) -> set[tuple[int, int]]:
    """Pairs of a site and a location (the one that stands now) that a person said are not the same."""
    decided = SiteMatch.objects.filter(agreement=agreement, is_same=False, undone_at__isnull=True, site__in=list(sites))
    return set(decided.annotate(now=F("shared__current")).values_list("site_id", "now"))


def _with_locations(agreement: Agreement, found: dict[int, list[Proposal]]) -> dict[int, list[ProposedLocation]]:
    wanted = {one.location for proposed in found.values() for one in proposed}
    rows = SharedSite.objects.filter(agreement=agreement).in_bulk(wanted)
    return {
        asked: [ProposedLocation(rows[one.location], one.probability, one.reasons) for one in proposed]
        for asked, proposed in found.items()
    }
