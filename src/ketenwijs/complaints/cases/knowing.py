"""Who may know that a case exists: its number stands in no list, count, notice or answer for anybody else."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from ketenwijs.complaints.cases.models import Admission, Case, Declaration
from ketenwijs.complaints.cases.rules import week_of
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.models import Seat
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.foundation.accounts.models import Person


def kept_from(person: Person) -> Q:
    """Cases that a person may not know of: those in which the person declared an interest, in whatever seat, and those
    told without the chair while the person was the chair, also after the function has passed to somebody else."""
    refused = Declaration.objects.filter(seat__person=person, free=False).values("case")
    found = Q(pk__in=refused)
    for seat in Seat.objects.filter(person=person, function__in=mechanism().left_out()):
        during = Q(without_chair=True, received_week__gte=week_of(seat.since))
        found |= during & Q(received_week__lte=seat.until) if seat.until else during
    return found


def people_kept_from(case: Case) -> set[int]:
    """The same seen from a case: primary keys of the persons who may not know of it, so nobody may give them its key."""
    found = set(Declaration.objects.filter(case=case, free=False).values_list("seat__person", flat=True))
    if case.without_chair:
        until_then = Q(until=None) | Q(until__gte=case.received_week)
        held = Seat.objects.filter(until_then, function__in=mechanism().left_out())
        found |= {seat.person_id for seat in held if week_of(seat.since) <= case.received_week}
    return found


def known_cases(member: Member) -> QuerySet[Case]:
    """Every case that a member may know of."""
    return Case.objects.exclude(kept_from(member.person))


def lapsed(today: date | None = None) -> QuerySet[Admission]:
    """Admissions of temporary members whose last day is over."""
    return Admission.objects.filter(until__lt=today or timezone.localdate())


def may_act(member: Member, case: Case) -> bool:
    """Whether the member said to have no interest, is not left out, and is admitted today."""
    if member.seat is None or not known_cases(member).filter(pk=case.pk).exists():
        return False
    if lapsed().filter(case=case, seat__person=member.person).exists():
        return False
    return Declaration.objects.filter(case=case, seat=member.seat, free=True).exists()
