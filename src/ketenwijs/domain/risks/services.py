"""Weighing risks: the firm's scores with a reason, exceptions per chain, last year's carried over and confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.parts import ensure_open
from ketenwijs.domain.agreements.workspaces import Workspace, ensure_writable
from ketenwijs.domain.chains.models import Chain
from ketenwijs.domain.risks import policies
from ketenwijs.domain.risks.models import ChainException, Involvement, Risk
from ketenwijs.domain.risks.selectors import Place, places_of, themes_of
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

SCORES = ("scale", "scope", "irremediability", "likelihood")
FIELDS = (*SCORES, "involvement", "reason", "source")
LONGEST_REASON = 4_000


def _weigher_only(actor: Viewer, organisation_id: int) -> None:
    if not policies.may_weigh(actor, organisation_id):
        raise NotAllowed(_("Only people of the company itself may weigh its risks."))


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a weighing; scores 1 to 4 or None, a reason whenever anything was filled in (0.2 rule 5)."""
    if set(values) - set(FIELDS):
        raise DomainError(_("The form holds fields that do not belong there. Reload the page and try again."))
    checked = {name: values.get(name) for name in SCORES}
    if any(score is not None and score not in (1, 2, 3, 4) for score in checked.values()):
        raise DomainError(_("A score is 1, 2, 3 or 4, or unknown."))
    involvement = values.get("involvement") or ""
    if involvement and involvement not in Involvement.values:
        raise DomainError(_("Choose how your company is involved."))
    reason = (values.get("reason") or "").strip()
    if not reason and (involvement or any(score is not None for score in checked.values())):
        raise DomainError(
            _("Write in a few words why you weigh it like this."), fields={"reason": _("A reason is needed here.")}
        )
    if len(reason) > LONGEST_REASON:
        raise DomainError(_("This reason is too long. Keep it under 4,000 characters."))
    return {
        **checked,
        "involvement": involvement,
        "reason": reason,
        "source": (values.get("source") or "").strip()[:300],
    }


@transaction.atomic
def weigh(
    *, actor: Viewer, workspace: Workspace, place: Place, theme: str, values: Mapping[str, Any], version: int = 0
) -> Risk:
    """Weigh one theme at one place; `version` is 0 for the first time.

    Refuses places that are not in the firm's chains of this year and themes the agreement does not have.
    """
    _weigher_only(actor, workspace.organisation.pk)
    ensure_writable(workspace)
    ensure_open(workspace)
    if place not in places_of(workspace) or theme not in themes_of(workspace):
        raise DomainError(_("This country, stone and stage are not in your chains of this year. Reload the page."))
    fields = {**_checked(values), "weighed_by": actor.person, "weighed_at": timezone.now()}
    key = _key(workspace, place, theme)
    if version == 0:
        risk, created = Risk.objects.get_or_create(**key, defaults=fields)
        if not created:
            raise StaleVersion(_("A colleague weighed this in the meantime. Compare both and save again."))
    else:
        fields["confirmed_at"] = timezone.now()
        changed = Risk.objects.filter(**key, version=version).update(**fields, version=version + 1)
        if not changed:
            raise StaleVersion(_("A colleague weighed this in the meantime. Compare both and save again."))
        risk = Risk.objects.get(**key)
    _journal(actor, risk, "risks.risk.weighed")
    return risk


@transaction.atomic
def weigh_place(
    *, actor: Viewer, workspace: Workspace, place: Place, weighings: Mapping[str, tuple[int, Mapping[str, Any]]]
) -> int:
    """Save a whole page: all themes of one place, each with the version it showed. All or nothing; returns how many."""
    for theme, (version, values) in weighings.items():
        weigh(actor=actor, workspace=workspace, place=place, theme=theme, values=values, version=version)
    return len(weighings)


@transaction.atomic
def except_chain(
    *, actor: Viewer, workspace: Workspace, risk: Risk, chain: Chain, values: Mapping[str, Any], version: int = 0
) -> ChainException:
    """Say that one chain differs from the rest of its country, stone and stage, and why. `workspace` is the risk's."""
    _weigher_only(actor, risk.organisation_id)
    ensure_writable(workspace)
    ensure_open(workspace)
    if chain.organisation_id != risk.organisation_id or chain.year != risk.year or chain.material != risk.material:
        raise DomainError(_("This chain does not belong to this risk. Choose another chain."))
    fields = {**_checked(values), "weighed_by": actor.person, "weighed_at": timezone.now()}
    if version == 0:
        exception, created = ChainException.objects.get_or_create(risk=risk, chain=chain, defaults=fields)
        if not created:
            raise StaleVersion(_("A colleague weighed this in the meantime. Compare both and save again."))
    else:
        rows = ChainException.objects.filter(risk=risk, chain=chain, version=version)
        if not rows.update(**fields, version=version + 1):
            raise StaleVersion(_("A colleague weighed this in the meantime. Compare both and save again."))
        exception = ChainException.objects.get(risk=risk, chain=chain)
    _journal(actor, risk, "risks.exception.weighed", chain=chain.pk)
    return exception


@transaction.atomic
def remove_exception(*, actor: Viewer, workspace: Workspace, exception: ChainException) -> None:
    """The chain is like the others after all. `workspace` is the risk's."""
    _weigher_only(actor, exception.risk.organisation_id)
    ensure_writable(workspace)
    ensure_open(workspace)
    _journal(actor, exception.risk, "risks.exception.removed", chain=exception.chain_id)
    exception.delete()


@transaction.atomic
def carry_over(*, actor: Viewer, workspace: Workspace, from_year: str) -> int:
    """Copy last year's weighings for places that are still in the chains; they wait for confirmation. Returns how many."""
    _weigher_only(actor, workspace.organisation.pk)
    ensure_writable(workspace)
    ensure_open(workspace)
    places = set(places_of(workspace))
    here = {"organisation": workspace.organisation, "agreement": workspace.agreement}
    known = set(
        Risk.objects.filter(**here, year=workspace.year.code).values_list("country", "material", "stage", "theme")
    )
    fresh = [
        Risk(**here, year=workspace.year.code, carried_from=old, **_copied(old))
        for old in Risk.objects.filter(**here, year=from_year)
        if Place(old.country, old.material, old.stage) in places
        and (old.country, old.material, old.stage, old.theme) not in known
    ]
    Risk.objects.bulk_create(fresh)
    if fresh:
        record(
            actor=actor,
            event="risks.risk.carried_over",
            subject=workspace.organisation,
            chain=workspace.agreement.slug,
            values={"from": from_year, "to": workspace.year.code, "number": len(fresh)},
        )
    return len(fresh)


@transaction.atomic
def confirm_carried(*, actor: Viewer, workspace: Workspace, risks: Iterable[int] | None = None) -> int:
    """Say in one press that carried weighings still hold; `risks` limits it to those shown. Returns how many."""
    _weigher_only(actor, workspace.organisation.pk)
    ensure_writable(workspace)
    ensure_open(workspace)
    rows = Risk.objects.filter(
        organisation=workspace.organisation,
        agreement=workspace.agreement,
        year=workspace.year.code,
        carried_from__isnull=False,
        confirmed_at=None,
    )
    if risks is not None:
        rows = rows.filter(pk__in=list(risks))
    number = rows.update(confirmed_at=timezone.now())
    record(
        actor=actor,
        event="risks.risk.confirmed",
        subject=workspace.organisation,
        chain=workspace.agreement.slug,
        values={"year": workspace.year.code, "number": number},
    )
    return number


def _key(workspace: Workspace, place: Place, theme: str) -> dict[str, Any]:
    return {
        "organisation": workspace.organisation,
        "agreement": workspace.agreement,
        "year": workspace.year.code,
        "country": place.country,
        "material": place.material,
        "stage": place.stage,
        "theme": theme,
    }


def _copied(old: Risk) -> dict[str, Any]:
    names = ("country", "material", "stage", "theme", *FIELDS, "weighed_by", "weighed_at")
    return {name: getattr(old, name) for name in names}


def _journal(actor: Viewer, risk: Risk, event: str, **values: Any) -> None:
    record(
        actor=actor,
        event=event,
        subject=risk,
        chain=risk.agreement.slug,
        values={"theme": risk.theme, "country": risk.country, "material": risk.material, "stage": risk.stage, **values},
    )
