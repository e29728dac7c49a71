"""The public copies of members and authorities, and when they are renewed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from ketenwijs.domain.agreements import selectors
from ketenwijs.domain.agreements.models import LevelPeriod, Membership
from ketenwijs.domain.agreements.public_shapes import HeldOutcome, PublicAuthority, PublicMember, PublicPlanLink
from ketenwijs.domain.agreements.publications.names import AUTHORITY, MEMBER
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.publishing.selectors import as_of
from ketenwijs.foundation.publishing.services import preview, publish


def publish_membership(*, actor: Viewer, membership: Membership, effective_on: date) -> None:
    """Renew the public copy of a member or authority after a change; the service has checked the right.

    A copy is never dated back: what is entered today about last year is public from today on. Facts with a
    day in the future get a copy of their own for that day, so that nothing is public too early. A copy that
    would say the same as the one in force is left out.
    """
    if membership.kind not in (Membership.Kind.PARTICIPANT, Membership.Kind.AUTHORITY):
        return
    membership = _fresh(membership)
    today = timezone.localdate()
    days = {max(effective_on, today), *(day for day in _days_of(membership) if day > today)}
    slug = membership.agreement.slug
    is_member = membership.kind == Membership.Kind.PARTICIPANT
    kind, key = (MEMBER if is_member else AUTHORITY), f"{slug}/{membership.organisation.reference}"
    for day in sorted(days):
        payload = member_payload(membership, day) if is_member else authority_payload(membership, day)
        before = as_of(kind, key, day)
        if before is None or before.payload != preview(kind, payload):
            publish(actor=actor, kind=kind, key=key, payload=payload, effective_on=day, chain=slug)


def _fresh(membership: Membership) -> Membership:
    """The latest membership of the same organisation in the same role, as stored: a return replaces an
    earlier time.
    """
    return (
        Membership.objects.filter(
            agreement_id=membership.agreement_id,
            organisation_id=membership.organisation_id,
            kind=membership.kind,
        )
        .select_related("agreement", "organisation")
        .prefetch_related("groups", "levels", "plan_links")
        .latest("joined_on", "pk")
    )


def _days_of(membership: Membership) -> list[date]:
    days = [group.since for group in membership.groups.all()] + [level.since for level in membership.levels.all()]
    return days + ([membership.left_on] if membership.left_on else [])


def member_payload(membership: Membership, day: date) -> PublicMember:
    """What the register shows of a member company as of a day."""
    organisation = membership.organisation
    group = selectors.group_on(membership, day) or next(iter(reversed(membership.groups.all())), None)
    return PublicMember(
        agreement=membership.agreement.slug,
        reference=organisation.reference,
        name=organisation.name,
        kind=organisation.subkind,
        country=organisation.country,
        place=organisation.place,
        website=organisation.website,
        joined_on=membership.joined_on,
        left_on=_left_by(membership, day),
        group=group.group if group else "",
        outcomes=[_held(level) for level in _known_by(membership, day)],
        plan_links=[
            PublicPlanLink(report_year=link.report_year, url=link.url)
            for link in sorted(membership.plan_links.all(), key=lambda one: one.report_year, reverse=True)
        ],
        is_example=organisation.is_example,
    )


def authority_payload(membership: Membership, day: date) -> PublicAuthority:
    """What the register shows of a contracting authority as of a day."""
    organisation = membership.organisation
    return PublicAuthority(
        agreement=membership.agreement.slug,
        reference=organisation.reference,
        name=organisation.name,
        kind=organisation.subkind,
        country=organisation.country,
        place=organisation.place,
        website=organisation.website,
        joined_on=membership.joined_on,
        left_on=_left_by(membership, day),
        is_example=organisation.is_example,
    )


def _left_by(membership: Membership, day: date) -> date | None:
    return membership.left_on if membership.left_on and membership.left_on <= day else None


def _known_by(membership: Membership, day: date) -> list[LevelPeriod]:
    """Outcomes dated until a day, newest first."""
    known = [level for level in membership.levels.all() if level.since <= day]
    return sorted(known, key=lambda level: (level.since, level.pk), reverse=True)


def _held(level: LevelPeriod) -> HeldOutcome:
    return HeldOutcome(
        scheme=level.scheme,
        value=level.value,
        number=level.number,
        report_year=level.report_year,
        since=level.since,
    )
