"""A whole report year at once: last year's chains taken along, confirmed in one press, closed at hand-in."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains.models import Chain, ClosedYear, LeftOut, Link, OpenToActing
from ketenwijs.domain.chains.rules import may_take_along
from ketenwijs.domain.chains.selectors.chains import stored_chains
from ketenwijs.domain.chains.services.writing import ensure_may_write, forget_read, journal, lock_chains_of
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.ui.errors import DomainError


@transaction.atomic
def carry_over(*, actor: Viewer, workspace: Workspace, previous_year_code: str) -> int:
    """Copy an earlier year's chains into this empty year, each waiting for confirmation. Returns how many.

    Figures come along as a starting point and are marked as last year's until confirmed. Places and asking dates come
    along unchanged. Chains that were already entered by hand stay, and the same chain of the earlier year is not doubled.
    A year that has chains from a sheet or from an earlier year is left alone (0), so that pressing twice doubles nothing.
    """
    ensure_may_write(actor, workspace)
    lock_chains_of(workspace)
    organisation, code = workspace.organisation, workspace.year.code
    here = stored_chains(organisation.pk, code)
    if previous_year_code == code or not may_take_along(here):
        return 0
    known = {one.key for one in here}
    wanted = {one.pk for one in stored_chains(organisation.pk, previous_year_code) if one.key not in known}
    earlier = list(
        Chain.objects.filter(organisation=organisation, year=previous_year_code, pk__in=wanted)
        .prefetch_related("links")
        .order_by("pk")
    )
    if not earlier:
        return 0
    copies = Chain.objects.bulk_create([_copy(chain, code) for chain in earlier])
    _carry_choices(earlier, copies)
    Link.objects.bulk_create(
        _copy_link(link, copy) for chain, copy in zip(earlier, copies, strict=True) for link in chain.links.all()
    )
    values = {"from": previous_year_code, "chains": len(copies)}
    journal(actor, workspace, "chains.year.carried_over", organisation, **values)
    forget_read(workspace)
    return len(copies)


@transaction.atomic
def confirm_all(
    *, actor: Viewer, workspace: Workspace, shown: int | None = None, pks: Sequence[int] | None = None
) -> int:
    """Say of all waiting chains at once, or of those chosen with `pks`: this is still so. Returns how many there were.

    `shown` is how many stood on the page as waiting; when more are waiting by now, nothing is confirmed
    unseen.
    """
    ensure_may_write(actor, workspace)
    lock_chains_of(workspace)
    waiting = Chain.objects.filter(
        organisation=workspace.organisation, year=workspace.year.code, confirmed_at__isnull=True
    )
    if pks is not None:
        if not pks:
            raise DomainError(_("Tick the chains first."))
        waiting = waiting.filter(pk__in=set(pks))
    elif shown is not None and waiting.count() > shown:
        raise DomainError(_("The list changed since you opened it. Look at it again and confirm then."))
    confirmed = waiting.update(confirmed_at=timezone.now())
    if confirmed:
        journal(actor, workspace, "chains.year.confirmed", workspace.organisation, chains=confirmed)
    forget_read(workspace)
    return confirmed


@transaction.atomic
def close_year(*, actor: Viewer, workspace: Workspace) -> None:
    """Make the year read only after hand-in; the app that hands in has checked the right to do so."""
    _row, created = ClosedYear.objects.get_or_create(
        organisation=workspace.organisation, agreement=workspace.agreement, year=workspace.year.code
    )
    if created:
        journal(actor, workspace, "chains.year.closed", workspace.organisation)
    forget_read(workspace)


@transaction.atomic
def reopen_year(*, actor: Viewer, workspace: Workspace) -> None:
    """Make the year writable again, after the report was sent back.

    Who may do that is checked by whoever sends it back.
    """
    here = {
        "organisation": workspace.organisation,
        "agreement": workspace.agreement,
        "year": workspace.year.code,
    }
    deleted, _per_model = ClosedYear.objects.filter(**here).delete()
    if deleted:
        journal(actor, workspace, "chains.year.reopened", workspace.organisation)
    forget_read(workspace)


@transaction.atomic
def count_for(*, actor: Viewer, workspace: Workspace, pks: Sequence[int], counts: bool) -> int:
    """Say that chains are handed in for the workspace's agreement, or (`counts` false) are kept out of it.

    The file stays one: another agreement of the firm is not touched. All of them or, where one is not there, none.
    Returns how many were chosen.
    """
    ensure_may_write(actor, workspace)
    wanted = set(pks)
    here = Chain.objects.filter(organisation=workspace.organisation, year=workspace.year.code, pk__in=wanted)
    if not wanted:
        raise DomainError(_("Tick the chains first."))
    if here.count() != len(wanted):
        raise DomainError(_("Some of these chains are no longer there. Reload the page and choose again."))
    LeftOut.objects.filter(chain__in=wanted, agreement=workspace.agreement).delete()
    if not counts:
        LeftOut.objects.bulk_create(LeftOut(chain_id=pk, agreement=workspace.agreement) for pk in sorted(wanted))
    event = "chains.chain.counted" if counts else "chains.chain.left_out"
    journal(actor, workspace, event, workspace.organisation, chains=sorted(wanted))
    forget_read(workspace)
    return len(wanted)


def _copy(chain: Chain, year: str) -> Chain:
    return Chain(
        organisation_id=chain.organisation_id,
        year=year,
        supplier_id=chain.supplier_id,
        material=chain.material,
        tonnes=chain.tonnes,
        tonnes_band=chain.tonnes_band,
        value_eur=chain.value_eur,
        carried_from=chain,
    )


def _carry_choices(earlier: list[Chain], copies: list[Chain]) -> None:
    """What was kept out of an agreement stays out of it next year, and what was open to joint action stays open."""
    copy_of = {old.pk: new for old, new in zip(earlier, copies, strict=True)}
    old_choices = LeftOut.objects.filter(chain__in=copy_of)
    LeftOut.objects.bulk_create(
        LeftOut(chain=copy_of[one.chain_id], agreement_id=one.agreement_id) for one in old_choices
    )
    opened = OpenToActing.objects.filter(chain__in=copy_of)
    OpenToActing.objects.bulk_create(
        OpenToActing(chain=copy_of[one.chain_id], agreement_id=one.agreement_id) for one in opened
    )


def _copy_link(link: Link, chain: Chain) -> Link:
    return Link(
        chain=chain,
        tier=link.tier,
        kind=link.kind,
        position=link.position,
        site_id=link.site_id,
        country=link.country,
        asked_on=link.asked_on,
        confidence=link.confidence,
        may_name_area=link.may_name_area,
        source=link.source,
    )
