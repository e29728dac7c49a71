"""Temporary members, such as translators, open a case until a day; after it nothing more, and what follows gets new keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases import policies
from ketenwijs.complaints.cases.knowing import lapsed
from ketenwijs.complaints.cases.models import Admission, Case, Wrap
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.models import Seat
from ketenwijs.complaints.committee.selectors import Member, seats_today
from ketenwijs.complaints.committee.services import Operator
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

LONGEST_DAYS = 366


def temporary_seats() -> dict[int, tuple[Seat, int]]:
    """Seats held today of temporary functions with the days each gets at first, by primary key of the person."""
    found = ((seat, mechanism().temporary_days(seat.function)) for seat in seats_today())
    return {seat.person_id: (seat, days) for seat, days in found if days is not None}


def admit(case: Case, people: Iterable[int]) -> None:
    """Give the temporary ones of some people, who got the key of a case, their last day; one that runs stays."""
    today, temporary = timezone.localdate(), temporary_seats()
    for person in people:
        if person not in temporary:
            continue
        seat, days = temporary[person]
        until = today + timedelta(days=days)
        kept, created = Admission.objects.get_or_create(case=case, seat=seat, defaults={"until": until})
        if not created and kept.until < today:
            Admission.objects.filter(pk=kept.pk).update(until=until)


@transaction.atomic
def extend_access(*, actor: Member, case: Case, seat: int, until: date) -> Admission:
    """Let a temporary member, by primary key of the seat, open a case until another day; an earlier one too.

    Refuses members who may not keep the case, a day that is over or more than a year away, and an access that has ended:
    then a member must give the key again.
    """
    if not policies.may_keep(actor) or not policies.has_declared_free(actor, case):
        raise NotAllowed(_("Only the chair, the deputy or the secretary may do this, after declaring to be free."))
    today = timezone.localdate()
    admission = Admission.objects.select_for_update().filter(case=case, seat=seat).first()
    if admission is None or admission.until < today:
        raise DomainError(_("This access has ended. Give the key of the case again, after opening it."))
    if not today <= until <= today + timedelta(days=LONGEST_DAYS):
        raise DomainError(_("Choose a day from today on, within a year."))
    admission.until = until
    admission.save(update_fields=["until"])
    record(actor=actor, event="cases.access.extended", subject=case, values={"seat": seat, "until": until})
    return admission


def end_admissions(today: date) -> int:
    """Take the keys of everybody whose last day is over; what follows in the case needs a new key. Returns how many.

    Nothing was served to them since that day: this removes what lies here. A temporary member who holds a key without a
    day, from before days were kept, gets one.
    """
    for person in temporary_seats():
        undated = Wrap.objects.filter(member_key__person=person).exclude(thread__case__admissions__seat__person=person)
        for case in Case.objects.filter(pk__in=undated.values("thread__case")):
            admit(case, [person])
    ended = 0
    for admission in lapsed(today).select_related("case", "seat"):
        with transaction.atomic():
            wraps = Wrap.objects.filter(thread__case=admission.case, member_key__person=admission.seat.person_id)
            if not wraps.exists():
                continue
            wraps.delete()
            Case.objects.filter(pk=admission.case_id, closed_week=None).update(renew_keys=True)
            record(
                actor=Operator(), event="cases.access.ended", subject=admission.case, values={"seat": admission.seat_id}
            )
        ended += 1
    return ended
