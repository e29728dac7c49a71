"""States and clocks of a case. A reason is a sealed message of the committee's thread, never a column."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases import policies
from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.models import Case, Measure
from ketenwijs.complaints.cases.rules import after_pause, due, week_of
from ketenwijs.complaints.cases.services.writing import add_message
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.sealing.payloads import COMMITTEE
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

CLOSED, CLOSE = "closed", "close"
LONGEST_EXTENSION = 366


@transaction.atomic
def move_case(
    *,
    actor: Member,
    case: Case,
    move: str,
    seen: str,
    sequence: int = 0,
    sealed: bytes = b"",
    agreed: bool = False,
    without_follow_up: bool = False,
) -> Case:
    """Make one move. `seen` is the state the member looked at; `sealed` the reasons, where the move asks for them;
    `agreed`: the handing over that this move belongs to was consented to; `without_follow_up`: a case that closes
    leaves its measures as they are, with reasons.

    Refuses a move that does not start here, one the function may not make, a missing reason, and a state that
    somebody else changed.
    """
    case = _free(actor, case)
    machine = kinds().machine(case.kind)
    step = machine.moves.get(move)
    if step is None or case.state not in step.sources:
        raise StaleVersion(_("This step is not possible now. Reload the page to see what is."))
    if not policies.may_move(actor, move):
        raise NotAllowed(_("Your function in the committee does not allow this step."))
    if policies.goes_with_consent(move) and not agreed:
        raise DomainError(
            _("A case goes to another body only by handing it over with the person’s consent. Ask first.")
        )
    if case.suspended_week is not None:
        raise DomainError(_("The case is suspended. Resume it first."))
    if seen != case.state:
        raise StaleVersion(_("Somebody else changed this in the meantime. Reload the page and look again."))
    if step.reason and not sealed:
        raise DomainError(_("Write the reasons first; they are sealed with this step."))
    is_open_ended = step.target == CLOSED and _refuse_open_measures(case, without=without_follow_up, sealed=sealed)
    if sealed:
        add_message(case=case, name=COMMITTEE, sequence=sequence, sealed=sealed)
    _set_state(case, step.target)
    values = {"move": move, "to": step.target, **({"without_follow_up": True} if is_open_ended else {})}
    record(actor=actor, event="cases.state.moved", subject=case, values=values)
    return case


@transaction.atomic
def suspend(*, actor: Member, case: Case, sequence: int, sealed: bytes) -> Case:
    """Stop the clocks, with reasons in a sealed message."""
    case = _free(actor, case)
    _only_keepers(actor)
    if case.suspended_week is not None or case.closed_week is not None:
        raise StaleVersion(_("This step is not possible now. Reload the page to see what is."))
    add_message(case=case, name=COMMITTEE, sequence=sequence, sealed=sealed)
    case.suspended_week = week_of(timezone.localdate())
    case.save(update_fields=["suspended_week"])
    record(actor=actor, event="cases.clock.stopped", subject=case)
    return case


@transaction.atomic
def resume(*, actor: Member, case: Case) -> Case:
    """Let the clocks run again; due days move on by the weeks they stood still."""
    case = _free(actor, case)
    _only_keepers(actor)
    if case.suspended_week is None:
        raise StaleVersion(_("This step is not possible now. Reload the page to see what is."))
    now = week_of(timezone.localdate())
    case.due_on = after_pause(case.due_on, case.suspended_week, now)
    case.decide_by = after_pause(case.decide_by, case.suspended_week, now)
    case.suspended_week = None
    case.save(update_fields=["due_on", "decide_by", "suspended_week"])
    record(actor=actor, event="cases.clock.resumed", subject=case)
    return case


@transaction.atomic
def extend(*, actor: Member, case: Case, days: int, sequence: int, sealed: bytes) -> Case:
    """Give both clocks more days, with reasons in a sealed message."""
    case = _free(actor, case)
    _only_keepers(actor)
    if not 1 <= days <= LONGEST_EXTENSION or case.closed_week is not None:
        raise DomainError(_("Give between 1 and 366 days more, and only while the case is open."))
    add_message(case=case, name=COMMITTEE, sequence=sequence, sealed=sealed)
    case.due_on = case.due_on and case.due_on + timedelta(days=days)
    case.decide_by = case.decide_by and case.decide_by + timedelta(days=days)
    case.save(update_fields=["due_on", "decide_by"])
    record(actor=actor, event="cases.clock.extended", subject=case, values={"days": days})
    return case


@transaction.atomic
def set_kind(*, actor: Member, case: Case, kind: str) -> Case:
    """Say what kind of case it is, while it is in its first state; its own clocks count from the week of receipt."""
    case = _free(actor, case)
    _only_keepers(actor)
    known = {one.code: one for one in kinds().kinds}
    if kind not in known or case.state != kinds().kind(case.kind).first:
        raise DomainError(_("The kind can be set only while the case has just been received."))
    new = known[kind]
    case.kind, case.state = kind, new.first
    case.due_on = due(case.received_week, new.days.get(new.first))
    case.decide_by = due(case.received_week, new.whole_days)
    case.save(update_fields=["kind", "state", "due_on", "decide_by"])
    record(actor=actor, event="cases.kind.set", subject=case, values={"kind": kind})
    return case


def _refuse_open_measures(case: Case, *, without: bool, sealed: bytes) -> bool:
    """Whether the case closes although a measure is still followed, or none was noted where one could be expected.

    That needs the word of the member and reasons, else it is refused.
    """
    noted = list(Measure.objects.filter(case=case).values_list("closed_week", flat=True))
    is_expected = kinds().states[case.state].measures
    if None not in noted and (noted or not is_expected):
        return False
    if not without and noted:
        raise DomainError(
            _("A measure is still being followed. Record how it ended, or close without follow-up, with reasons.")
        )
    if not without:
        raise DomainError(
            _("No measure was noted. Note what was ruled or agreed, or close without follow-up, with reasons.")
        )
    if not sealed:
        raise DomainError(_("Write the reasons first; they are sealed with this step."))
    return True


def _set_state(case: Case, target: str) -> None:
    kind, week = kinds().kind(case.kind), week_of(timezone.localdate())
    case.state, case.state_week = target, week
    case.due_on = due(week, kind.days.get(target))
    if target in kind.decides:
        case.decide_by = None
    case.closed_week = week if target == CLOSED else None
    case.save(update_fields=["state", "state_week", "due_on", "decide_by", "closed_week"])


def _free(actor: Member, case: Case) -> Case:
    if not policies.has_declared_free(actor, case):
        raise NotAllowed(_("First declare whether you have an interest in this case."))
    return Case.objects.select_for_update().get(pk=case.pk)


def _only_keepers(actor: Member) -> None:
    if not policies.may_keep(actor):
        raise NotAllowed(_("Your function in the committee does not allow this step."))
