"""What people of the secretariat decide about members' sites: the same location, not the same, a new one; and undo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.chains import policies, proposals
from ketenwijs.domain.chains.models import SharedSite, SharedSiteChange, Site, SiteMatch
from ketenwijs.domain.chains.selectors.locations import links_that_count, running_matches
from ketenwijs.domain.chains.selectors.proposing import ProposedLocation, proposals_for, spelled, sure_proposals
from ketenwijs.foundation.access.fence import fenced_to_agreement
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

ALIKE = 0.5
"""From this probability on two sites of one list are not both registered as new: the second waits for a person."""


@contextmanager
def deciding(actor: Viewer, agreement: Agreement) -> Iterator[None]:
    """Refuse whoever may not; hold the agreement's row, so that two people do not decide past each other."""
    if not policies.may_match_sites(actor, agreement):
        raise NotAllowed(_("Only the secretariat keeps the register of locations."))
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    with fenced_to_agreement(agreement.pk):
        yield


def journal(actor: Viewer, agreement: Agreement, event: str, subject: Model, **values: Any) -> None:
    """One entry in the agreement's own chain; numbers, never names."""
    record(actor=actor, event=event, subject=subject, chain=agreement.slug, values=values)


def note(
    actor: Viewer, shared: SharedSite, what: str, other: SharedSite | None = None, details: dict[str, Any] | None = None
) -> None:
    """One line in the history of a location; `details` say what stood there before."""
    SharedSiteChange.objects.create(shared=shared, what=what, other=other, details=details or {}, by=actor.person)


@transaction.atomic
def match_site(*, actor: Viewer, agreement: Agreement, site: Site, location: SharedSite) -> SiteMatch:
    """Say that a member's site is this location. What the matcher said about the pair is kept beside it."""
    with deciding(actor, agreement):
        _ensure_unmatched(agreement, [site.pk])
        current = _current(agreement, location)
        return _match(actor, agreement, site, current, _proposed(actor, agreement, site, current))


@transaction.atomic
def refuse_match(*, actor: Viewer, agreement: Agreement, site: Site, location: SharedSite) -> SiteMatch:
    """Say that a site is not this location, so that it is not proposed again."""
    with deciding(actor, agreement):
        _ensure_unmatched(agreement, [site.pk])
        current = _current(agreement, location)
        known = SiteMatch.objects.filter(agreement=agreement, site=site, shared=current, is_same=False)
        if known.filter(undone_at__isnull=True).exists():
            raise DomainError(_("This was decided already. Reload the page."))
        decided = SiteMatch.objects.create(
            agreement=agreement, site=site, shared=current, is_same=False, decided_by=actor.person,
            **_as_shown(_proposed(actor, agreement, site, current)),
        )  # fmt: skip
        journal(actor, agreement, "chains.match.refused", decided, site=site.pk, location=current.pk)
        return decided


@transaction.atomic
def register_sites(*, actor: Viewer, agreement: Agreement, pks: Sequence[int]) -> list[SharedSite]:
    """Register members' sites as new locations, each matched with its site.

    Of several that look alike only the first becomes a location; the others wait as proposals for a person. All of them
    or, where one is matched already or not there, none.
    """
    with deciding(actor, agreement):
        if not pks:
            raise DomainError(_("Tick the sites first."))
        _ensure_unmatched(agreement, pks)
        sites = list(Site.objects.filter(pk__in=list(pks)).order_by("country", "name", "pk"))
        waiting = proposals.alike([spelled(one) for one in sites], ALIKE) if len(sites) > 1 else {}
        return [_register(actor, agreement, one) for one in sites if one.pk not in waiting]


@transaction.atomic
def accept_proposals(
    *, actor: Viewer, agreement: Agreement, pairs: Sequence[tuple[int, int]], least: float
) -> list[SiteMatch]:
    """Confirm a list of sure proposals (site and location) in one press; all that still stand as shown, or none."""
    with deciding(actor, agreement):
        if not pairs:
            raise DomainError(_("Tick the proposals first."))
        sure = {(site.pk, one.location.pk): (site, one) for site, one in sure_proposals(actor, agreement, least)}
        gone = sum(1 for pair in set(pairs) if pair not in sure)
        if gone:
            sentence = _("Nothing was decided: %(count)s of the ticked proposals changed. Look at the list again.")
            raise DomainError(sentence % {"count": gone})
        chosen = [sure[pair] for pair in dict.fromkeys(pairs)]
        return [_match(actor, agreement, site, one.location, one, SiteMatch.Way.LIST) for site, one in chosen]


@transaction.atomic
def undo_decision(*, actor: Viewer, agreement: Agreement, decision: SiteMatch) -> SiteMatch:
    """Take a decision back: the site waits for a decision again. A location that stays without sites is kept."""
    with deciding(actor, agreement):
        here = SiteMatch.objects.filter(agreement=agreement, pk=decision.pk, undone_at__isnull=True)
        if not here.update(undone_at=timezone.now(), undone_by=actor.person):
            raise DomainError(_("This decision was undone already. Reload the page."))
        values = {"site": decision.site_id, "location": decision.shared_id}
        journal(actor, agreement, "chains.match.undone", decision, **values)
        return SiteMatch.objects.get(pk=decision.pk)


def _ensure_unmatched(agreement: Agreement, pks: Sequence[int]) -> None:
    """All these sites count for the agreement and wait for a decision; foreign and decided ones look the same."""
    wanted = set(pks)
    counted = set(links_that_count(agreement).filter(site__in=wanted).values_list("site_id", flat=True))
    taken = set(running_matches(agreement).filter(site__in=wanted).values_list("site_id", flat=True))
    missing = len(wanted - counted | taken)
    if missing:
        sentence = _("Nothing was decided: %(count)s of these sites are decided or no longer there. Reload the page.")
        raise DomainError(sentence % {"count": missing})


def _current(agreement: Agreement, location: SharedSite) -> SharedSite:
    """The location that stands for this one now; refused where it is another agreement's."""
    found = SharedSite.objects.filter(agreement=agreement, pk=location.current_id or location.pk).first()
    if found is None:
        raise DomainError(_("This location is no longer there. Reload the page."))
    return found


def _proposed(actor: Viewer, agreement: Agreement, site: Site, location: SharedSite) -> ProposedLocation | None:
    found = proposals_for(actor, agreement, [site]).get(site.pk, [])
    return next((one for one in found if one.location.pk == location.current_id), None)


def _as_shown(proposed: ProposedLocation | None, way: str = SiteMatch.Way.PROPOSAL) -> dict[str, Any]:
    if proposed is None:
        return {"way": SiteMatch.Way.BY_HAND}
    return {"way": way, "probability": proposed.probability, "reasons": proposed.reasons}


def _match(
    actor: Viewer, agreement: Agreement, site: Site, location: SharedSite, proposed: ProposedLocation | None,
    way: str = SiteMatch.Way.PROPOSAL,
) -> SiteMatch:  # fmt: skip
    decided = SiteMatch.objects.create(
        agreement=agreement, site=site, shared=location, is_same=True, decided_by=actor.person,
        **_as_shown(proposed, way),
    )  # fmt: skip
    values = {"site": site.pk, "location": location.pk, "way": decided.way, "probability": decided.probability}
    journal(actor, agreement, "chains.match.decided", decided, **values)
    return decided


def _register(actor: Viewer, agreement: Agreement, site: Site) -> SharedSite:
    made = SharedSite.objects.create(
        agreement=agreement, kind=site.kind, name=site.name, place=site.place, country=site.country,
        other_names=[site.local_name] if site.local_name else [], latitude=site.latitude, longitude=site.longitude,
    )  # fmt: skip
    SharedSite.objects.filter(pk=made.pk).update(current=F("pk"))
    made.current = made
    note(actor, made, SharedSiteChange.What.REGISTERED)
    SiteMatch.objects.create(
        agreement=agreement, site=site, shared=made, is_same=True, way=SiteMatch.Way.NEW, decided_by=actor.person
    )
    journal(actor, agreement, "chains.location.registered", made, site=site.pk)
    return made
