"""Taking a new case: everything arrives sealed, from a browser or from our own sealing on arrival."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases import events
from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.models import COMPLAINANT, Case, Envelope, Holder, Thread, Wrap
from ketenwijs.complaints.cases.rules import FIRST_APART, LAST_APART, due, proof_hash, week_of
from ketenwijs.complaints.cases.selectors import holder_of
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.models import MemberKey, Site
from ketenwijs.complaints.sealing import signatures
from ketenwijs.complaints.sealing.envelopes import is_recipient, looks_sealed
from ketenwijs.complaints.sealing.payloads import COMMITTEE, INTAKE
from ketenwijs.foundation.ui.errors import DomainError

HEX_32, HEX_64 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class SealedHolder:
    """What is kept of whoever has the receipt."""

    locator: str
    proof: str
    recipient: str
    signing: str
    signing_sealed: bytes


@dataclass(frozen=True)
class SealedThread:
    """One thread's public key and its identity, sealed per key: identifiers of member keys, and the holder."""

    recipient: str
    wraps: Mapping[str, bytes]
    for_holder: bytes = b""
    for_recovery: bytes = b""
    first: bytes = b""
    sequence: int = 0
    """A new epoch begins with a message that its maker signed, and the number of it: so the host cannot make one."""


@dataclass(frozen=True)
class SealedCase:
    """A whole new case as it is kept."""

    identifier: str
    holder: SealedHolder
    intake: SealedThread
    internal: SealedThread
    first: bytes
    once: str
    without_chair: bool = False
    kind: str = field(default="complaint")


@transaction.atomic
def open_case(new: SealedCase) -> Case:
    """Keep a new case. Sent again with the same receipt it is the same case; nothing is made twice.

    Refuses what is not sealed, a thread that is not sealed to exactly the first readers, and a closed intake.
    """
    _refuse_misshapen(new)
    known = holder_of(new.holder.locator, new.holder.proof)
    if known is not None:
        return known.case
    readers = {key.identifier: key for key in committee.first_readers(without_chair=new.without_chair)}
    if not committee.is_intake_open() or not readers:
        raise DomainError(_("The committee cannot take cases here now. Use one of the other ways."))
    if set(new.intake.wraps) != set(readers) or set(new.internal.wraps) != set(readers):
        raise DomainError(_("The committee's keys have changed. Reload the page and send again."))
    try:
        with transaction.atomic():
            case = _case(new)
            holder = _holder(case, new.holder, COMPLAINANT)
    except IntegrityError as error:  # the same receipt at the same moment, or a number taken by a neighbour
        known = holder_of(new.holder.locator, new.holder.proof)
        if known is None:
            raise DomainError(
                _("Your message was not sent, because many people are sending. Send it again.")
            ) from error
        return known.case
    for name, thread in ((INTAKE, new.intake), (COMMITTEE, new.internal)):
        _keep_thread(case, name, thread, readers, holder)
    Envelope.objects.create(case=case, name=INTAKE, epoch=1, sequence=1, sealed=new.first, once=new.once)
    return case


def _keep_thread(case: Case, name: str, thread: SealedThread, readers: Mapping[str, MemberKey], holder: Holder) -> None:
    stored = Thread.objects.create(case=case, name=name, epoch=1, recipient=thread.recipient)
    wraps = [Wrap(thread=stored, member_key=readers[key], sealed=sealed) for key, sealed in thread.wraps.items()]
    if thread.for_recovery:
        wraps.append(Wrap(thread=stored, sealed=thread.for_recovery))
    if name == INTAKE:
        wraps.append(Wrap(thread=stored, holder=holder, sealed=thread.for_holder))
    Wrap.objects.bulk_create(wraps)


def _refuse_misshapen(new: SealedCase) -> None:
    holder, threads = new.holder, (new.intake, new.internal)
    sealed = [holder.signing_sealed, new.first, new.intake.for_holder]
    sealed += [wrap for thread in threads for wrap in thread.wraps.values()]
    sealed += [thread.for_recovery for thread in threads if thread.for_recovery]
    shapes = [
        bool(HEX_32.fullmatch(new.identifier) and HEX_32.fullmatch(holder.locator) and HEX_64.fullmatch(holder.proof)),
        new.once == "" or bool(HEX_32.fullmatch(new.once)),
        is_recipient(holder.recipient) and all(is_recipient(thread.recipient) for thread in threads),
        signatures.is_public(holder.signing),
        all(looks_sealed(one) for one in sealed),
        any(kind.code == new.kind for kind in kinds().kinds),
    ]
    if not all(shapes):
        raise DomainError(_("What was sent is not sealed as it must be, so nothing was kept. Reload the page."))


def _case(new: SealedCase) -> Case:
    today = timezone.localdate()
    week, kind = week_of(today), kinds().kind(new.kind)
    # One row is held while a number is taken: who sends at the same moment waits, and nobody is turned away.
    Site.objects.select_for_update().filter(pk=1).first()
    return Case.objects.create(
        identifier=new.identifier,
        number=_number_apart() if new.without_chair else _next_number(),
        without_chair=new.without_chair,
        kind=kind.code,
        state=kind.first,
        state_week=week,
        received_week=week,
        last_word_week=week,
        due_on=due(week, kind.days.get(kind.first)),
        decide_by=due(week, kind.whole_days),
    )


def _next_number() -> int:
    """The number of an erased case is not given again: counts and published rulings still go by it."""
    in_order = Case.objects.filter(number__lt=FIRST_APART)
    taken = [in_order.aggregate(highest=Max("number"))["highest"] or 0]
    taken += [int(highest or 0) for _receiver, highest in events.numbers_given.send(Case)]
    return max(taken) + 1


def _number_apart() -> int:
    """By chance: a number in the order of the others would leave a gap that tells whoever was left out. One that is
    taken fails at the row, as any other, and the next try draws anew."""
    return FIRST_APART + secrets.randbelow(LAST_APART - FIRST_APART + 1)


def _holder(case: Case, holder: SealedHolder, role: str) -> Holder:
    return Holder.objects.create(
        case=case,
        role=role,
        locator=holder.locator,
        proof_hash=proof_hash(holder.proof),
        recipient=holder.recipient,
        signing=holder.signing,
        signing_sealed=holder.signing_sealed,
    )
