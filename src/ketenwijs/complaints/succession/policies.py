"""Who may do what about a successor body. Translators sit for one case and have no say here."""

from __future__ import annotations

from ketenwijs.complaints.cases import policies as cases
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.selectors import cases_open_to
from ketenwijs.complaints.committee.selectors import Member

TRANSLATOR = "translator"
MOVE = "continue_after_end"


def may_speak(member: Member) -> bool:
    """Whether the member may confirm a body or object to it: everybody with a seat but translators."""
    return member.seat is not None and member.function != TRANSLATOR


def may_propose(member: Member) -> bool:
    """Whether the member may propose a body or withdraw it: chair, deputy or secretary."""
    return may_speak(member) and cases.may_keep(member)


def may_hand_over(member: Member) -> bool:
    """Whether the member's function may hand cases over: those who may move a case on after the agreement's end."""
    return may_speak(member) and cases.may_move(member, MOVE)


def may_hand_over_case(member: Member, case: Case) -> bool:
    """The same for one case: also declared free, and with a key of it."""
    is_open = cases_open_to(member).filter(pk=case.pk).exists()
    return may_hand_over(member) and cases.has_declared_free(member, case) and is_open
