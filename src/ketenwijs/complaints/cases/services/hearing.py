"""Hearing parties: each has a number, a thread, a day and a state of its own, and learns nothing of another."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases.models import Case, HeardParty, Holder
from ketenwijs.complaints.cases.rules import due as due_on
from ketenwijs.complaints.cases.rules import proof_hash, week_of
from ketenwijs.complaints.cases.services.keys import (
    UNSEALED,
    current_readers,
    keep_new_thread,
    only_keepers,
    refuse_wrong_readers,
)
from ketenwijs.complaints.cases.services.opening import SealedHolder, SealedThread
from ketenwijs.complaints.cases.services.writing import Letter, add_message
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.sealing import signatures
from ketenwijs.complaints.sealing.envelopes import is_recipient, looks_sealed
from ketenwijs.complaints.sealing.payloads import COMMITTEE, MOST_PARTIES, party_name
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion

LONGEST_DAYS = 366


def next_party(case: Case) -> str:
    """Name of the thread that the next party would get; empty when no more can be heard."""
    place = HeardParty.objects.filter(case=case).count() + 1
    return party_name(place) if place <= MOST_PARTIES else ""


@transaction.atomic
def hear(
    *, actor: Member, case: Case, name: str, party: SealedHolder, thread: SealedThread, note: Letter
) -> HeardParty:
    """Open a thread with one more party, which gets a number of its own and never sees the intake thread or another
    party's. `note`: who it is and which consent it rests on, sealed within the committee.

    Refuses what is not sealed as it must be, and a name that somebody else's hearing took.
    """
    only_keepers(actor, case)
    case = Case.objects.select_for_update().get(pk=case.pk)
    shapes = (
        is_recipient(party.recipient) and signatures.is_public(party.signing) and looks_sealed(party.signing_sealed)
    )
    if not shapes:
        raise DomainError(_(UNSEALED))
    if name == "" or name != next_party(case):
        raise StaleVersion(_("Somebody else opened a hearing in the meantime. Reload the page and look again."))
    readers = current_readers(case)
    try:
        with transaction.atomic():
            holder = Holder.objects.create(
                case=case,
                role=name,
                locator=party.locator,
                proof_hash=proof_hash(party.proof),
                recipient=party.recipient,
                signing=party.signing,
                signing_sealed=party.signing_sealed,
            )
    except IntegrityError as error:
        raise StaleVersion(
            _("Somebody else opened a hearing in the meantime. Reload the page and look again.")
        ) from error
    refuse_wrong_readers(thread, readers, holder)
    keep_new_thread(case, name, 1, thread, readers, holder)
    add_message(case=case, name=COMMITTEE, sequence=note.sequence, sealed=note.sealed)
    week = week_of(timezone.localdate())
    until = due_on(week, mechanism().party_answer_days)
    assert until is not None
    kept = HeardParty.objects.create(case=case, name=name, asked_week=week, due_on=until)
    record(actor=actor, event="cases.party.heard", subject=case, values={"party": name})
    return kept


@transaction.atomic
def extend_hearing(*, actor: Member, case: Case, name: str, due: date, why: Letter) -> HeardParty:
    """Give one party until another day, with a reason sealed within the committee; the others keep theirs."""
    kept = _open_hearing(actor, case, name)
    today = timezone.localdate()
    if not today <= due <= today + timedelta(days=LONGEST_DAYS):
        raise DomainError(_("Choose a day from today on, within a year."))
    add_message(case=case, name=COMMITTEE, sequence=why.sequence, sealed=why.sealed)
    kept.due_on = due
    kept.save(update_fields=["due_on"])
    record(actor=actor, event="cases.party.extended", subject=case, values={"party": name})
    return kept


@transaction.atomic
def close_hearing(*, actor: Member, case: Case, name: str, why: Letter) -> HeardParty:
    """Close the hearing of one party, with a reason sealed within the committee: nothing more is written in its thread."""
    kept = _open_hearing(actor, case, name)
    add_message(case=case, name=COMMITTEE, sequence=why.sequence, sealed=why.sealed)
    kept.closed_week = week_of(timezone.localdate())
    kept.save(update_fields=["closed_week"])
    record(actor=actor, event="cases.party.closed", subject=case, values={"party": name})
    return kept


def _open_hearing(actor: Member, case: Case, name: str) -> HeardParty:
    only_keepers(actor, case)
    kept = HeardParty.objects.select_for_update().filter(case=case, name=name, closed_week=None).first()
    if kept is None:
        raise StaleVersion(_("This hearing is closed already. Reload the page and look again."))
    return kept
