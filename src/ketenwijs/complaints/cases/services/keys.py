"""Who can open a case: declarations, keys granted by a member's browser, new keys after a recusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases import policies
from ketenwijs.complaints.cases.knowing import known_cases, lapsed, people_kept_from
from ketenwijs.complaints.cases.models import COMPLAINANT, Case, Declaration, Holder, Thread, Wrap
from ketenwijs.complaints.cases.rules import week_of
from ketenwijs.complaints.cases.selectors import newest_threads
from ketenwijs.complaints.cases.services.admitting import admit
from ketenwijs.complaints.cases.services.opening import SealedThread
from ketenwijs.complaints.cases.services.writing import add_message
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.models import MemberKey, Seat
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.sealing.envelopes import is_recipient, looks_sealed
from ketenwijs.complaints.sealing.payloads import INTAKE, is_party
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

UNSEALED = "What was sent is not sealed as it must be, so nothing was kept. Reload the page."


@dataclass(frozen=True)
class Granted:
    """One thread's identity, sealed to one member key."""

    thread: str
    epoch: int
    key: str
    sealed: bytes


@transaction.atomic
def declare(*, actor: Member, case: Case, free: bool) -> Declaration:
    """Say whether one has an interest in the outcome. With an interest the keys go at once, for good, and what follows
    needs a new key (security case 28). A declaration of interest cannot be taken back."""
    if actor.seat is None:
        raise NotAllowed(_("You have no seat in the committee now."))
    if Declaration.objects.filter(case=case, seat__person=actor.person, free=False).exists():
        raise DomainError(_("You declared an interest in this case. That cannot be taken back."))
    if actor.person.pk in people_kept_from(case):
        raise NotAllowed(_("There is no such case for you."))
    if not free:
        _refuse_last_reader(case, actor)
    week = week_of(timezone.localdate())
    kept, _created = Declaration.objects.update_or_create(
        case=case, seat=actor.seat, defaults={"free": free, "week": week}
    )
    if not free:
        gone = Wrap.objects.filter(thread__case=case, member_key__person=actor.person).delete()[0]
        if gone:
            Case.objects.filter(pk=case.pk).update(renew_keys=True)
    record(actor=actor, event="cases.interest.declared", subject=case, values={"free": free})
    return kept


def leave_cases(seat: Seat) -> None:
    """The holder of a seat that ends loses the keys of every open case, for good; what follows in them needs a new key
    (security.md 4.3). Refuses when nobody else could open one of them; which one that is stands only on the page of the
    holder, because whoever ends the seat may not know of every case."""
    held = Wrap.objects.filter(member_key__person=seat.person, thread__case__closed_week=None)
    readers = Wrap.objects.filter(thread__name=INTAKE, member_key__identifier__in=committee.usable_keys())
    for case in Case.objects.filter(pk__in=held.values("thread__case")).order_by("number"):
        people = set(readers.filter(thread__case=case).values_list("member_key__person", flat=True))
        if people == {seat.person_id}:
            raise DomainError(
                _(
                    "This seat cannot end yet. Ask its holder to look at the page of cases: what only they can open must "
                    "first be given to another member."
                )
            )
        Wrap.objects.filter(thread__case=case, member_key__person=seat.person).delete()
        Case.objects.filter(pk=case.pk).update(renew_keys=True)


def opened_by_nobody_else(member: Member, cases: Iterable[Case]) -> set[int]:
    """Primary keys of the open ones of some cases that no other member could open, were this one to leave."""
    usable = committee.usable_keys()
    readers = Wrap.objects.filter(thread__name=INTAKE, thread__case__in=list(cases), thread__case__closed_week=None)
    found: dict[int, set[int]] = {}
    held = readers.filter(member_key__identifier__in=usable).values_list("thread__case", "member_key__person")
    for case, person in held:
        found.setdefault(case, set()).add(person)
    return {case for case, people in found.items() if people == {member.person.pk}}


def _refuse_last_reader(case: Case, actor: Member) -> None:
    """Somebody else must be able to open the case, else it would be closed to everybody."""
    usable = committee.usable_keys()
    left = Wrap.objects.filter(thread__case=case, thread__name=INTAKE, member_key__identifier__in=usable)
    if not left.exclude(member_key__person=actor.person).exists():
        raise DomainError(_("You are the only one who can open this case. First give a key to another member."))


@transaction.atomic
def grant(*, actor: Member, case: Case, granted: Sequence[Granted]) -> int:
    """Keep what a member's browser sealed to other members: those who declared themselves free, and translators.

    Returns how many were new. Refuses keys that are not usable, and members who declared nothing or an interest.
    """
    only_keepers(actor, case)
    usable, new = committee.usable_keys(), 0
    threads = {(thread.name, thread.epoch): thread for thread in Thread.objects.filter(case=case)}
    free = set(Declaration.objects.filter(case=case, free=True).values_list("seat__person", flat=True))
    free -= people_kept_from(case)
    for one in granted:
        key, thread = usable.get(one.key), threads.get((one.thread, one.epoch))
        if key is None or thread is None or key.person_id not in free:
            raise DomainError(_("A key can be given only to a member with a tested key who declared to be free here."))
        if not looks_sealed(one.sealed):
            raise DomainError(_(UNSEALED))
        _wrap, created = Wrap.objects.get_or_create(thread=thread, member_key=key, defaults={"sealed": one.sealed})
        new += created
    admit(case, {usable[one.key].person_id for one in granted})
    record(actor=actor, event="cases.key.granted", subject=case, values={"keys": sorted({one.key for one in granted})})
    return new


@transaction.atomic
def renew(*, actor: Member, case: Case, threads: Mapping[str, SealedThread]) -> None:
    """Begin a new epoch of every thread: what follows can be opened only by those who may act now.

    Each thread must come with a new key sealed to exactly the members who may act, and to its holder.
    """
    only_keepers(actor, case)
    newest = newest_threads(case)
    if set(threads) != set(newest):
        raise DomainError(_("Every thread of the case needs a new key. Reload the page and try again."))
    readers = current_readers(case)
    for name, new in threads.items():
        holder = holder_for(case, name)
        refuse_wrong_readers(new, readers, holder)
        keep_new_thread(case, name, newest[name].epoch + 1, new, readers, holder)
    Case.objects.filter(pk=case.pk).update(renew_keys=False)
    record(actor=actor, event="cases.key.renewed", subject=case)


@dataclass(frozen=True)
class Recovered:
    """One thread's identity, opened with the recovery key and sealed to the member who recovers."""

    case: str
    thread: str
    epoch: int
    sealed: bytes


@transaction.atomic
def recover(*, actor: Member, found: Sequence[Recovered]) -> int:
    """Keep what two members opened together with the recovery key, for one of them. Returns how many wraps were new.

    The server cannot see whether the recovery key was really there; whoever had it not keeps only noise. Refused for
    members without a usable key, and for cases that they may not know of. All members see that it happened.
    """
    own = next((key for key in committee.usable_keys().values() if key.person_id == actor.person.pk), None)
    if own is None or actor.seat is None:
        raise NotAllowed(_("Your key is not on the signed list. Make, test and list it first."))
    wraps = recovery_wraps_for(actor)
    threads = {
        (thread.case.identifier, thread.name, thread.epoch): thread
        for thread in Thread.objects.filter(pk__in=wraps.values("thread")).select_related("case")
    }
    new = 0
    for one in found:
        thread = threads.get((one.case, one.thread, one.epoch))
        if thread is None or not looks_sealed(one.sealed):
            raise DomainError(_(UNSEALED))
        _wrap, created = Wrap.objects.get_or_create(thread=thread, member_key=own, defaults={"sealed": one.sealed})
        new += created
    record(actor=actor, event="cases.key.recovered", subject="committee", values={"wraps": new})
    return new


def recovery_wraps_for(member: Member) -> QuerySet[Wrap]:
    """Thread identities sealed to the recovery key, of every case that the member may know of; none for temporary
    members, who are admitted to one case at a time."""
    wraps = Wrap.objects.filter(member_key=None, holder=None)
    if mechanism().temporary_days(member.function):
        return wraps.none()
    return wraps.filter(thread__case__in=known_cases(member))


def current_readers(case: Case) -> dict[str, MemberKey]:
    """Usable keys of the members who can open the newest epoch of a case, by identifier; not of those whose last day
    is over."""
    over = set(lapsed().filter(case=case).values_list("seat__person", flat=True))
    usable = {one: key for one, key in committee.usable_keys().items() if key.person_id not in over}
    newest = [thread.pk for thread in newest_threads(case).values()]
    held = Wrap.objects.filter(thread__in=newest, member_key__identifier__in=usable)
    return {key: usable[key] for key in set(held.values_list("member_key__identifier", flat=True))}


def must_renew(case: Case) -> bool:
    """Whether what follows needs a new key: a member left, or the last day of a temporary member is over."""
    over = lapsed().filter(case=case).values("seat__person")
    newest = [thread.pk for thread in newest_threads(case).values()]
    return case.renew_keys or Wrap.objects.filter(thread__in=newest, member_key__person__in=over).exists()


def waiting_keys(case: Case) -> list[str]:
    """Usable keys of members who declared to be free, may know of the case, and cannot open it now; by identifier."""
    free = set(Declaration.objects.filter(case=case, free=True).values_list("seat__person", flat=True))
    free -= people_kept_from(case)
    readers = current_readers(case)
    return sorted(k for k, key in committee.usable_keys().items() if key.person_id in free and k not in readers)


def holder_for(case: Case, name: str) -> Holder | None:
    """Whoever outside the committee reads a thread: the complainant the intake, the heard party its own."""
    role = COMPLAINANT if name == INTAKE else name if is_party(name) else None
    return Holder.objects.filter(case=case, role=role).first() if role else None


def only_keepers(actor: Member, case: Case) -> None:
    """Refuses members who may not keep the case, and those who did not declare to be free."""
    if not policies.may_keep(actor) or not policies.has_declared_free(actor, case):
        raise NotAllowed(_("Only the chair, the deputy or the secretary may do this, after declaring to be free."))


def refuse_wrong_readers(new: SealedThread, readers: Mapping[str, MemberKey], holder: Holder | None) -> None:
    """Refuses a thread that is not sealed to exactly those who may read it."""
    sealed = [
        *new.wraps.values(),
        *([new.for_holder] if holder else []),
        *([new.for_recovery] * bool(new.for_recovery)),
    ]
    if set(new.wraps) != set(readers) or not is_recipient(new.recipient) or not all(map(looks_sealed, sealed)):
        raise DomainError(_("The keys of those who may act have changed. Reload the page and try again."))


def keep_new_thread(
    case: Case, name: str, epoch: int, new: SealedThread, readers: Mapping[str, MemberKey], holder: Holder | None
) -> None:
    """Keep a new key of a thread with all that is sealed of it."""
    thread = Thread.objects.create(case=case, name=name, epoch=epoch, recipient=new.recipient)
    wraps = [Wrap(thread=thread, member_key=readers[key], sealed=sealed) for key, sealed in new.wraps.items()]
    if holder:
        wraps.append(Wrap(thread=thread, holder=holder, sealed=new.for_holder))
    if new.for_recovery:
        wraps.append(Wrap(thread=thread, sealed=new.for_recovery))
    Wrap.objects.bulk_create(wraps)
    if new.first:
        add_message(case=case, name=name, sequence=new.sequence, sealed=new.first, is_key=True)
