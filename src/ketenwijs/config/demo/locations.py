"""The secretariat's register of locations in the demonstration: part decided, part left for the visitor to decide."""

from __future__ import annotations

from django.conf import settings

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.chains import selectors, services
from ketenwijs.foundation.access.viewer import Viewer

REGISTERED = 3
"""Every so many sites is registered as a location; the others are matched with them or wait."""
LEFT_OPEN = 4
"""Every so many sure proposals waits for the visitor."""


def fill_locations(agreement: Agreement, *, lead: Viewer) -> None:
    """Register part of the sites and confirm most sure proposals. The caller puts up the lead's fence."""
    waiting = [site.pk for site in selectors.unmatched_sites(lead, agreement)]
    chosen = waiting[::REGISTERED]
    if not chosen:
        return
    services.register_sites(actor=lead, agreement=agreement, pks=chosen)
    least = settings.SURE_MATCH
    sure = [(site.pk, one.location.pk) for site, one in selectors.sure_proposals(lead, agreement, least)]
    pairs = [pair for number, pair in enumerate(sure) if number % LEFT_OPEN]
    if pairs:
        services.accept_proposals(actor=lead, agreement=agreement, pairs=pairs, least=least)
