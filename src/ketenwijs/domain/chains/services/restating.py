"""Corrections of chains by their own number: our workbook came back with another supplier, stone or place in a row.

What the workbook does not hold (further places, source, confidence, what is left out for an agreement) stays with the
chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ketenwijs.domain.chains.models import Chain, Link, Site
from ketenwijs.domain.chains.rules import FACTORY, QUARRY, Change, Place
from ketenwijs.domain.chains.rules.differences import asked_again
from ketenwijs.domain.chains.rules.mapped import Step, folded
from ketenwijs.domain.chains.services.writing import SiteKey, site_key, sites_for, suppliers_for

STEPS = (FACTORY, QUARRY)


def restate(organisation: int, changes: Sequence[Change]) -> None:
    """Write supplier, stone, factory and quarry of these chains anew. A fixed number of statements."""
    if not changes:
        return
    by_pk = {change.before.pk: change for change in changes}
    suppliers = suppliers_for(organisation, [_supplier(change) for change in changes])
    sites = sites_for(organisation, [place for change in changes for place in _places(change).values() if place])
    rows = list(Chain.objects.filter(organisation_id=organisation, pk__in=list(by_pk)))
    for chain in rows:
        change = by_pk[chain.pk]
        name, country = _supplier(change)
        chain.supplier, chain.material = suppliers[(folded(name), country)], change.proposed.material
    Chain.objects.bulk_update(rows, ["supplier", "material"], batch_size=200)
    links = list(Link.objects.filter(chain__in=rows, kind__in=STEPS, position=0))
    for link in links:
        _fill(link, by_pk[link.chain_id], sites)
    Link.objects.bulk_update(links, ["site", "country", "asked_on"], batch_size=200)


def further_links_of(chains: Iterable[Chain]) -> list[Link]:
    """Of chains that were another year's: the places besides the first factory and quarry, as new links.

    One query, and none where no chain was.
    """
    new = {chain.carried_from_id: chain for chain in chains if chain.carried_from_id is not None}
    if not new:
        return []
    rows = Link.objects.filter(chain__in=list(new)).exclude(kind__in=STEPS, position=0)
    return [_copy(link, new[link.chain_id]) for link in rows]


def _copy(link: Link, chain: Chain) -> Link:
    link.pk, link.chain = None, chain
    return link


def _supplier(change: Change) -> tuple[str, str]:
    """Sheets often leave the seller's country out; then it stays."""
    return change.proposed.supplier, change.proposed.supplier_country or change.before.supplier_country


def _places(change: Change) -> dict[str, Place | None]:
    before, one = change.before, change.proposed
    return {FACTORY: _place(before.factory, one.factory), QUARRY: _place(before.quarry, one.quarry)}


def _place(step: Step, said: Place | None) -> Place | None:
    """The place as said; what the sheet has no column for (its kind) or leaves out (its country) stays."""
    if said is None or step.site is None:
        return said
    return replace(said, kind=step.site.kind, country=said.country or step.site.country)


def _fill(link: Link, change: Change, sites: dict[SiteKey, Site]) -> None:
    place = _places(change)[link.kind]
    if place is not None:
        link.site, link.asked_on = sites[site_key(place)], None
        link.country = change.proposed.country if link.kind == QUARRY else place.country
        return
    if link.site_id is not None or asked_again(change.before, change.proposed):
        link.asked_on = change.proposed.asked_on
    link.site = None
    link.country = change.proposed.country if link.kind == QUARRY else change.before.factory.country
