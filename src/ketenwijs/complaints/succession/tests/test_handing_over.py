"""Only cases with a signed yes go over, sealed to the body's keys; nothing is taken from the committee by it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ketenwijs.complaints.cases.models import Case, Thread, Wrap
from ketenwijs.complaints.cases.rules import week_of
from ketenwijs.complaints.cases.selectors import newest_threads
from ketenwijs.complaints.cases.services import keys as case_keys
from ketenwijs.complaints.cases.services.erasing import erase_due
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.services.opening import SealedThread
from ketenwijs.complaints.cases.services.writing import note_read
from ketenwijs.complaints.cases.tests.conftest import identity_of, tell
from ketenwijs.complaints.committee.tests.factories import age_opens
from ketenwijs.complaints.sealing import envelopes
from ketenwijs.complaints.sealing.payloads import COMMITTEE, INTAKE, Place, opened
from ketenwijs.complaints.sealing.refusals import Refusal
from ketenwijs.complaints.succession import exports, selectors, services
from ketenwijs.complaints.succession.models import Consent, HandedKey, Handing, Objection
from ketenwijs.complaints.succession.services import Handed
from ketenwijs.complaints.succession.tests.conftest import (
    CANARY,
    confirmed,
    handed_over,
    proposed,
    says,
    sealed_keys,
    wait_over,
)
from ketenwijs.complaints.tests.attack.canaries import leaks
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


def test_a_case_with_a_yes_goes_over_and_the_body_reads_it_with_the_age_program(
    committee, told, successor, other, tmp_path
):
    says(told, successor, agrees=True)
    handing = handed_over(committee["chair"], told.case, successor)
    told.case.refresh_from_db()
    assert told.case.state == "continued"
    archive = zipfile.ZipFile(io.BytesIO(exports.bundle(told.case, handing)))
    names = set(archive.namelist())
    assert {"read-me.txt", "keys/intake-1.age", "keys/committee-1.age", "messages/intake/0001-1.age"} <= names
    signers = json.loads(archive.read("signers.json"))
    for identity in other.identities:
        thread = age_opens(identity, archive.read("keys/intake-1.age"), tmp_path).decode().strip()
        assert CANARY in age_opens(thread, archive.read("messages/intake/0001-1.age"), tmp_path).decode()
        place = Place(told.case.identifier, INTAKE, 1, 2, envelopes.digest(archive.read("messages/intake/0001-1.age")))
        yes = opened(archive.read("messages/intake/0002-1.age"), identity=thread, place=place, signers=signers)
        assert (yes.author, yes.kind) == ("complainant", "handover")
        assert yes.body == {"text": "yes", "body": successor.digest}
    internal = age_opens(other.identities[0], archive.read("keys/committee-1.age"), tmp_path).decode().strip()
    assert b"handed over" in age_opens(internal, archive.read("messages/committee/0001-1.age"), tmp_path)
    with pytest.raises(Refusal):
        envelopes.unseal(archive.read("keys/intake-1.age"), envelopes.new_identity()[0])


def test_all_epochs_go_over_and_a_later_one_afterwards(committee, told, successor, other):
    says(told, successor, agrees=True)
    renew(committee, told.case)
    handed_over(committee["chair"], told.case, successor)
    assert set(selectors.keys_of(told.case)) == {(INTAKE, 1), (INTAKE, 2), (COMMITTEE, 1), (COMMITTEE, 2)}
    with pytest.raises(StaleVersion, match="went over already"):
        handed_over(committee["chair"], told.case, successor)
    renew(committee, told.case)
    new = [one for one in sealed_keys(committee["chair"], told.case, successor) if one.epoch == 3]
    handed_over(committee["chair"], told.case, successor, keys=new)
    key = selectors.keys_of(told.case)[INTAKE, 3]
    assert envelopes.unseal(key, other.identities[1]).decode().startswith("AGE-SECRET-KEY-1")
    assert Handing.objects.count() == 1


def renew(committee, case):
    holder = case.holders.get(role="complainant")
    readers, threads = case_keys.current_readers(case), {}
    for name in newest_threads(case):
        identity, recipient = envelopes.new_identity()
        content = f"{identity}\n".encode()
        wraps = {one: envelopes.seal(content, [key.recipient]) for one, key in readers.items()}
        threads[name] = SealedThread(recipient, wraps, envelopes.seal(content, [holder.recipient]), b"", b"", 0)
    case_keys.renew(actor=committee["chair"].member, case=case, threads=threads)


def test_the_committees_own_keys_stay_until_the_case_is_closed_and_erased(committee, told, successor):
    """The last key (security case 29) is never lost by handing over."""
    says(told, successor, agrees=True)
    before = set(Wrap.objects.values_list("pk", "sealed"))
    handed_over(committee["chair"], told.case, successor)
    assert set(Wrap.objects.values_list("pk", "sealed")) == before
    assert identity_of(committee["secretary"], told.case, INTAKE).startswith("AGE-SECRET-KEY-1")
    long_ago = week_of(timezone.localdate()) - timedelta(weeks=60)
    Case.objects.update(closed_week=long_ago, last_word_week=long_ago, state="closed")
    note_read(told.case, 2)
    assert erase_due(timezone.localdate()) == 1
    assert not HandedKey.objects.exists()
    assert not Handing.objects.exists()
    assert not Consent.objects.exists()


def test_a_case_whose_state_knows_no_continuing_keeps_its_state(committee, told, successor):
    Case.objects.update(state="decision")
    says(told, successor, agrees=True)
    handed_over(committee["chair"], told.case, successor, sequence=0, sealed=b"")
    told.case.refresh_from_db()
    assert told.case.state == "decision"
    assert Handing.objects.get().week == week_of(timezone.localdate())


def refused(committee, told, successor, match, error=DomainError, by="chair", **changes):
    with pytest.raises(error, match=match):
        handed_over(committee[by], told.case, successor, **changes)
    assert not HandedKey.objects.exists()
    assert not Handing.objects.exists()
    told.case.refresh_from_db()
    assert told.case.state in ("defence", "closed")


def test_without_an_answer_nothing_goes(committee, told, successor):
    refused(committee, told, successor, "did not say yes")


def test_with_a_no_nothing_goes(committee, told, successor):
    says(told, successor, agrees=False)
    refused(committee, told, successor, "did not say yes")


def test_a_yes_taken_back_is_a_no(committee, told, successor):
    says(told, successor, agrees=True)
    says(told, successor, agrees=False)
    refused(committee, told, successor, "did not say yes")
    says(told, successor, agrees=True)
    assert handed_over(committee["chair"], told.case, successor)


def test_a_closed_case_does_not_go(committee, told, successor):
    says(told, successor, agrees=True)
    Case.objects.update(closed_week=week_of(timezone.localdate()), state="closed")
    refused(committee, told, successor, "closed", keys=sealed_keys(committee["chair"], told.case, successor))


def test_nothing_goes_before_the_time_for_objections_is_over(committee, told, successor):
    says(told, successor, agrees=True)
    type(successor).objects.update(waits_until=timezone.localdate() + timedelta(days=1))
    refused(committee, told, successor, "may object is not over")


def test_nothing_goes_before_two_signed(committee, told, successor):
    says(told, successor, agrees=True)
    successor.signatures.last().delete()
    refused(committee, told, successor, "Two members")


def test_nothing_goes_against_an_objection(committee, told, successor):
    says(told, successor, agrees=True)
    person = committee["member_society"].person
    Objection.objects.create(successor=successor, person=person, objected_on=timezone.localdate())
    refused(committee, told, successor, "objected")


def test_nothing_goes_to_a_body_that_was_withdrawn(committee, told, successor):
    says(told, successor, agrees=True)
    services.withdraw(actor=committee["chair"].member, digest=successor.digest)
    refused(committee, told, successor, "withdrawn", error=StaleVersion)


def test_nothing_goes_when_a_signature_does_not_fit_any_more(committee, told, successor):
    says(told, successor, agrees=True)
    last = successor.signatures.last()
    type(last).objects.filter(pk=last.pk).update(signature=successor.signatures.first().signature)
    refused(committee, told, successor, "signatures under this body")


@pytest.mark.parametrize("by", ["secretary", "member_firms", "translator", "deputy_chair"])
def test_only_the_chair_or_a_deputy_with_a_key_hands_over(committee, told, successor, by):
    says(told, successor, agrees=True)
    keys = sealed_keys(committee["chair"], told.case, successor)
    refused(
        committee,
        told,
        successor,
        "chair or the deputy",
        error=NotAllowed,
        by="chair",
        keys=keys,
        actor=committee[by].member,
    )


def test_a_person_without_seat_hands_nothing_over(committee, told, successor):
    says(told, successor, agrees=True)
    keys = sealed_keys(committee["chair"], told.case, successor)
    committee["chair"].seat = None
    refused(committee, told, successor, "chair or the deputy", error=NotAllowed, keys=keys)


def test_a_chair_who_left_the_case_hands_nothing_over(committee, told, successor):
    says(told, successor, agrees=True)
    keys, reasons = sealed_keys(committee["chair"], told.case, successor), {"sequence": 1, "sealed": b"x"}
    declare(actor=committee["chair"].member, case=told.case, free=False)
    with pytest.raises(NotAllowed):
        services.hand_over(
            actor=committee["chair"].member, case=told.case, digest=successor.digest, keys=keys, **reasons
        )


@pytest.mark.parametrize(
    "sealed",
    [
        b"",
        b"AGE-SECRET-KEY-1 in plain words",
        b"age-encryption.org/v1\nwords",
        b"age-encryption.org/v1\n-> scrypt x 1\n",
    ],
)
def test_what_is_not_sealed_is_refused(committee, told, successor, sealed):
    says(told, successor, agrees=True)
    keys = sealed_keys(committee["chair"], told.case, successor)
    keys[0] = Handed(keys[0].thread, keys[0].epoch, sealed)
    refused(committee, told, successor, "not sealed", keys=keys)


def test_a_key_sealed_to_fewer_or_more_than_the_bodys_recipients_is_refused(committee, told, successor):
    says(told, successor, agrees=True)
    keys, some = sealed_keys(committee["chair"], told.case, successor), successor.body.recipients
    for recipients in (some[:1], [*some, committee["chair"].key.recipient]):
        wrong = [Handed(one.thread, one.epoch, envelopes.seal(b"k", recipients)) for one in keys]
        refused(committee, told, successor, "not sealed", keys=wrong)


def test_a_missing_a_double_and_a_foreign_key_are_refused(committee, told, successor):
    says(told, successor, agrees=True)
    keys = sealed_keys(committee["chair"], told.case, successor)
    foreign = Handed(INTAKE, 7, keys[0].sealed)
    for wrong in (keys[:1], [*keys, keys[0]], [*keys, foreign], [keys[0], foreign]):
        refused(committee, told, successor, "keys of this case", error=StaleVersion, keys=wrong)


def test_without_reasons_the_case_does_not_move_and_nothing_is_kept(committee, told, successor):
    says(told, successor, agrees=True)
    refused(committee, told, successor, "reasons", sequence=0, sealed=b"")


def test_a_suspended_case_is_resumed_first(committee, told, successor):
    says(told, successor, agrees=True)
    Case.objects.update(suspended_week=week_of(timezone.localdate()))
    refused(committee, told, successor, "suspended")


def test_the_database_itself_refuses_plain_keys(told):
    thread = Thread.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        HandedKey.objects.create(thread=thread, sealed=b"AGE-SECRET-KEY-1QQQ")
    with pytest.raises(ValidationError):
        HandedKey(thread=thread, sealed=b"plain").full_clean()


def test_nobody_is_asked_before_the_time_and_an_answer_then_is_refused(committee, told, successor):
    type(successor).objects.update(waits_until=timezone.localdate() + timedelta(days=1))
    with pytest.raises(StaleVersion, match="not asked"):
        says(told, successor, agrees=True)
    wait_over(successor)
    says(told, successor, agrees=True)
    handed_over(committee["chair"], told.case, successor)
    with pytest.raises(StaleVersion, match="went over already"):
        says(told, successor, agrees=False)
    assert Consent.objects.get().agrees


def test_an_answer_about_a_closed_case_or_another_body_is_refused(told, successor):
    digest, successor.digest = successor.digest, "0" * 64
    with pytest.raises(StaleVersion):
        says(told, successor, agrees=True)
    successor.digest = digest
    Case.objects.update(closed_week=week_of(timezone.localdate()), state="closed")
    with pytest.raises(StaleVersion):
        says(told, successor, agrees=True)
    assert not Consent.objects.exists()


def test_a_yes_to_one_body_is_no_yes_to_the_next(committee, told, successor, other):
    says(told, successor, agrees=True)
    services.withdraw(actor=committee["chair"].member, digest=successor.digest)
    second = wait_over(confirmed(committee["secretary"], proposed(committee["chair"], other, serial=2)))
    refused(committee, told, second, "did not say yes")


def test_nothing_readable_lies_in_the_database_after_a_case_went_over(committee, told, successor):
    says(told, successor, agrees=True)
    identities = [identity_of(committee["chair"], told.case, name) for name in (INTAKE, COMMITTEE)]
    handed_over(committee["chair"], told.case, successor)
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            content = b"\n".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in cursor.fetchall()
                for cell in row
            )
            found += [(table, one) for one in leaks(content, [CANARY, told.receipt, *identities])]
    assert found == []


def test_other_cases_stay_closed_to_the_body(committee, told, successor, other):
    second = tell("another " + CANARY)
    says(told, successor, agrees=True)
    handed_over(committee["chair"], told.case, successor)
    assert selectors.keys_of(second.case) == {}
    for wrap in Wrap.objects.filter(thread__case=second.case):
        for identity in other.identities:
            with pytest.raises(Refusal):
                envelopes.unseal(bytes(wrap.sealed), identity)
