"""What all writes of chains share: the check that the firm may write here now, and suppliers and
sites made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace, ensure_writable
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import ClosedYear, Site, Supplier
from ketenwijs.domain.chains.rules import Place
from ketenwijs.domain.chains.rules.mapped import folded
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

DEGREE_STEP = Decimal("0.00001")
"""Coordinates are kept to about a metre."""


def ensure_may_write(actor: Viewer, workspace: Workspace) -> None:
    """Refuse everybody but people of the firm, and everybody after hand-in.

    Asks the database anew, whatever the page kept.
    """
    if not actor.is_system:
        ensure_writable(workspace)
    if not policies.may_edit(actor, workspace.organisation.pk):
        raise NotAllowed(_("Only people of the company itself may change its chains."))
    here = {
        "organisation": workspace.organisation,
        "agreement": workspace.agreement,
        "year": workspace.year.code,
    }
    if ClosedYear.objects.filter(**here).exists():
        raise DomainError(
            _("The report was handed in, so the chains are read only. Ask the secretariat to send it back.")
        )


def lock_chains_of(workspace: Workspace) -> None:
    """Hold the firm's row until the transaction ends, so that two people do not rebuild the same list
    at once.
    """
    Organisation.objects.select_for_update().get(pk=workspace.organisation.pk)


def forget_read(workspace: Workspace) -> None:
    """Drop what this request read before the change."""
    for name in ("chains", "chains_closed", "facts"):
        workspace.kept.pop(name, None)


def journal(actor: Viewer, workspace: Workspace, event: str, subject: models.Model | str, **values: Any) -> None:
    """One journal entry in the agreement's own chain, with firm and report year."""
    values = {"organisation": workspace.organisation.pk, "year": workspace.year.code, **values}
    record(actor=actor, event=event, subject=subject, chain=workspace.agreement.slug, values=values)


def suppliers_for(organisation_pk: int, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Supplier]:
    """The firm's suppliers by folded name and country; missing ones are made. Two queries at most."""
    found = {
        (folded(supplier.name), supplier.country): supplier
        for supplier in Supplier.objects.filter(organisation_id=organisation_pk).order_by("-pk")
    }
    missing = {
        (folded(name), country): Supplier(organisation_id=organisation_pk, name=name, country=country)
        for name, country in wanted
        if (folded(name), country) not in found
    }
    for supplier in Supplier.objects.bulk_create(missing.values()):
        found[(folded(supplier.name), supplier.country)] = supplier
    return found


SiteKey = tuple[str, str, str, str]


def site_key(place: Place) -> SiteKey:
    """What makes two sites of one firm the same."""
    return place.kind, folded(place.name), folded(place.place), place.country


def sites_for(organisation_pk: int, wanted: Iterable[Place]) -> dict[SiteKey, Site]:
    """The firm's sites by key; missing ones are made. Of a site that was merged the one it went into counts.

    A name in local script or coordinates that are stated now are kept with the site; nothing stated leaves it as it is.
    Two queries, and one more where something was added to sites that are there.
    """
    rows = list(Site.objects.filter(organisation_id=organisation_pk).order_by("-pk"))
    by_pk = {site.pk: site for site in rows}
    found = {_key_of_site(site): _surviving(site, by_pk) for site in rows}
    missing: dict[SiteKey, Site] = {}
    changed: dict[int, Site] = {}
    for one in wanted:
        key = site_key(one)
        site = found.get(key) or missing.get(key)
        if site is None:
            missing[key] = site = Site(
                organisation_id=organisation_pk, kind=one.kind, name=one.name, place=one.place, country=one.country
            )
        if _add_details(site, one) and site.pk:
            changed[site.pk] = site
    for site in Site.objects.bulk_create(missing.values()):
        found[_key_of_site(site)] = site
    if changed:
        Site.objects.bulk_update(changed.values(), ["local_name", "latitude", "longitude"], batch_size=200)
    return found


def _key_of_site(site: Site) -> SiteKey:
    return site.kind, folded(site.name), folded(site.place), site.country


def _surviving(site: Site, by_pk: Mapping[int, Site]) -> Site:
    while site.merged_into_id is not None:
        site = by_pk[site.merged_into_id]
    return site


def _add_details(site: Site, place: Place) -> bool:
    """Take over what is stated beside name and place; whether that changed anything."""
    before = (site.local_name, site.latitude, site.longitude)
    site.local_name = place.local_name or site.local_name
    if place.coordinates is not None:
        site.latitude, site.longitude = (degrees.quantize(DEGREE_STEP) for degrees in place.coordinates)
    return before != (site.local_name, site.latitude, site.longitude)
