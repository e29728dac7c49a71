"""Members that use the same place under different names, for the tests of the register of locations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.chains import selectors, services
from ketenwijs.domain.chains.models import Chain, SharedSite, Site
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import YEAR, add, example_agreement, member, opened, staff, worker
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.access.viewer import Viewer

TODAY = date(2025, 10, 15)
UNKNOWN = SiteValues()
NAMES = ("Rajeshwari Granite Quarry", "Rajeshwari Granites Quarry", "Rajeshwari Granit Quarry")


@dataclass
class Firm:
    """One member with somebody who works there and one chain through a quarry."""

    membership: Membership
    viewer: Viewer
    chain: Chain
    site: Site


@dataclass
class Register:
    """An agreement with its secretariat and members whose chains go through what may be one quarry."""

    agreement: Agreement
    lead: Viewer
    firms: list[Firm]

    def register(self, number: int = 0) -> SharedSite:
        """The quarry of one firm as a new location."""
        return services.register_sites(actor=self.lead, agreement=self.agreement, pks=[self.firms[number].site.pk])[0]

    def match(self, number: int, location: SharedSite) -> Any:
        """One firm's quarry matched with a location."""
        return services.match_site(
            actor=self.lead, agreement=self.agreement, site=self.firms[number].site, location=location
        )

    def shared_by_all(self) -> SharedSite:
        """One location that all firms use."""
        location = self.register()
        for number in range(1, len(self.firms)):
            self.match(number, location)
        return location

    def waiting(self) -> list[Site]:
        """Sites nobody decided about."""
        return list(selectors.unmatched_sites(self.lead, self.agreement))


def firm_with_quarry(
    agreement: Agreement, name: str, quarry: str, *, place: str = "Kolar, Karnataka", is_open: bool = False,
    year: str = YEAR, country: str = "IN",
) -> Firm:  # fmt: skip
    """A member with one chain: factory unknown, quarry named."""
    membership = member(agreement, name)
    viewer = worker(membership.organisation, name=f"{agreement.slug}.{name}".replace(" ", ".").lower())
    with fenced_for(viewer):
        chain = add(
            viewer, opened(viewer, membership, year), f"Supplier of {name}", factory=UNKNOWN, country=country,
            quarry=SiteValues(name=quarry, place=place), open_to_acting=is_open,
        )  # fmt: skip
        site = chain.links.get(kind="quarry").site
    assert site is not None
    return Firm(membership, viewer, chain, site)


def register_of(*, firms: int = 2, is_open: bool = False, slug: str | None = None) -> Register:
    """An agreement with so many members whose quarries look alike. The caller puts up the lead's fence."""
    agreement = example_agreement(slug) if slug else example_agreement()
    made = [
        firm_with_quarry(agreement, f"Firm {chr(65 + number)}", NAMES[number % len(NAMES)], is_open=is_open)
        for number in range(firms)
    ]
    return Register(agreement, staff(agreement), made)
