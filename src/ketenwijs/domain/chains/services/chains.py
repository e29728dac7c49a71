"""Chains made, changed and removed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import choices
from ketenwijs.domain.chains.models import Chain, Link, Site
from ketenwijs.domain.chains.rules import FACTORY, QUARRY, Place, key_of
from ketenwijs.domain.chains.rules.grouping import LARGEST, LONGEST_NAME
from ketenwijs.domain.chains.selectors.chains import stored_chains
from ketenwijs.domain.chains.services.together import note_openness
from ketenwijs.domain.chains.services.writing import (
    ensure_may_write,
    forget_read,
    journal,
    lock_chains_of,
    site_key,
    sites_for,
    suppliers_for,
)
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.ui.errors import DomainError, Sentence, StaleVersion

TIERS = {FACTORY: 1, QUARRY: 2}


@dataclass(frozen=True)
class SiteValues:
    """A factory or quarry as typed. Name and place both empty means unknown.

    `country` is then only what is stated.
    """

    name: str = ""
    place: str = ""
    country: str = ""
    asked_on: date | None = None
    confidence: str = Link.Confidence.STATED
    may_name_area: bool = True

    def site(self, kind: str) -> Place | None:
        """The place, or None where it is unknown."""
        name, place = " ".join(self.name.split()), " ".join(self.place.split())
        if not name and not place:
            return None
        if kind == QUARRY and not name:
            kind = "quarry_area"
        return Place(kind, name or place, place, self.country)


@dataclass(frozen=True)
class ChainValues:
    """One chain as typed. `country` is that of origin, ISO 3166-1.

    Amounts in tonnes and euros, None where not known. `open_to_acting` None leaves as it is what was said about that.
    """

    supplier: str
    country: str
    material: str
    supplier_country: str = ""
    tonnes: Decimal | None = None
    value_eur: Decimal | None = None
    factory: SiteValues = field(default_factory=SiteValues)
    quarry: SiteValues = field(default_factory=SiteValues)
    open_to_acting: bool | None = None


@transaction.atomic
def add_chain(*, actor: Viewer, workspace: Workspace, values: ChainValues) -> Chain:
    """Add one chain by hand; it counts as confirmed.

    A chain that is there already is refused rather than doubled.
    """
    ensure_may_write(actor, workspace)
    lock_chains_of(workspace)
    _check(values)
    _refuse_double(workspace, values)
    chain = Chain(organisation=workspace.organisation, year=workspace.year.code)
    _fill(chain, values)
    chain.save()
    _write_links(chain, values)
    journal(actor, workspace, "chains.chain.added", chain, material=values.material, country=values.country)
    if values.open_to_acting is not None:
        note_openness(actor=actor, workspace=workspace, chain=chain, is_open=values.open_to_acting)
    forget_read(workspace)
    return chain


@transaction.atomic
def change_chain(*, actor: Viewer, workspace: Workspace, chain: Chain, version: int, values: ChainValues) -> Chain:
    """Correct one chain, which also confirms it.

    Raises `StaleVersion` when somebody saved since `version` was shown.
    """
    ensure_may_write(actor, workspace)
    lock_chains_of(workspace)
    _check(values)
    _refuse_double(workspace, values, besides=chain.pk)
    here = Chain.objects.filter(organisation=workspace.organisation, year=workspace.year.code, pk=chain.pk)
    if not here.filter(version=version).update(version=version + 1):
        raise StaleVersion(_("Somebody else changed this chain in the meantime. Compare both and save again."))
    changed = here.get()
    amounts = (changed.tonnes, changed.value_eur)
    _fill(changed, values)
    if (changed.tonnes, changed.value_eur) != amounts:
        # The parts from the sheet no longer add up to the figure, so they would mislead.
        changed.rows = []
    changed.save()
    _write_links(changed, values)
    journal(actor, workspace, "chains.chain.changed", changed, material=values.material, country=values.country)
    if values.open_to_acting is not None:
        note_openness(actor=actor, workspace=workspace, chain=changed, is_open=values.open_to_acting)
    forget_read(workspace)
    return changed


@transaction.atomic
def remove_chains(*, actor: Viewer, workspace: Workspace, pks: Sequence[int]) -> int:
    """Take chains out of this year's list; all of them or, where one is not there (any more), none."""
    ensure_may_write(actor, workspace)
    wanted = set(pks)
    found = Chain.objects.filter(organisation=workspace.organisation, year=workspace.year.code, pk__in=wanted)
    missing = len(wanted) - found.count()
    if missing:
        sentence = _("Nothing was removed: %(count)s of the chosen chains are not in this list. Reload the page.")
        raise DomainError(sentence % {"count": missing})
    for pk in sorted(wanted):
        journal(actor, workspace, "chains.chain.removed", f"chains.chain:{pk}")
    found.delete()
    forget_read(workspace)
    return len(wanted)


def _fill(chain: Chain, values: ChainValues) -> None:
    name = " ".join(values.supplier.split())
    wanted = (name, values.supplier_country)
    suppliers = suppliers_for(chain.organisation_id, [wanted])
    chain.supplier = suppliers[(name.casefold(), values.supplier_country)]
    chain.material, chain.tonnes, chain.value_eur = values.material, values.tonnes, values.value_eur
    chain.confirmed_at = timezone.now()


def _write_links(chain: Chain, values: ChainValues) -> None:
    """Both links always exist; an unknown place is a link without a site."""
    for kind, typed in ((FACTORY, values.factory), (QUARRY, values.quarry)):
        stated = values.country if kind == QUARRY else typed.country
        place = typed.site(kind)
        if place is not None:
            place = Place(place.kind, place.name, place.place, stated)
        Link.objects.update_or_create(
            chain=chain,
            tier=TIERS[kind],
            kind=kind,
            defaults={
                "site": _site(chain.organisation_id, place),
                "country": stated,
                "asked_on": None if place else typed.asked_on,
                "confidence": typed.confidence,
                "may_name_area": typed.may_name_area,
            },
        )


def _site(organisation_pk: int, place: Place | None) -> Site | None:
    return sites_for(organisation_pk, [place])[site_key(place)] if place else None


def _check(values: ChainValues) -> None:
    fields = {**_wrong_names(values), **_wrong_codes(values)}
    for name, amount in (("tonnes", values.tonnes), ("value_eur", values.value_eur)):
        if amount is not None and not 0 <= amount < LARGEST:
            fields[name] = _("Fill in a number of zero or more, or leave it empty if unknown.")
    if fields:
        raise DomainError(_("The chain was not saved. Correct the marked fields."), fields=fields)


def _wrong_names(values: ChainValues) -> dict[str, Sentence]:
    typed = {
        "supplier": values.supplier,
        "factory_name": values.factory.name,
        "factory_place": values.factory.place,
        "quarry_name": values.quarry.name,
        "quarry_place": values.quarry.place,
    }
    too_long = _("The name is longer than 200 characters. Shorten it.")
    found: dict[str, Sentence] = {name: too_long for name, text in typed.items() if len(text) > LONGEST_NAME}
    if not values.supplier.strip():
        found["supplier"] = _("Fill in the supplier.")
    return found


def _wrong_codes(values: ChainValues) -> dict[str, Sentence]:
    known = {"", *choices.country_codes()}
    typed = {
        "country": values.country,
        "supplier_country": values.supplier_country,
        "factory_country": values.factory.country,
    }
    wrong = _("Choose a country from the list.")
    found: dict[str, Sentence] = {name: wrong for name, code in typed.items() if code not in known}
    if not values.country:
        found["country"] = _("Choose the country the stone comes from.")
    if values.material not in choices.material_codes():
        found["material"] = _("Choose the kind of stone from the list.")
    return found


def _refuse_double(workspace: Workspace, values: ChainValues, besides: int | None = None) -> None:
    key = key_of(
        values.supplier, values.material, values.country,
        values.factory.site(FACTORY), values.quarry.site(QUARRY),
    )  # fmt: skip
    for one in stored_chains(workspace.organisation.pk, workspace.year.code):
        if one.key == key and one.pk != besides:
            raise DomainError(_("This chain is in your list already. Change the figures there."))
