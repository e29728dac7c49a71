"""Joining, leaving, and the dated group and outcome of a membership; each act refreshes the public
register.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements import packages, policies
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.models import Agreement, GroupPeriod, LevelPeriod, Membership, PlanLink
from ketenwijs.domain.agreements.publications import publish_membership
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

ONE_DAY = timedelta(days=1)


@transaction.atomic
def join(
    *,
    actor: Viewer,
    agreement: Agreement,
    organisation: Organisation,
    kind: str,
    joined_on: date,
    group: str = "",
    section: str = "",
    publish: bool = True,
) -> Membership:
    """Begin a membership. A member company needs a group, a party a section when the agreement has sections.

    Refuses a second running membership of the same kind and one that overlaps an earlier one. `publish` is
    switched off only by the register import, which publishes each row once at its end.
    """
    _manages(actor, agreement)
    definition = packages.definition_of(agreement.slug)
    if kind not in Membership.Kind.values:
        raise DomainError(_("Choose how the organisation takes part."))
    if kind == Membership.Kind.PARTICIPANT:
        _known_group(definition, group)
    elif kind == Membership.Kind.PARTY and section and section not in packages.section_names(definition):
        raise DomainError(_("Choose a section of the agreement."), fields={"section": _("This section is not known.")})
    if joined_on > timezone.localdate():
        raise DomainError(
            _("A membership cannot begin in the future. Correct the date."),
            fields={"joined_on": _("In the future.")},
        )
    _no_overlap(agreement, organisation, kind, joined_on)
    membership = Membership.objects.create(
        agreement=agreement, organisation=organisation, kind=kind, joined_on=joined_on, section=section
    )
    if kind == Membership.Kind.PARTICIPANT:
        GroupPeriod.objects.create(membership=membership, group=group, since=joined_on)
    values = {"organisation": organisation.pk, "kind": kind, "joined_on": joined_on, "group": group}
    record(
        actor=actor,
        event="agreements.membership.begun",
        subject=membership,
        chain=agreement.slug,
        values=values,
    )
    if publish:
        publish_membership(actor=actor, membership=membership, effective_on=joined_on)
    return membership


@transaction.atomic
def leave(
    *,
    actor: Viewer,
    membership: Membership,
    left_on: date,
    reason: str,
    note: str = "",
    version: int | None = None,
    publish: bool = True,
) -> Membership:
    """End a membership on its last day, with a reason of the agreement's list. History and outcomes stay.

    The firm's people read on for the appeal term, then no more (`policies.still_reads`).
    """
    _manages(actor, membership.agreement)
    if membership.left_on is not None:
        raise DomainError(_("This membership has ended already. Reload the page."))
    if left_on < membership.joined_on:
        raise DomainError(
            _("The last day lies before the first. Correct the date."),
            fields={"left_on": _("Before joining.")},
        )
    if reason not in packages.exit_reasons(packages.definition_of(membership.agreement.slug)):
        raise DomainError(_("Choose the reason of leaving from the list."), fields={"reason": _("Choose a reason.")})
    running = Membership.objects.filter(pk=membership.pk, left_on__isnull=True, version=version or membership.version)
    changed = running.update(
        left_on=left_on, exit_reason=reason, exit_note=note.strip(), version=membership.version + 1
    )
    if not changed:
        raise StaleVersion(_("Somebody else changed this membership in the meantime. Reload the page and look again."))
    membership.groups.filter(until__isnull=True).update(until=left_on)
    membership.levels.filter(until__isnull=True).update(until=left_on)
    membership.refresh_from_db()
    values = {"left_on": left_on, "exit_reason": reason}
    record(
        actor=actor,
        event="agreements.membership.ended",
        subject=membership,
        chain=membership.agreement.slug,
        values=values,
        reason=note,
    )
    if publish:
        publish_membership(actor=actor, membership=membership, effective_on=left_on)
    return membership


@transaction.atomic
def correct_joining(*, actor: Viewer, membership: Membership, joined_on: date, reason: str, version: int) -> Membership:
    """Correct a wrong joining date; the first group period moves along. A reason is needed, it changes what
    is owed.
    """
    _manages(actor, membership.agreement)
    if not reason.strip():
        raise DomainError(_("Write the reason in a few words first."), fields={"reason": _("A reason is needed here.")})
    if joined_on > timezone.localdate() or (membership.left_on and joined_on > membership.left_on):
        raise DomainError(
            _("This day cannot be the first one. Correct the date."), fields={"joined_on": _("Not possible.")}
        )
    _no_overlap(membership.agreement, membership.organisation, membership.kind, joined_on, except_for=membership)
    second = membership.groups.order_by("since").values_list("since", flat=True)[1:2]
    if second and joined_on >= second[0]:
        raise DomainError(
            _("The group changed before this day. Correct the date."),
            fields={"joined_on": _("Not possible.")},
        )
    before = membership.joined_on
    found = Membership.objects.filter(pk=membership.pk, version=version)
    if not found.update(joined_on=joined_on, version=version + 1):
        raise StaleVersion(_("Somebody else changed this membership in the meantime. Reload the page and look again."))
    membership.groups.filter(since=before).update(since=joined_on)
    membership.refresh_from_db()
    values = {"joined_on": joined_on, "before": before}
    record(
        actor=actor,
        event="agreements.membership.corrected",
        subject=membership,
        chain=membership.agreement.slug,
        values=values,
        reason=reason,
    )
    publish_membership(actor=actor, membership=membership, effective_on=timezone.localdate())
    return membership


@transaction.atomic
def set_group(*, actor: Viewer, membership: Membership, group: str, since: date, publish: bool = True) -> GroupPeriod:
    """Put a member company in another group as of a day; the earlier period ends the day before and stays
    readable.
    """
    _manages(actor, membership.agreement)
    _runs(membership, since)
    _known_group(packages.definition_of(membership.agreement.slug), group)
    current = membership.groups.filter(until__isnull=True).first()
    if current and current.group == group:
        raise DomainError(_("The company is in this group already."), fields={"group": _("Choose another group.")})
    if current and since <= current.since:
        raise DomainError(
            _("The group begins after the present one began. Correct the date."),
            fields={"since": _("Too early.")},
        )
    if current:
        GroupPeriod.objects.filter(pk=current.pk).update(until=since - ONE_DAY)
    period = GroupPeriod.objects.create(membership=membership, group=group, since=since)
    values = {"group": group, "since": since, "before": current.group if current else ""}
    record(
        actor=actor,
        event="agreements.group.set",
        subject=membership,
        chain=membership.agreement.slug,
        values=values,
    )
    if publish:
        publish_membership(actor=actor, membership=membership, effective_on=since)
    return period


@transaction.atomic
def set_level(
    *,
    actor: Viewer,
    membership: Membership,
    scheme: str,
    value: str,
    number: int | None,
    since: date,
    reason: str,
    report_year: str = "",
    publish: bool = True,
) -> LevelPeriod:
    """Record the outcome a member holds as of a day; the earlier one of the same scheme ends and stays
    readable.

    `number` is the year or level the value is about. An outcome dated before the present one is refused:
    history only grows at its end. A member that left in the meantime still gets the outcome of a year in
    which it was a member.
    """
    if not policies.may_set_level(actor, membership.agreement):
        raise NotAllowed(_("You may not record outcomes. Ask the lead of the secretariat."))
    definition = packages.definition_of(membership.agreement.slug)
    if value not in packages.outcome_names(definition, scheme):
        raise DomainError(_("This outcome is not known to the agreement. Choose one from the list."))
    if report_year and packages.year_by_code(definition, report_year) is None:
        raise DomainError(_("This report year is not known to the agreement. Choose one from the list."))
    number = number if number is not None else packages.number_of_value(definition, scheme, value)
    current = membership.levels.filter(scheme=scheme).order_by("-since", "-pk").first()
    if current and since < current.since:
        raise DomainError(
            _("An outcome of a later day is recorded already. Correct the date."),
            fields={"since": _("Too early.")},
        )
    membership.levels.filter(scheme=scheme, until__isnull=True).update(until=since - ONE_DAY)
    period = LevelPeriod.objects.create(
        membership=membership,
        scheme=scheme,
        value=value,
        number=number,
        since=since,
        reason=reason.strip(),
        report_year=report_year,
        until=_until_of_leaver(membership, since),
    )
    values = {"scheme": scheme, "value": value, "number": number, "since": since, "report_year": report_year}
    record(
        actor=actor,
        event="agreements.level.set",
        subject=membership,
        chain=membership.agreement.slug,
        values=values,
        reason=reason,
    )
    if publish:
        publish_membership(actor=actor, membership=membership, effective_on=since)
    return period


@transaction.atomic
def link_plan(*, actor: Viewer, membership: Membership, report_year: str, url: str, publish: bool = True) -> PlanLink:
    """Note where a plan of an earlier year can be read outside this system; a second link for a year replaces
    the first.
    """
    _manages(actor, membership.agreement)
    if packages.year_by_code(packages.definition_of(membership.agreement.slug), report_year) is None:
        raise DomainError(_("This report year is not known to the agreement. Choose one from the list."))
    link, _created = PlanLink.objects.update_or_create(
        membership=membership, report_year=report_year, defaults={"url": url}
    )
    values = {"report_year": report_year, "url": url}
    record(
        actor=actor,
        event="agreements.plan.linked",
        subject=membership,
        chain=membership.agreement.slug,
        values=values,
    )
    if publish:
        publish_membership(actor=actor, membership=membership, effective_on=timezone.localdate())
    return link


def _manages(actor: Viewer, agreement: Agreement) -> None:
    if not policies.may_manage_members(actor, agreement):
        raise NotAllowed(_("You may not change memberships. Ask the lead of the secretariat."))


def _known_group(definition: AgreementFile, group: str) -> None:
    if group not in packages.group_names(definition):
        raise DomainError(_("Choose the group of the company."), fields={"group": _("This group is not known.")})


def _runs(membership: Membership, day: date) -> None:
    if membership.left_on is not None:
        raise DomainError(_("This membership has ended. Nothing can be changed in it any more."))
    if day < membership.joined_on:
        raise DomainError(
            _("This day lies before the membership. Correct the date."),
            fields={"since": _("Before joining.")},
        )


def _until_of_leaver(membership: Membership, since: date) -> date | None:
    return max(membership.left_on, since) if membership.left_on else None


def _no_overlap(
    agreement: Agreement,
    organisation: Organisation,
    kind: str,
    joined_on: date,
    except_for: Membership | None = None,
) -> None:
    """Two memberships of one organisation in one role never cover the same day."""
    others = Membership.objects.filter(agreement=agreement, organisation=organisation, kind=kind)
    last = except_for.left_on if except_for else None
    for other in others.exclude(pk=except_for.pk) if except_for else others:
        begins_before_end = last is None or other.joined_on <= last
        if not begins_before_end or (other.left_on is not None and other.left_on < joined_on):
            continue
        words = {"name": organisation.name, "since": date_format(other.joined_on)}
        if other.left_on is None:
            raise DomainError(_("%(name)s takes part already, since %(since)s.") % words)
        words["until"] = date_format(other.left_on)
        raise DomainError(
            _("%(name)s took part from %(since)s until %(until)s; another membership cannot cover these days.") % words,
            fields={"joined_on": _("Choose a day after the earlier membership.")},
        )
