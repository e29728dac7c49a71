"""Who may do what in a case. Reading is never a policy: it needs a key."""

from __future__ import annotations

from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.knowing import may_act
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.committee.terms import reception

LEADERS = frozenset({"chair", "deputy_chair"})
KEEPERS = frozenset({"chair", "deputy_chair", "secretary"})
TRANSFER = "transfer"
"""The move with which a case leaves for another body."""


def acts_as(member: Member) -> frozenset[str]:
    """Functions a member may act in: the deputy chair stands in for the chair."""
    if member.function == "deputy_chair":
        return frozenset({"deputy_chair", "chair"})
    return frozenset({member.function} if member.function else ())


def may_move(member: Member, move: str) -> bool:
    """Whether the member's function may make a move; which moves start here the machine says."""
    return bool(acts_as(member) & kinds().moves[move].by)


def goes_with_consent(move: str) -> bool:
    """Whether a move is made only together with handing over: a transfer, while an outside body is in force."""
    return move == TRANSFER and bool(reception().bodies)


def may_keep(member: Member) -> bool:
    """Whether the member may grant keys, renew them, set kind and clocks, hear a party: chair, deputy or secretary."""
    return member.function in KEEPERS


def has_declared_free(member: Member, case: Case) -> bool:
    """Whether the member said to have no interest in the outcome; before that nothing of a case is opened, and after
    the last day of a temporary member, or for who was left out of the case, nothing either."""
    return may_act(member, case)
