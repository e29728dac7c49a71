"""Changing seats, keys and key lists."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.committee import events, selectors
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.models import MemberKey, Rehearsal, Seat, SignedKeyList, SignedManifest
from ketenwijs.complaints.committee.rehearsal import DONE_LABEL, HALF_COUNTS_DAYS, HALF_LABEL, half_signed
from ketenwijs.complaints.sealing import keylists, manifests, signatures
from ketenwijs.complaints.sealing.envelopes import MAGIC, is_recipient, looks_sealed
from ketenwijs.complaints.sealing.refusals import Refusal
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.accounts.services import end_sessions, invite
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

MANAGERS = ("chair", "secretary", "deputy_chair")
TEST_LABEL = b"ketenwijs-complaints-key-test-1\n"
SCOPE = "committee"
"""What the invitations of accounts call it."""


class Actor(Protocol):
    """Who acts: a member, or a command of the operator."""

    @property
    def reference(self) -> str:
        """How the journal names this actor."""

    @property
    def function(self) -> str:
        """Code of the function held today."""


class Operator:
    """The person at the server's console: may seat people, can never open anything."""

    reference, function = "system:console", "console"


def _only(actor: Actor, *functions: str) -> None:
    if actor.function not in functions:
        raise NotAllowed(_("Your function in the committee does not allow this. Ask the chair or the secretary."))


def _refuse_staff(email: str) -> None:
    """People of the secretariat and of the host never sit; the wall must not depend on their own word alone."""
    if email.strip().lower().rpartition("@")[2] in mechanism().refused_domains:
        raise DomainError(_("People of the secretariat or of the host cannot sit in the committee."))


@transaction.atomic
def seat_person(*, actor: Actor, person: Person, function: str) -> Seat:
    """Give somebody a seat from today. Chair, deputy chair and secretary may, and the operator for the first ones."""
    _only(actor, *MANAGERS, "console")
    if function not in mechanism().seat_names():
        raise DomainError(_("There is no such function in the committee. Choose one from the list."))
    _refuse_staff(person.email)
    if selectors.seat_of(person):
        raise DomainError(_("This person has a seat already. End that one first."))
    seat = Seat.objects.create(person=person, function=function, since=timezone.localdate())
    record(actor=actor, event="committee.seat.given", subject=seat)
    return seat


@transaction.atomic
def end_seat(*, actor: Actor, seat: Seat) -> None:
    """End a seat today; the person is out at once, and open cases they could read need a new key for what follows.
    Refused while nobody else could open the cases (security case 29)."""
    _only(actor, *MANAGERS, "console")
    left = {k: key for k, key in selectors.usable_keys().items() if key.person_id != seat.person_id}
    held = {key.person_id for key in selectors.usable_keys().values()}
    if seat.person_id in held and len(left) < 1:
        raise DomainError(_("This is the last member who can open the cases. First let somebody else test a key."))
    events.seat_ending.send(Seat, seat=seat)
    Seat.objects.filter(pk=seat.pk, until=None).update(until=timezone.localdate())
    MemberKey.objects.filter(person=seat.person_id, ended_on=None).update(ended_on=timezone.localdate())
    end_sessions(person=seat.person)
    record(actor=actor, event="committee.seat.ended", subject=seat)


@transaction.atomic
def add_key(
    *, actor: selectors.Member, recipient: str, signing: str, by_passphrase: bytes, by_paper: bytes
) -> MemberKey:
    """Keep the keys a member's browser made: public halves, and private halves wrapped twice.

    Refuses what is no key and what is not wrapped. The member's earlier key ends.
    """
    if actor.seat is None:
        raise NotAllowed(_("You have no seat in the committee now."))
    wrapped = by_passphrase.startswith(MAGIC + b"-> scrypt ") and looks_sealed(by_paper)
    if not (is_recipient(recipient) and signatures.is_public(signing) and wrapped):
        raise DomainError(_("The browser sent no usable key. Reload the page and make it again."))
    MemberKey.objects.filter(person=actor.person, ended_on=None).update(ended_on=timezone.localdate())
    key = MemberKey(
        person=actor.person,
        identifier=identifier_of(recipient, signing),
        recipient=recipient,
        signing=signing,
        by_passphrase=by_passphrase,
        by_paper=by_paper,
        made_on=timezone.localdate(),
    )
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError as error:
        raise DomainError(_("This key is known already. Reload the page and make a new one.")) from error
    record(actor=actor, event="committee.key.made", subject=key)
    return key


def identifier_of(recipient: str, signing: str) -> str:
    """Short name of a key: the same wherever it is computed."""
    return hashlib.sha256(f"{recipient} {signing}".encode()).hexdigest()[:16]


@transaction.atomic
def pass_test(*, actor: selectors.Member, key: MemberKey, expected: bytes, answer: bytes, signature: str) -> None:
    """A key counts once its holder opened a sealed challenge with it and signed what it said."""
    proof = _proof(signature)
    opened = bool(expected) and hashlib.sha256(answer).digest() == expected
    own = key.person_id == actor.person.pk and key.ended_on is None
    if not (own and opened and signatures.is_signed(key.signing, TEST_LABEL, answer, proof)):
        raise DomainError(_("The test of the key failed. Reload the page and try again with your passphrase."))
    MemberKey.objects.filter(pk=key.pk).update(tested_on=timezone.localdate())
    record(actor=actor, event="committee.key.tested", subject=key)


def _proof(signature: str) -> bytes:
    """The bytes of a signature; none for what is no base64, so that it proves nothing."""
    try:
        return base64.b64decode(signature, validate=True)
    except binascii.Error:
        return b""


@transaction.atomic
def take_list(*, actor: Actor, document: str, signature: str) -> SignedKeyList:
    """Take a new signed list. Refuses a wrong signature, another root than before, a serial that is not the next, and
    a listed acting key that no member has."""
    _only(actor, *MANAGERS)
    current = SignedKeyList.objects.select_for_update().order_by("-serial").first()
    before = selectors.key_list()
    wanted = keylists.fingerprint(before.root) if current else ""
    try:
        found = keylists.checked(document.encode(), signature, fingerprint_wanted=wanted)
    except Refusal as refusal:
        raise DomainError(_("The list is not signed by the committee's root key. Nothing was changed.")) from refusal
    if found.serial != before.serial + 1:
        raise StaleVersion(_("Somebody else put up a list in the meantime. Reload the page and sign again."))
    kept = {one.identifier for one in found.members}
    if not {one.identifier for one in before.members} <= kept:
        raise DomainError(_("Earlier keys must stay on the list, with the day they ended. Nothing was changed."))
    known = dict(MemberKey.objects.filter(ended_on=None).values_list("identifier", "recipient"))
    if any(known.get(one.identifier) != one.recipient for one in found.acting):
        raise DomainError(_("The list names a key that no member has now. Reload the page and sign again."))
    stored = SignedKeyList.objects.create(
        serial=found.serial, document=document, signature=signature, taken_on=timezone.localdate()
    )
    record(actor=actor, event="committee.list.taken", subject=stored, values={"serial": found.serial})
    return stored


@transaction.atomic
def invite_member(*, actor: selectors.Member, email: str, name: str, function: str) -> None:
    """Send an invitation to take a seat; whoever accepts has no key and can open nothing yet."""
    _only(actor, *MANAGERS)
    if function not in mechanism().seat_names():
        raise DomainError(_("There is no such function in the committee. Choose one from the list."))
    _refuse_staff(email)
    invite(actor=actor, email=email, name=name, role=function, scope_kind=SCOPE, scope_key=SCOPE)
    record(actor=actor, event="committee.member.invited", subject="committee", values={"function": function})


@dataclass(frozen=True)
class Half:
    """What the first member of a pair signed: with which key, on which day, SHA-256 of the layer that came out."""

    key: str
    day: date
    inner: str
    signature: str


@transaction.atomic
def record_rehearsal(
    *, actor: selectors.Member, recovery: str, expected: bytes, answer: bytes, signature: str, half: Half
) -> Rehearsal:
    """Keep that two members opened something that only the recovery key of the signed list opens.

    Refused: a recovery key that is not the list's, a wrong answer, a half that the same member opened, that nobody with a
    usable key signed, or that is older than HALF_COUNTS_DAYS. No case is touched.
    """
    today, usable = timezone.localdate(), selectors.usable_keys()
    own = next((key for key in usable.values() if key.person_id == actor.person.pk), None)
    if own is None or actor.seat is None:
        raise NotAllowed(_("Your key is not on the signed list. Make, test and list it first."))
    other = usable.get(half.key)
    if other is None or other.person_id == actor.person.pk or not _is_half_of(other, recovery, half, today):
        raise DomainError(_("The first half is not of another member, or too old. Let the first member open it again."))
    opened = bool(expected) and recovery == selectors.key_list().recovery
    opened = opened and hashlib.sha256(answer).digest() == expected
    if not opened or not signatures.is_signed(own.signing, DONE_LABEL, answer, _proof(signature)):
        raise DomainError(_("What came out does not open what is sealed to the recovery key. Try another package."))
    kept = Rehearsal.objects.create(
        recovery=recovery, on=today, opened=True, first_id=other.person_id, second=actor.person
    )
    record(actor=actor, event="committee.recovery.rehearsed", subject=kept, values={"first": other.identifier})
    return kept


def _is_half_of(key: MemberKey, recovery: str, half: Half, today: date) -> bool:
    # The day is that of the first member's browser, which may be one ahead.
    if not today - timedelta(days=HALF_COUNTS_DAYS) <= half.day <= today + timedelta(days=1):
        return False
    content = half_signed(recovery, half.inner, half.day)
    return signatures.is_signed(key.signing, HALF_LABEL, content, _proof(half.signature))


@transaction.atomic
def record_failed_rehearsal(*, actor: selectors.Member) -> Rehearsal:
    """Keep that the recovery key could not be opened: every member sees it until a try works. Once a day is enough."""
    recovery = selectors.key_list().recovery
    if actor.seat is None or not recovery:
        raise DomainError(_("The signed list names no recovery key yet. Make one with the next list."))
    today = timezone.localdate()
    last = Rehearsal.objects.select_for_update().filter(recovery=recovery).order_by("-pk").first()
    if last is not None and last.on == today and not last.opened:
        return last
    kept = Rehearsal.objects.create(recovery=recovery, on=today, opened=False, second=actor.person)
    record(actor=actor, event="committee.recovery.failed", subject=kept)
    return kept


@transaction.atomic
def take_manifest(*, actor: Actor, document: str, signature: str) -> SignedManifest:
    """Publish a signed manifest. Refuses another root than that of the key list, and a serial that was used before."""
    _only(actor, *MANAGERS, "console")
    found = selectors.key_list()
    before = SignedManifest.objects.select_for_update().order_by("-serial").first()
    try:
        number = keylists.fingerprint(found.root) if found.root else ""
        made = manifests.checked(document, signature, check_number=number)
    except manifests.NotSigned as refusal:
        raise DomainError(
            _("The manifest is not signed by the committee's root key. Nothing was changed.")
        ) from refusal
    if before is not None and made.serial <= before.serial:
        raise StaleVersion(_("This manifest is not newer than the one that is public. Write a new one and sign it."))
    stored = SignedManifest.objects.create(
        serial=made.serial, document=document, signature=signature, taken_on=timezone.localdate()
    )
    record(actor=actor, event="committee.manifest.taken", subject=stored, values={"serial": made.serial})
    return stored
