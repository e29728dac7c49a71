"""Measures of a ruling or of an agreement between parties, and what became of them; every word of it sealed.

The server knows the week in which a measure is due and whether its follow-up has ended: with those it warns the committee
and refuses to close too early. What, by whom, done or not, and as told by whom stand in the committee's thread.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases import policies
from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.models import Case, Measure
from ketenwijs.complaints.cases.rules import week_of
from ketenwijs.complaints.cases.services.writing import Letter, add_message
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.sealing.payloads import COMMITTEE
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

LONGEST_AHEAD = timedelta(days=10 * 366)


@transaction.atomic
def note_measure(*, actor: Member, case: Case, due: date, words: Letter) -> Measure:
    """Note a measure with its day. `words`: what and by whom, sealed; of the day only the week is kept.

    Refuses a state in which nothing was ruled or agreed, a day that is over or more than ten years away, and members who
    may not keep the case.
    """
    case = _kept(actor, case)
    if not kinds().states[case.state].measures:
        raise DomainError(
            _("A measure can be noted once something was ruled or agreed, and before the case is closed.")
        )
    week = _week(due)
    add_message(case=case, name=COMMITTEE, sequence=words.sequence, sealed=words.sealed)
    number = Measure.objects.filter(case=case).count() + 1
    kept = Measure.objects.create(case=case, number=number, message=words.sequence, due_week=week)
    record(actor=actor, event="cases.measure.noted", subject=case, values={"measure": number})
    return kept


@transaction.atomic
def follow_measure(
    *, actor: Member, case: Case, message: int, words: Letter, ends: bool, due: date | None = None
) -> Measure:
    """Record what became of a measure. `message`: the number of the message that noted it; `words`: done, not done or
    changed, as told by whom, sealed; `ends`: nothing more is asked, else `due` is the day to ask again.

    Refuses a measure that is not there or whose follow-up has ended, a day that is over, and a closed case.
    """
    case = _kept(actor, case)
    measure = Measure.objects.select_for_update().filter(case=case, message=message).first()
    if measure is None or measure.closed_week is not None or case.closed_week is not None:
        raise StaleVersion(_("The follow-up of this measure has ended already. Reload the page and look again."))
    if not ends and due is None:
        raise DomainError(_("Say on which day you will ask again, or that the follow-up ends with this."))
    if ends:
        measure.closed_week = week_of(timezone.localdate())
    elif due is not None:
        measure.due_week = _week(due)
    add_message(case=case, name=COMMITTEE, sequence=words.sequence, sealed=words.sealed)
    measure.save(update_fields=["due_week", "closed_week"])
    record(actor=actor, event="cases.measure.followed", subject=case, values={"measure": measure.number, "ends": ends})
    return measure


def _week(due: date) -> date:
    today = timezone.localdate()
    if not today <= due <= today + LONGEST_AHEAD:
        raise DomainError(_("Choose a day from today on, within ten years."))
    return week_of(due)


def _kept(actor: Member, case: Case) -> Case:
    if not policies.may_keep(actor) or not policies.has_declared_free(actor, case):
        raise NotAllowed(_("Only the chair, the deputy or the secretary may do this, after declaring to be free."))
    return Case.objects.select_for_update().get(pk=case.pk)
