"""Taking a checked sheet over: its rows become chains, once, all or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains.models import Chain, IntakeBatch, Link, Site, Supplier
from ketenwijs.domain.chains.rules import (
    FACTORY,
    QUARRY,
    Change,
    Difference,
    Place,
    ProposedChain,
    difference_between,
)
from ketenwijs.domain.chains.rules.differences import CENT, KILOGRAM, stored
from ketenwijs.domain.chains.rules.grouping import LARGEST
from ketenwijs.domain.chains.rules.mapped import folded
from ketenwijs.domain.chains.selectors.batches import sheet_of
from ketenwijs.domain.chains.selectors.chains import stored_chains
from ketenwijs.domain.chains.services.chains import TIERS
from ketenwijs.domain.chains.services.restating import further_links_of, restate
from ketenwijs.domain.chains.services.together import forget_openness
from ketenwijs.domain.chains.services.writing import (
    SiteKey,
    ensure_may_write,
    forget_read,
    journal,
    lock_chains_of,
    site_key,
    sites_for,
    suppliers_for,
)
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion

UPDATED = ["tonnes", "tonnes_band", "value_eur", "rows", "batch", "confirmed_at", "version"]
ADD = "add"
REPLACE = "replace"


@transaction.atomic
def confirm_sheet(
    *, actor: Viewer, workspace: Workspace, batch: IntakeBatch, version: int, mode: str = ADD
) -> dict[str, int]:
    """Make the rows of a checked sheet into chains. Returns counts: rows, new, changed, same, gone.

    `mode` "replace": the sheet is the firm's whole list of the year, other chains go. "add": it comes on
    top, volumes
    of the same chain are added up. Refuses a second time, rows that must be repaired first, and an outdated
    page.
    """
    ensure_may_write(actor, workspace)
    if mode not in (ADD, REPLACE):
        raise DomainError(_("Say whether the sheet is your whole list of the year or an addition to it."))
    lock_chains_of(workspace)
    held = _claim(workspace, batch, version)
    sheet = sheet_of(held)
    if sheet.refused or not sheet.rows:
        raise DomainError(_("There are no rows to take over. Correct the columns first."))
    if sheet.blocked:
        sentence = ngettext(
            "%(count)s row must be repaired or left out before the sheet can be taken over. Nothing was taken over.",
            "%(count)s rows must be repaired or left out before the sheet can be taken over. Nothing was taken over.",
            len(sheet.blocked),
        )
        raise DomainError(sentence % {"count": len(sheet.blocked)})
    existing = stored_chains(workspace.organisation.pk, workspace.year.code)
    found = difference_between(existing, sheet.chains, replace=mode == REPLACE)
    _check_sums(found)
    forget_openness(actor=actor, workspace=workspace, pks=[chain.pk for chain in found.gone])
    _write(workspace, held, found)
    result = {
        "rows": sum(1 for row in sheet.rows if not row.left_out),
        "new": len(found.new),
        "changed": len(found.changed),
        "same": len(found.same),
        "gone": len(found.gone),
    }
    IntakeBatch.objects.filter(pk=held.pk).update(result={**result, "mode": mode})
    journal(actor, workspace, "chains.sheet.confirmed", held, mode=mode, **result)
    forget_read(workspace)
    return result


def _claim(workspace: Workspace, batch: IntakeBatch, version: int) -> IntakeBatch:
    """Take the batch for this transaction alone: whoever comes second finds it confirmed."""
    here = IntakeBatch.objects.filter(pk=batch.pk, organisation=workspace.organisation, year=workspace.year.code)
    held = here.select_for_update().first()
    if held is None or held.state != IntakeBatch.State.OPEN:
        raise DomainError(_("This sheet was taken over or dropped already; nothing was doubled."))
    taken = here.filter(state=IntakeBatch.State.OPEN, version=version).update(
        state=IntakeBatch.State.CONFIRMED, confirmed_at=timezone.now(), version=version + 1
    )
    if not taken:
        raise StaleVersion(_("Somebody corrected this sheet since you opened it. Look at it again and confirm then."))
    return held


def _check_sums(found: Difference) -> None:
    """Refuse totals that cannot be: too large, or less than nothing because a credit note has no purchase beside it."""
    totals = [(one.supplier, one.tonnes, one.value_eur) for one in found.new]
    totals += [(one.proposed.supplier, one.tonnes, one.value_eur) for one in found.changed]
    for supplier, *amounts in totals:
        if any(amount is not None and not 0 <= amount < LARGEST for amount in amounts):
            sentence = _(
                "The rows of %(supplier)s add up to an impossible amount. Correct them; nothing was taken over."
            )
            raise DomainError(sentence % {"supplier": supplier})


def _write(workspace: Workspace, batch: IntakeBatch, found: Difference) -> None:
    """A fixed number of statements, however many rows: everything goes in bulk."""
    organisation = workspace.organisation.pk
    if found.gone:
        Chain.objects.filter(organisation_id=organisation, pk__in=[chain.pk for chain in found.gone]).delete()
    suppliers = suppliers_for(organisation, [(one.supplier, one.supplier_country) for one in found.new])
    sites = sites_for(organisation, [place for one in found.new for place in (one.factory, one.quarry) if place])
    earlier = _earlier(workspace, found.new)
    made = Chain.objects.bulk_create([_chain(workspace, batch, one, suppliers, earlier) for one in found.new])
    links = [link for one, chain in zip(found.new, made, strict=True) for link in _links(one, chain, sites)]
    Link.objects.bulk_create([*links, *further_links_of(made)])
    _update(organisation, batch, [*found.changed, *found.same])
    restate(organisation, [change for change in found.changed if change.restates])


def _earlier(workspace: Workspace, new: Iterable[ProposedChain]) -> dict[int, Chain]:
    """The firm's chains of other years that rows of its own workbook name, each for one row only."""
    wanted = {one.number for one in new if one.number is not None}
    rows = Chain.objects.filter(organisation=workspace.organisation, pk__in=wanted).exclude(year=workspace.year.code)
    return {chain.pk: chain for chain in rows} if wanted else {}


def _chain(
    workspace: Workspace,
    batch: IntakeBatch,
    one: ProposedChain,
    suppliers: dict[tuple[str, str], Supplier],
    earlier: dict[int, Chain],
) -> Chain:
    before = earlier.pop(one.number, None) if one.number is not None else None
    return Chain(
        organisation=workspace.organisation,
        year=workspace.year.code,
        supplier=suppliers[(folded(one.supplier), one.supplier_country)],
        material=one.material,
        tonnes=stored(one.tonnes, KILOGRAM),
        value_eur=stored(one.value_eur, CENT),
        batch=batch,
        rows=_sourced(one, batch),
        confirmed_at=timezone.now(),
        carried_from=before,
        tonnes_band=before.tonnes_band if before and one.tonnes is None else "",
    )


def _sourced(one: ProposedChain, batch: IntakeBatch) -> list[dict[str, Any]]:
    """The rows of a chain, each with the sheet file it stands in."""
    return [{**row, "batch": batch.pk} for row in one.rows]


def _links(one: ProposedChain, chain: Chain, sites: dict[SiteKey, Site]) -> list[Link]:
    places: tuple[tuple[str, Place | None, str], ...] = (
        (FACTORY, one.factory, one.factory.country if one.factory else ""),
        (QUARRY, one.quarry, one.country),
    )
    return [
        Link(
            chain=chain,
            tier=TIERS[kind],
            kind=kind,
            site=sites[site_key(place)] if place else None,
            country=country,
            asked_on=None if place else one.asked_on,
        )
        for kind, place, country in places
    ]


def _update(organisation: int, batch: IntakeBatch, changes: Sequence[Change]) -> None:
    """Chains that stay keep their links, their exceptions and their number.

    Figures, source and rows are the sheet's.
    """
    by_pk = {change.before.pk: change for change in changes}
    rows = list(Chain.objects.filter(organisation_id=organisation, pk__in=list(by_pk)))
    for chain in rows:
        change = by_pk[chain.pk]
        earlier: list[dict[str, Any]] = list(chain.rows) if change.adds else []
        chain.tonnes, chain.value_eur = change.tonnes, change.value_eur
        chain.tonnes_band = "" if chain.tonnes is not None else chain.tonnes_band
        chain.rows = [*earlier, *_sourced(change.proposed, batch)]
        chain.batch = batch
        chain.confirmed_at = timezone.now()
        chain.version += 1
    Chain.objects.bulk_update(rows, UPDATED, batch_size=200)
