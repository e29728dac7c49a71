"""Reading the current body, the cases that may go to it, and what a complainant is asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Prefetch

from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.models import Case, Thread, Wrap
from ketenwijs.complaints.cases.selectors import cases_open_to
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.succession import rules
from ketenwijs.complaints.succession.models import Consent, HandedKey, Handing, Successor
from ketenwijs.complaints.succession.policies import MOVE

YES, NO, NOTHING = "yes", "no", ""


def current() -> Successor | None:
    """The body that was proposed last and not withdrawn, with its signatures and objections."""
    found = Successor.objects.filter(current=True)
    return found.prefetch_related("signatures__person", "objections__person").first()


def by_digest(digest: str) -> Successor | None:
    """The current body, when it is the one a page showed."""
    found = current()
    return found if found is not None and found.digest == digest else None


def usable() -> Successor | None:
    """The body to which cases may go: two signed, the time for objections is over, none stands."""
    found = current()
    return found if found is not None and found.standing() == rules.USABLE and is_proven(found) else None


def is_proven(successor: Successor) -> bool:
    """Whether the signatures are of two different listed keys, computed anew: a changed row counts for nothing."""
    listed = {one.identifier: one for one in committee.key_list().members}
    good = {
        one.key: listed[one.key].function
        for one in successor.signatures.all()
        if one.key in listed and rules.is_signed_by(listed[one.key].signing, successor.statement, one.signature)
    }
    is_same = rules.digest_of(successor.statement) == successor.digest
    return is_same and len(good) >= rules.SIGNATURES_NEEDED and len(set(good.values())) == len(good)


def next_serial() -> int:
    """The number that the next statement must carry."""
    return (Successor.objects.aggregate(last=Max("serial"))["last"] or 0) + 1


@dataclass(frozen=True)
class Row:
    """One open case on the page: what its complainant said, and whether it went over."""

    case: Case
    state: object
    said: str
    handed: Handing | None
    opens_all: bool
    is_new_key_missing: bool

    @property
    def may_go(self) -> bool:
        """Whether there is something to seal now."""
        return self.said == YES and self.opens_all and (self.handed is None or self.is_new_key_missing)


def rows(member: Member, successor: Successor) -> list[Row]:
    """Open cases of which the member has a key, oldest first; the number of queries does not grow with them."""
    answers = Prefetch("consents", Consent.objects.filter(successor=successor), to_attr="answers")
    cases = cases_open_to(member).filter(closed_week=None).select_related("handing").prefetch_related(answers)
    found = list(cases.order_by("number"))
    threads: dict[int, set[int]] = {}
    for case, thread in Thread.objects.filter(case__in=found).values_list("case", "pk"):
        threads.setdefault(case, set()).add(thread)
    own = Wrap.objects.filter(member_key__person=member.person, member_key__ended_on=None, thread__case__in=found)
    held = set(own.values_list("thread", flat=True))
    done = set(HandedKey.objects.filter(thread__case__in=found).values_list("thread", flat=True))
    states = kinds().states
    return [
        Row(
            case=case,
            state=states[case.state],
            said=_said(case.answers),
            handed=getattr(case, "handing", None),
            opens_all=threads.get(case.pk, set()) <= held,
            is_new_key_missing=not threads.get(case.pk, set()) <= done,
        )
        for case in found
    ]


def _said(answers: list[Consent]) -> str:
    return NOTHING if not answers else YES if answers[0].agrees else NO


def answer_of(case: Case, successor: Successor) -> str:
    """What the complainant said last about a body: yes, no, or nothing yet."""
    return _said(list(Consent.objects.filter(case=case, successor=successor)))


def handing_of(case: Case) -> Handing | None:
    """That a case went over, and to whom."""
    return Handing.objects.filter(case=case).select_related("successor").first()


def threads_to_seal(case: Case) -> dict[tuple[str, int], Thread]:
    """Threads and epochs of a case of which the body has no key yet."""
    waiting = Thread.objects.filter(case=case, handed=None).order_by("name", "epoch")
    return {(thread.name, thread.epoch): thread for thread in waiting}


def may_continue(case: Case) -> bool:
    """Whether the kind of case knows a step to `continued` from where it stands."""
    step = kinds().machine(case.kind).moves.get(MOVE)
    return step is not None and case.state in step.sources


def keys_of(case: Case) -> dict[tuple[str, int], bytes]:
    """What was sealed to the body, by thread and epoch."""
    found = HandedKey.objects.filter(thread__case=case).order_by("thread__name", "thread__epoch")
    names = found.values_list("thread__name", "thread__epoch", "sealed")
    return {(name, epoch): bytes(sealed) for name, epoch, sealed in names}
