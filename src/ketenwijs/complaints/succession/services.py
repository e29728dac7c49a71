"""Proposing, confirming and refusing a body; keeping a complainant's answer; handing a case over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases.models import COMPLAINANT, Case, Holder
from ketenwijs.complaints.cases.rules import week_of
from ketenwijs.complaints.cases.services.moving import move_case
from ketenwijs.complaints.cases.services.writing import add_message, note_word_of
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.models import MemberKey
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.sealing import keylists
from ketenwijs.complaints.sealing.payloads import INTAKE
from ketenwijs.complaints.sealing.refusals import Refusal
from ketenwijs.complaints.succession import policies, rules, selectors
from ketenwijs.complaints.succession.definitions import succession
from ketenwijs.complaints.succession.models import (
    Consent,
    HandedKey,
    Handing,
    Objection,
    Successor,
    SuccessorSignature,
)
from ketenwijs.complaints.succession.rules import Body
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

UNSEALED = "What was sent is not sealed as it must be, so nothing was kept. Reload the page."


@transaction.atomic
def propose(
    *, actor: Member, statement: str, signature: str, document: str = "", list_signature: str = ""
) -> Successor:
    """Propose a body in exactly these words (`rules.statement_of`), signed with the member's own key.

    `document` and `list_signature`: the body's signed key list; without it the statement names one recipient. Refuses
    a statement that does not fit the list, recipients of this committee, and a second proposal beside a current one.
    """
    if not policies.may_propose(actor):
        raise NotAllowed(_("Only the chair, the deputy or the secretary may propose a body."))
    try:
        body = rules.parsed(statement)
    except ValueError as error:
        raise DomainError(_("Fill in the name, an https address, a postal address and a day.")) from error
    if body.serial != selectors.next_serial() or selectors.current() is not None:
        raise StaleVersion(_("There is a proposal already. Withdraw it before another is made."))
    _refuse_other_keys(body, document, list_signature)
    if set(body.recipients) & set(MemberKey.objects.values_list("recipient", flat=True)):
        raise DomainError(_("These are keys of this committee, not of another body."))
    own = _signing_key(actor, statement, signature)
    try:
        with transaction.atomic():
            kept = Successor.objects.create(
                serial=body.serial,
                statement=statement,
                digest=rules.digest_of(statement),
                document=document,
                list_signature=list_signature,
                proposed_on=timezone.localdate(),
            )
    except IntegrityError as error:
        raise StaleVersion(_("There is a proposal already. Withdraw it before another is made.")) from error
    _sign(actor, kept, own, signature)
    record(actor=actor, event="succession.body.proposed", subject=kept, values={"digest": kept.digest})
    return kept


def _refuse_other_keys(body: Body, document: str, list_signature: str) -> None:
    """The statement must name the keys of the signed list, all of them, and the fingerprint that belongs to them."""
    recipients, root = body.recipients, ""
    if document:
        try:
            found = keylists.checked(document.encode(), list_signature)
        except Refusal as refusal:
            raise DomainError(_("The list is not signed by the body's own root key. Ask for it again.")) from refusal
        recipients, root = rules.recipients_of(found), found.root
    wanted = keylists.fingerprint(root) if root else rules.fingerprint_of(recipients[0])
    if not document and len(recipients) != 1:
        raise DomainError(_("Give the body's signed list of keys, or exactly one key."))
    if (body.recipients, body.root) != (recipients, root) or body.fingerprint != wanted:
        raise DomainError(_("The check number does not belong to these keys. Ask the body for its number again."))


@transaction.atomic
def confirm(*, actor: Member, digest: str, fingerprint: str, signature: str) -> Successor:
    """Confirm a proposal as another member of another function, who typed the body's check number from paper or as it
    was read aloud. With the second signature the time for objections begins."""
    if not policies.may_speak(actor):
        raise NotAllowed(_("Only members of the committee may do this, not translators."))
    found = _current(digest)
    signed = list(found.signatures.all())
    if found.waits_until is not None:
        raise StaleVersion(_("This body was confirmed already. Reload the page."))
    if any(one.person_id == actor.person.pk or one.function == actor.function for one in signed):
        raise DomainError(_("Somebody else, in another function, must confirm what you proposed."))
    if rules.compared(fingerprint) != rules.compared(found.body.fingerprint):
        sentence = _("This check number does not belong to the keys that were proposed. Do not go on: call the body.")
        raise DomainError(sentence)
    own = _signing_key(actor, found.statement, signature)
    _sign(actor, found, own, signature)
    found.waits_until = timezone.localdate() + timedelta(days=succession().waiting_days)
    found.save(update_fields=["waits_until"])
    record(actor=actor, event="succession.body.confirmed", subject=found, values={"digest": digest})
    return found


@transaction.atomic
def object_to(*, actor: Member, digest: str) -> None:
    """Object to a body before the time for it is over. Nothing goes to that body while an objection stands."""
    if not policies.may_speak(actor):
        raise NotAllowed(_("Only members of the committee may do this, not translators."))
    found = _current(digest)
    if found.waits_until is not None and timezone.localdate() >= found.waits_until:
        raise DomainError(_("The time for objections is over. Ask the chair to withdraw the body."))
    fields = {"objected_on": timezone.localdate(), "taken_back_on": None}
    Objection.objects.update_or_create(successor=found, person=actor.person, defaults=fields)
    record(actor=actor, event="succession.body.objected", subject=found)


@transaction.atomic
def take_back(*, actor: Member, digest: str) -> None:
    """Take one's own objection back; nobody can take back that of another."""
    if not policies.may_speak(actor):
        raise NotAllowed(_("Only members of the committee may do this, not translators."))
    found = _current(digest)
    own = Objection.objects.filter(successor=found, person=actor.person, taken_back_on=None)
    if not own.update(taken_back_on=timezone.localdate()):
        raise DomainError(_("You have no objection to this body."))
    record(actor=actor, event="succession.objection.ended", subject=found)


@transaction.atomic
def withdraw(*, actor: Member, digest: str) -> None:
    """Withdraw a body: nothing more goes to it. Cases that went over stay with it."""
    found = _current(digest)
    signed = any(one.person_id == actor.person.pk for one in found.signatures.all())
    if not (policies.may_propose(actor) or (signed and policies.may_speak(actor))):
        raise NotAllowed(_("Only the chair, the deputy, the secretary or who signed may withdraw a body."))
    Successor.objects.filter(pk=found.pk).update(current=None, withdrawn_on=timezone.localdate())
    record(actor=actor, event="succession.body.withdrawn", subject=found)


@transaction.atomic
def answer(*, holder: Holder, digest: str, agrees: bool, sequence: int, sealed: bytes, once: str = "") -> Consent:
    """Keep a complainant's answer: the sealed message signed by the complainant, and yes or no for this server.

    It can be changed until the case goes over. Not journalled, as nothing that complainants do is.
    """
    case = Case.objects.select_for_update().get(pk=holder.case_id)
    found = selectors.usable()
    if holder.role != COMPLAINANT:
        raise NotAllowed(_("Only the complainant is asked this."))
    if found is None or found.digest != digest or case.closed_week is not None:
        raise StaleVersion(_("This is not asked any more. Reload the page."))
    if selectors.handing_of(case) is not None:
        raise StaleVersion(_("The case went over already; the answer cannot be changed any more."))
    add_message(case=case, name=INTAKE, sequence=sequence, sealed=sealed, once=once)
    note_word_of(holder)
    kept, _created = Consent.objects.update_or_create(case=case, successor=found, defaults={"agrees": agrees})
    return kept


@dataclass(frozen=True)
class Handed:
    """One thread's identity, sealed to the body's recipients."""

    thread: str
    epoch: int
    sealed: bytes


@transaction.atomic
def hand_over(
    *, actor: Member, case: Case, digest: str, keys: Sequence[Handed], sequence: int = 0, sealed: bytes = b""
) -> Handing:
    """Keep the thread identities that a member's browser sealed to the body, and move the case to `continued` where
    its kind allows (`sealed`: the reasons, a message of the committee's thread).

    Refuses without consent, before the time, against an objection, for a closed case, and for anything but exactly one
    sealed key per thread and epoch that the body has no key of. The committee's own wraps stay as they are.
    """
    if not policies.may_hand_over_case(actor, case):
        raise NotAllowed(_("Only the chair or the deputy may hand a case over, with a key and declared to be free."))
    case = Case.objects.select_for_update().get(pk=case.pk)
    found = _current(digest)
    _refuse_too_early(found)
    if case.closed_week is not None:
        raise DomainError(_("The case is closed. A closed case is not handed over; it is erased in its time."))
    if selectors.answer_of(case, found) != selectors.YES:
        raise DomainError(_("The complainant did not say yes to this body. The case stays here."))
    handing = selectors.handing_of(case)
    if handing is not None and handing.successor_id != found.pk:
        raise DomainError(_("The case went over to another body before."))
    _keep_keys(case, found, keys)
    if selectors.may_continue(case):
        move_case(actor=actor, case=case, move=policies.MOVE, seen=case.state, sequence=sequence, sealed=sealed)
    if handing is None:
        handing = Handing.objects.create(case=case, successor=found, week=week_of(timezone.localdate()))
    record(actor=actor, event="succession.case.handed", subject=case, values={"digest": digest, "keys": len(keys)})
    return handing


def _keep_keys(case: Case, found: Successor, keys: Sequence[Handed]) -> None:
    waiting = selectors.threads_to_seal(case)
    if not waiting or rules.missing(list(waiting), [(one.thread, one.epoch) for one in keys]):
        raise StaleVersion(_("The keys of this case have changed, or it went over already. Reload the page."))
    recipients = found.body.recipients
    if not all(rules.is_sealed_to(one.sealed, recipients) for one in keys):
        raise DomainError(_(UNSEALED))
    HandedKey.objects.bulk_create(HandedKey(thread=waiting[one.thread, one.epoch], sealed=one.sealed) for one in keys)


def _refuse_too_early(found: Successor) -> None:
    standing = found.standing()
    if standing == rules.PROPOSED:
        raise DomainError(_("Two members in different functions must sign for this body first."))
    if standing == rules.OBJECTED:
        raise DomainError(_("A member objected to this body. Nothing goes over while the objection stands."))
    if standing == rules.WAITING:
        raise DomainError(_("The time in which members may object is not over. Come back later."))
    if not selectors.is_proven(found):
        raise DomainError(_("The signatures under this body do not fit the list of keys. Do not go on."))
    if timezone.localdate() < date.fromisoformat(found.body.since):
        raise DomainError(_("The body takes cases from a later day. Come back then."))


def _current(digest: str) -> Successor:
    """The body a page showed, its row locked. Raises StaleVersion when it is not the current one."""
    locked = Successor.objects.select_for_update().filter(current=True, digest=digest).first()
    found = selectors.by_digest(digest) if locked else None
    if found is None:
        raise StaleVersion(_("This body was withdrawn or replaced. Reload the page."))
    return found


def _signing_key(actor: Member, statement: str, signature: str) -> MemberKey:
    """The actor's key, listed, tested, and the one that signed. Raises NotAllowed, DomainError."""
    own = next((key for key in committee.usable_keys().values() if key.person_id == actor.person.pk), None)
    if own is None:
        raise NotAllowed(_("Your key is not on the signed list. Make, test and list it first."))
    if not rules.is_signed_by(own.signing, statement, signature):
        raise DomainError(_("The signature does not fit this body and your key. Reload the page and sign again."))
    return own


def _sign(actor: Member, found: Successor, own: MemberKey, signature: str) -> None:
    SuccessorSignature.objects.create(
        successor=found,
        person=actor.person,
        key=own.identifier,
        function=actor.function,
        signature=signature,
        signed_on=timezone.localdate(),
    )
