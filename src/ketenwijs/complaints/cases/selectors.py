"""Reading cases: by receipt for holders, by wrap for members. Foreign and absent look the same."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, QuerySet

from ketenwijs.complaints.cases.knowing import known_cases, lapsed
from ketenwijs.complaints.cases.models import (
    Admission,
    Case,
    Declaration,
    Envelope,
    HeardParty,
    Holder,
    Measure,
    SealedFile,
    Thread,
    Transfer,
    Wrap,
)
from ketenwijs.complaints.cases.policies import KEEPERS
from ketenwijs.complaints.cases.rules import proof_hash
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.sealing.threads import Stored
from ketenwijs.foundation.journal.models import JournalEntry

NOBODY_HASH = proof_hash("")


def holder_of(locator: str, proof: str) -> Holder | None:
    """The holder of a receipt, or None: for a wrong proof as for a case that never was, after the same work."""
    found = Holder.objects.select_related("case").filter(locator=locator).first()
    kept = found.proof_hash if found else NOBODY_HASH
    is_right = hmac.compare_digest(kept, proof_hash(proof))
    return found if found and is_right else None


def cases_open_to(member: Member) -> QuerySet[Case]:
    """Cases of which the member can open a thread: those wrapped to a key that has not ended. Not those that the member
    may not know of, nor those to which a temporary member was admitted until a day that is over."""
    if member.seat is None:
        return Case.objects.none()
    reachable = Wrap.objects.filter(member_key__person=member.person, member_key__ended_on=None)
    over = lapsed().filter(seat__person=member.person).values("case")
    return known_cases(member).filter(pk__in=reachable.values("thread__case")).exclude(pk__in=over)


def cases_to_declare_on(member: Member) -> QuerySet[Case]:
    """Cases a member was asked to say something about before they may open them: number and week are all they see."""
    if member.seat is None:
        return Case.objects.none()
    said = Declaration.objects.filter(seat=member.seat).values("case")
    return known_cases(member).exclude(pk__in=said).filter(closed_week=None)


def measures_to_follow(cases: Iterable[Case]) -> QuerySet[Measure]:
    """Measures whose follow-up has not ended, of the open ones of some cases; the earliest week first."""
    running = [case for case in cases if case.closed_week is None]
    found = Measure.objects.filter(case__in=running, closed_week=None).select_related("case")
    return found.order_by("due_week", "case__number", "number")


def case_open_to(member: Member, number: int) -> Case | None:
    """One case, None when it is not there or not theirs."""
    return cases_open_to(member).filter(number=number).first()


def envelopes_of(case: Case, name: str) -> list[Stored]:
    """All messages of one thread in their order."""
    rows = Envelope.objects.filter(case=case, name=name).order_by("sequence")
    return [
        Stored(sequence, epoch, bytes(sealed))
        for sequence, epoch, sealed in rows.values_list("sequence", "epoch", "sealed")
    ]


def newest_threads(case: Case) -> dict[str, Thread]:
    """The newest epoch of each thread by its name."""
    threads = Thread.objects.filter(case=case).order_by("epoch")
    return {thread.name: thread for thread in threads}


def wraps_for_holder(holder: Holder) -> dict[tuple[str, int], bytes]:
    """Sealed identities by thread and epoch that a holder can open."""
    rows = Wrap.objects.filter(holder=holder).values_list("thread__name", "thread__epoch", "sealed")
    return {(name, epoch): bytes(sealed) for name, epoch, sealed in rows}


def wraps_for_member(case: Case, member: Member) -> dict[tuple[str, int], tuple[str, bytes]]:
    """Key identifier and sealed identity by thread and epoch that a member can open."""
    rows = Wrap.objects.filter(thread__case=case, member_key__person=member.person, member_key__ended_on=None)
    found = rows.values_list("thread__name", "thread__epoch", "member_key__identifier", "sealed")
    return {(name, epoch): (key, bytes(sealed)) for name, epoch, key, sealed in found}


def next_sequence(case: Case, name: str) -> int:
    """The number the next message of a thread gets."""
    return (Envelope.objects.filter(case=case, name=name).aggregate(last=Max("sequence"))["last"] or 0) + 1


def signers_of(case: Case, of_members: dict[str, str]) -> dict[str, str]:
    """Public signing keys by author: holders of the case, and the members of the signed list.

    A row that calls its holder a member counts for nothing: only the signed list says who signs as one.
    """
    return {**dict(Holder.objects.filter(case=case).values_list("role", "signing")), **of_members}


def signers_for(holder: Holder) -> dict[str, str]:
    """Public signing keys of the one thread that a holder reads, beside those of members; of other holders not even
    that they exist."""
    return {holder.role: holder.signing}


def parties_to_answer(cases: Iterable[Case]) -> QuerySet[HeardParty]:
    """Heard parties that have not answered, of the open ones of some cases; the earliest day first."""
    running = [case for case in cases if case.closed_week is None]
    found = HeardParty.objects.filter(case__in=running, answered_week=None, closed_week=None).select_related("case")
    return found.order_by("due_on", "case__number", "pk")


def hearing_of(holder: Holder) -> HeardParty | None:
    """Where the hearing of a heard party stands; None for the complainant."""
    return HeardParty.objects.filter(case=holder.case_id, name=holder.role).first()


def unread(cases: Iterable[Case]) -> dict[int, int]:
    """How many messages of the intake thread no member has opened yet, by primary key of the case."""
    numbers = {case.pk: case.read_to for case in cases}
    rows = Envelope.objects.filter(case__in=numbers, name="intake").values("case").annotate(last=Max("sequence"))
    return {row["case"]: max(0, row["last"] - numbers[row["case"]]) for row in rows}


def admissions_shown_to(member: Member, case: Case) -> list[Admission]:
    """Temporary members of a case with their last day: all to those who keep it, one's own to a temporary member."""
    found = Admission.objects.filter(case=case).select_related("seat__person").order_by("until", "pk")
    return list(found if member.function in KEEPERS else found.filter(seat=member.seat))


def newest_transfer(case: Case) -> Transfer | None:
    """The newest question whether the case may go to an outside body; only that one counts."""
    return Transfer.objects.filter(case=case).order_by("-question").first()


def file_of(case: Case, identifier: str, names: Iterable[str]) -> SealedFile | None:
    """A sealed file of one of the named threads of a case."""
    return SealedFile.objects.filter(case=case, identifier=identifier, name__in=list(names)).first()


def stored_bytes(case: Case) -> int:
    """How many bytes of files a case holds."""
    return sum(SealedFile.objects.filter(case=case).values_list("size", flat=True))


def last_recovery() -> datetime | None:
    """When two members last opened cases with the recovery key; every member sees it."""
    last = JournalEntry.objects.filter(event="cases.key.recovered").order_by("-pk").first()
    return last.at if last else None
