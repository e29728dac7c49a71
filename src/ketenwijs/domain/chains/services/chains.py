"""Chains made, changed and removed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import choices, lists
from ketenwijs.domain.chains.models import Chain, Link, Site
from ketenwijs.domain.chains.rules import FACTORY, QUARRY, Place, key_of
from ketenwijs.domain.chains.rules.grouping import LARGEST, LONGEST_NAME
from ketenwijs.domain.chains.rules.way import tiers_of
from ketenwijs.domain.chains.selectors.chains import stored_chains
from ketenwijs.domain.chains.services.together import forget_openness, note_openness
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
MOST_FURTHER = 20


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
    source: str = ""
    local_name: str = ""

    def site(self, kind: str) -> Place | None:
        """The place, or None where it is unknown."""
        name, place = " ".join(self.name.split()), " ".join(self.place.split())
        if not name and not place:
            return None
        if kind == QUARRY and not name:
            kind = "quarry_area"
        return Place(kind, name or place, place, self.country, " ".join(self.local_name.split()))


@dataclass(frozen=True)
class FurtherValues(SiteValues):
    """A place beside the first factory and the first quarry: a second source, a yard, a port."""

    kind: str = ""


@dataclass(frozen=True)
class ChainValues:
    """One chain as typed. `country` is that of origin, ISO 3166-1.

    Amounts in tonnes and euros, None where not known; then `band` may say roughly how many tonnes. `open_to_acting` and
    `further` None leave as it is what was said about that.
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
    band: str = ""
    further: tuple[FurtherValues, ...] | None = None


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
    before = list(changed.links.exclude(site=None).values_list("site_id", flat=True))
    _write_links(changed, values)
    journal(actor, workspace, "chains.chain.changed", changed, material=values.material, country=values.country)
    if values.open_to_acting is not None:
        note_openness(actor=actor, workspace=workspace, chain=changed, is_open=values.open_to_acting, left=before)
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
    forget_openness(actor=actor, workspace=workspace, pks=wanted)
    found.delete()
    forget_read(workspace)
    return len(wanted)


def _fill(chain: Chain, values: ChainValues) -> None:
    name = " ".join(values.supplier.split())
    wanted = (name, values.supplier_country)
    suppliers = suppliers_for(chain.organisation_id, [wanted])
    chain.supplier = suppliers[(name.casefold(), values.supplier_country)]
    chain.material, chain.tonnes, chain.value_eur = values.material, values.tonnes, values.value_eur
    chain.tonnes_band = values.band if values.tonnes is None else ""
    chain.confirmed_at = timezone.now()


def _write_links(chain: Chain, values: ChainValues) -> None:
    """Factory and quarry always have a link; an unknown place is a link without a site."""
    kept = {(link.kind, link.position): link for link in chain.links.all()}
    wanted: dict[tuple[str, int], SiteValues] = {(FACTORY, 0): values.factory, (QUARRY, 0): values.quarry}
    if values.further is not None:
        for one in values.further:
            position = sum(1 for kind, _position in wanted if kind == one.kind)
            wanted[one.kind, position] = one
        Link.objects.filter(pk__in=[link.pk for at, link in kept.items() if at not in wanted]).delete()
        kept = {at: link for at, link in kept.items() if at in wanted}
    tiers = tiers_of([kind for kind, _position in {**kept, **wanted}])
    sites = _sites(chain.organisation_id, {at: _place(at[0], one, values) for at, one in wanted.items()})
    for at in {**kept, **wanted}:
        kind, position = at
        link = kept.get(at) or Link(chain=chain, kind=kind, position=position)
        link.tier = tiers[kind]
        if at in wanted:
            _fill_link(link, wanted[at], sites.get(at), values)
        link.save()


def _place(kind: str, typed: SiteValues, values: ChainValues) -> Place | None:
    place = typed.site(kind)
    return None if place is None else replace(place, country=_stated(kind, typed, values))


def _stated(kind: str, typed: SiteValues, values: ChainValues) -> str:
    """A quarry lies in the country of origin, that is what origin means, unless another is said of a further one."""
    if kind != QUARRY:
        return typed.country
    return (typed.country if isinstance(typed, FurtherValues) else "") or values.country


def _sites(organisation_pk: int, places: Mapping[tuple[str, int], Place | None]) -> dict[tuple[str, int], Site]:
    known = {at: place for at, place in places.items() if place is not None}
    sites = sites_for(organisation_pk, known.values())
    return {at: sites[site_key(place)] for at, place in known.items()}


def _fill_link(link: Link, typed: SiteValues, site: Site | None, values: ChainValues) -> None:
    link.site = site
    link.country = _stated(link.kind, typed, values)
    link.asked_on = None if site else typed.asked_on
    link.confidence = typed.confidence
    # One answer for the chain: a second quarry is named in public only where the first may be.
    link.may_name_area = (values.quarry if link.kind == QUARRY else typed).may_name_area
    link.source = " ".join(typed.source.split())


def _check(values: ChainValues) -> None:
    fields = {**_wrong_names(values), **_wrong_codes(values)}
    if values.band and values.band not in {code for code, _words in lists.bands()}:
        fields["band"] = _("Choose a band from the list.")
    _check_further(values.further or ())
    for name, amount in (("tonnes", values.tonnes), ("value_eur", values.value_eur)):
        if amount is not None and not 0 <= amount < LARGEST:
            fields[name] = _("Fill in a number of zero or more, or leave it empty if unknown.")
    if fields:
        raise DomainError(_("The chain was not saved. Correct the marked fields."), fields=fields)


def _check_further(further: Sequence[FurtherValues]) -> None:
    kinds, countries = {code for code, _name in choices.site_kinds()}, {"", *choices.country_codes()}
    if len(further) > MOST_FURTHER:
        raise DomainError(_("A chain has at most 20 further places. Put the rest into a chain of its own."))
    for one in further:
        if one.kind not in kinds or one.country not in countries:
            raise DomainError(_("Choose the kind and the country of each further place from the lists."))
        if any(len(text) > LONGEST_NAME for text in (one.name, one.place, one.local_name, one.source)):
            raise DomainError(_("The name is longer than 200 characters. Shorten it."))


def _wrong_names(values: ChainValues) -> dict[str, Sentence]:
    typed = {
        "supplier": values.supplier,
        "factory_name": values.factory.name,
        "factory_place": values.factory.place,
        "quarry_name": values.quarry.name,
        "quarry_place": values.quarry.place,
        "factory_source": values.factory.source,
        "quarry_source": values.quarry.source,
        "factory_local_name": values.factory.local_name,
        "quarry_local_name": values.quarry.local_name,
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
