"""Opening and closing rounds, recording a year without one, and saying who works on which dossier."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.rules import NONE, ReportYear
from ketenwijs.domain.agreements.selectors import framework_of, members_of
from ketenwijs.domain.agreements.targets import target_of
from ketenwijs.domain.agreements.workspaces import workspace_of
from ketenwijs.domain.assessments import policies
from ketenwijs.domain.assessments.models import Dossier, Round
from ketenwijs.domain.assessments.requirements import is_private_round
from ketenwijs.domain.assessments.services.moving import move_dossier
from ketenwijs.domain.assessments.states import DONE, HANDED_IN
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.content.services import mark_used
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


@transaction.atomic
def open_round(*, actor: Viewer, agreement: Agreement, year: ReportYear) -> Round:
    """Open the round of a report year: freeze its edition and start a dossier for every member that owes one.

    Days come from the agreement's calendar. Group, level and membership year are frozen in each dossier. Refuses a
    year that the calendar marks as one without a round.
    """
    if not year.held:
        raise DomainError(_("The calendar says that there is no round in this year."))
    edition = framework_of(agreement, year.term_code).edition
    round_, _created = Round.objects.get_or_create(
        agreement=agreement, year=year.code, defaults={"term": year.term_code, "edition": edition}
    )
    if not policies.may_manage_round(actor, round_):
        raise NotAllowed(_("Only the coordinator of the secretariat opens a round."))
    if round_.opened_at:
        raise DomainError(_("This round is open already."))
    round_.opens_on, round_.due_on, round_.reply_days = year.opens_on, year.due_on, year.reply_days
    round_.opened_at = timezone.now()
    round_.save()
    mark_used(edition)
    dossiers = _dossiers_for(actor, round_, year)
    Dossier.objects.bulk_create(dossiers)
    record(
        actor=actor,
        event="assessments.round.opened",
        subject=round_,
        chain=agreement.slug,
        values={"year": year.code, "edition": edition.pk, "dossiers": len(dossiers)},
    )
    return round_


def _dossiers_for(actor: Viewer, round_: Round, year: ReportYear) -> list[Dossier]:
    fresh = []
    for membership in members_of(actor, round_.agreement, kind=Membership.Kind.PARTICIPANT, on=year.ends_on):
        standing = workspace_of(actor, membership, year)
        if standing.duty.report == NONE:
            continue
        fresh.append(
            Dossier(
                round=round_,
                organisation_id=membership.organisation_id,
                membership=membership,
                kind=standing.duty.report,
                group=standing.group,
                membership_year=standing.membership_year,
                level=standing.level,
                target_level=target_of(standing),
            )
        )
    return fresh


@transaction.atomic
def record_year_without_round(
    *, actor: Viewer, agreement: Agreement, year: ReportYear, reason: Mapping[str, str] | None = None
) -> Round:
    """Write down that a year has no round, with the reason in words per language; a normal state, never a gap."""
    words = dict(reason or year.reason or {})
    if not words:
        raise DomainError(_("Write why there is no round this year; the annual report prints it."))
    round_, created = Round.objects.get_or_create(
        agreement=agreement, year=year.code, defaults={"term": year.term_code, "held": False, "reason": words}
    )
    if not policies.may_manage_round(actor, round_):
        raise NotAllowed(_("Only the coordinator of the secretariat records this."))
    if not created:
        raise DomainError(_("This year is recorded already."))
    record(
        actor=actor,
        event="assessments.round.none",
        subject=round_,
        chain=agreement.slug,
        values={"year": year.code, "reason": words},
    )
    return round_


@transaction.atomic
def close_round(*, actor: Viewer, round_: Round) -> Round:
    """Close a round once every dossier is finished; refuses with the number that is not.

    Where nobody is judged, what was handed in is counted now, and who did not answer simply did not.
    """
    if not policies.may_manage_round(actor, round_):
        raise NotAllowed(_("Only the coordinator of the secretariat closes a round."))
    if round_.closed_at:
        raise DomainError(_("This round is closed already."))
    if is_private_round(round_):
        _count_handed_in(actor, round_)
    left = 0 if is_private_round(round_) else round_.dossiers.exclude(state__in=DONE).count()
    if left:
        raise DomainError(_("%(count)s reports are not published yet. Finish these first.") % {"count": left})
    round_.closed_at = timezone.now()
    round_.save(update_fields=["closed_at"])
    record(actor=actor, event="assessments.round.closed", subject=round_, chain=round_.agreement.slug)
    return round_


def _count_handed_in(actor: Viewer, round_: Round) -> None:
    for dossier in round_.dossiers.filter(state=HANDED_IN).select_related("round__agreement"):
        move_dossier(actor=actor, dossier=dossier, name="count")


@transaction.atomic
def assign(
    *, actor: Viewer, dossier: Dossier, adviser: Person | None, assessor: Person | None, second_reader: Person | None
) -> Dossier:
    """Say who advises, who assesses and who reads second: three different people (security.md 2)."""
    if not policies.may_assign(actor, dossier):
        raise NotAllowed(_("Only the coordinator of the secretariat divides the work."))
    chosen = [person.pk for person in (adviser, assessor, second_reader) if person]
    if len(chosen) != len(set(chosen)):
        raise DomainError(_("Adviser, assessor and second reader of one report are different people."))
    dossier.adviser, dossier.assessor, dossier.second_reader = adviser, assessor, second_reader
    dossier.save(update_fields=["adviser", "assessor", "second_reader"])
    record(
        actor=actor,
        event="assessments.dossier.assigned",
        subject=dossier,
        chain=dossier.round.agreement.slug,
        values={"adviser": dossier.adviser_id, "assessor": dossier.assessor_id, "second": dossier.second_reader_id},
    )
    return dossier
