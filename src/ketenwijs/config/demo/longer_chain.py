"""A chain by hand with several places on its way and people whom no register knows, for the first firm."""

from __future__ import annotations

from decimal import Decimal

from ketenwijs.config.demo.definitions import LongerChain, LongerSite
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.selectors import own_sites
from ketenwijs.domain.chains.services import ChainValues, FurtherValues, PeopleValues, SiteValues
from ketenwijs.foundation.access.viewer import Viewer


def add_longer_chain(actor: Viewer, workspace: Workspace, one: LongerChain) -> None:
    """Add it through the same services as the chain's form and the pages of the firm's places."""
    values = ChainValues(
        supplier=one.supplier,
        supplier_country=one.country,
        country=one.country,
        material=one.stone,
        band=one.band,
        factory=_site(one.factory, one.country),
        quarry=_site(one.quarry, one.country),
        further=tuple(
            FurtherValues(kind=site.kind, name=site.name, place=site.place, country=site.country)
            for site in one.further
        ),
    )
    services.add_chain(actor=actor, workspace=workspace, values=values)
    sites = {site.name: site for site in own_sites(workspace)}
    for site in (one.factory, one.quarry):
        if site.point:
            latitude, longitude = (Decimal(str(degrees)) for degrees in site.point)
            services.describe_site(
                actor=actor, workspace=workspace, site=sites[site.name], local_name=site.local_name,
                latitude=latitude, longitude=longitude,
            )  # fmt: skip
    group = one.people
    people = PeopleValues(group.kind, group.at_least, group.at_most, group.how_known)
    services.keep_people(actor=actor, workspace=workspace, site=sites[one.further[0].name], values=people)


def _site(site: LongerSite, country: str) -> SiteValues:
    return SiteValues(name=site.name, place=site.place, country=country, local_name=site.local_name)
