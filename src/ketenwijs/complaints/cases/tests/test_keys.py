"""Who can open a case: declarations, grants, recusal with a new key, the heard party."""

from __future__ import annotations

import pytest

from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.models import Case, Envelope, Holder, Thread, Wrap
from ketenwijs.complaints.cases.selectors import (
    case_open_to,
    cases_open_to,
    cases_to_declare_on,
    envelopes_of,
    holder_of,
    newest_threads,
)
from ketenwijs.complaints.cases.services.keys import Granted, current_readers, declare, grant, renew
from ketenwijs.complaints.cases.services.opening import SealedThread, open_case
from ketenwijs.complaints.cases.services.writing import add_message
from ketenwijs.complaints.cases.tests.conftest import identity_of, sealed_by, tell
from ketenwijs.complaints.committee.models import MemberKey, Seat
from ketenwijs.complaints.committee.selectors import site_salt
from ketenwijs.complaints.committee.services import end_seat
from ketenwijs.complaints.sealing import envelopes, receipts
from ketenwijs.complaints.sealing.payloads import COMMITTEE, INTAKE
from ketenwijs.complaints.sealing.refusals import Refusal
from ketenwijs.complaints.sealing.threads import read_thread
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


def granted_by(sitting, case, *others, epoch=1):
    found = []
    for name in (INTAKE, COMMITTEE):
        content = identity_of(sitting, case, name, epoch).encode()
        found += [
            Granted(name, epoch, one.key.identifier, envelopes.seal(content, [one.key.recipient])) for one in others
        ]
    return found


def new_thread(readers, holder=None):
    identity, recipient = envelopes.new_identity()
    wraps = {key: envelopes.seal(identity.encode(), [one.recipient]) for key, one in readers.items()}
    return SealedThread(recipient, wraps, envelopes.seal(identity.encode(), [holder.recipient]) if holder else b"")


def renewed(case):
    readers = current_readers(case)
    holders = {INTAKE: case.holders.get(role="complainant")}
    return {name: new_thread(readers, holders.get(name)) for name in newest_threads(case)}


def test_a_new_case_is_open_to_chair_and_secretary_only(told, committee):
    assert case_open_to(committee["chair"].member, told.case.number) == told.case
    assert case_open_to(committee["secretary"].member, told.case.number) == told.case
    for function in ("deputy_chair", "member_firms", "member_society"):
        assert case_open_to(committee[function].member, told.case.number) is None
        assert told.case in cases_to_declare_on(committee[function].member)


def test_a_member_is_granted_the_key_after_declaring_to_be_free(case, committee):
    member = committee["member_firms"]
    with pytest.raises(DomainError):
        grant(actor=committee["chair"].member, case=case, granted=granted_by(committee["chair"], case, member))
    declare(actor=member.member, case=case, free=True)
    assert grant(actor=committee["chair"].member, case=case, granted=granted_by(committee["chair"], case, member)) == 2
    assert case_open_to(member.member, case.number) == case
    read = read_thread(
        envelopes_of(case, INTAKE),
        case=case.identifier,
        thread=INTAKE,
        identities={1: identity_of(member, case, INTAKE)},
        signers={"complainant": case.holders.get().signing},
    )
    assert read[0].payload.body["text"] == "words"


def test_only_those_who_keep_the_case_may_grant(case, committee):
    declare(actor=committee["member_firms"].member, case=case, free=True)
    with pytest.raises(NotAllowed):
        grant(actor=committee["member_firms"].member, case=case, granted=[])


def test_a_key_that_is_not_tested_is_given_nothing(case, committee):
    member = committee["member_firms"]
    declare(actor=member.member, case=case, free=True)
    MemberKey.objects.filter(pk=member.key.pk).update(tested_on=None)
    with pytest.raises(DomainError):
        grant(actor=committee["chair"].member, case=case, granted=granted_by(committee["chair"], case, member))


def test_a_recused_member_loses_the_case_and_cannot_open_what_follows(case, committee):
    member, chair = committee["member_society"], committee["chair"]
    declare(actor=member.member, case=case, free=True)
    grant(actor=chair.member, case=case, granted=granted_by(chair, case, member))
    old = {1: identity_of(member, case, INTAKE)}
    declare(actor=member.member, case=case, free=False)
    case.refresh_from_db()
    assert case.renew_keys
    assert case_open_to(member.member, case.number) is None
    assert cases_open_to(member.member).count() == 0
    renew(actor=chair.member, case=case, threads=renewed(case))
    case.refresh_from_db()
    assert not case.renew_keys
    add_message(case=case, name=INTAKE, **sealed_by(chair, case, "after", INTAKE))
    signers = {"complainant": case.holders.get().signing, f"member:{chair.key.identifier}": chair.key.signing}
    how = {"case": case.identifier, "thread": INTAKE, "signers": signers}
    stolen = read_thread(envelopes_of(case, INTAKE), identities={**old, 2: old[1]}, **how)
    assert [bool(one.payload) for one in stolen] == [True, False]
    own = {1: identity_of(chair, case, INTAKE), 2: identity_of(chair, case, INTAKE, 2)}
    assert [one.payload.body["text"] for one in read_thread(envelopes_of(case, INTAKE), identities=own, **how)] == [
        "words",
        "after",
    ]


def test_the_complainant_reads_on_after_the_keys_were_renewed(told, case, committee):
    chair = committee["chair"]
    renew(actor=chair.member, case=case, threads=renewed(case))
    add_message(case=case, name=INTAKE, **sealed_by(chair, case, "after", INTAKE))
    keys = receipts.keys_from(told.secret)
    opened = arrival.open_for(holder_of(keys.locator, keys.proof), told.secret)
    assert [one.payload.body["text"] for one in opened.messages[INTAKE]] == ["words", "after"]


def test_an_interest_cannot_be_taken_back(case, committee):
    declare(actor=committee["member_firms"].member, case=case, free=False)
    with pytest.raises(DomainError):
        declare(actor=committee["member_firms"].member, case=case, free=True)


def test_the_last_who_can_open_a_case_cannot_leave_it(case, committee):
    declare(actor=committee["secretary"].member, case=case, free=False)
    with pytest.raises(DomainError, match="only one"):
        declare(actor=committee["chair"].member, case=case, free=False)


def test_a_new_key_for_a_wrong_set_of_members_is_refused(case, committee):
    threads = renewed(case)
    for name, thread in threads.items():
        wraps = {key: one for key, one in thread.wraps.items() if key != committee["chair"].key.identifier}
        threads[name] = SealedThread(thread.recipient, wraps, thread.for_holder)
    with pytest.raises(DomainError):
        renew(actor=committee["chair"].member, case=case, threads=threads)
    assert Thread.objects.filter(epoch=2).count() == 0


def test_the_last_holder_of_a_tested_key_cannot_leave_the_committee(committee):
    for function in ("secretary", "deputy_chair", "member_firms", "member_society"):
        end_seat(actor=committee["chair"].member, seat=committee[function].seat)
    with pytest.raises(DomainError, match="last member"):
        end_seat(actor=committee["chair"].member, seat=committee["chair"].seat)


def test_a_member_whose_seat_ended_has_no_case(case, committee):
    end_seat(actor=committee["chair"].member, seat=committee["secretary"].seat)
    member = committee["secretary"].member
    assert case_open_to(type(member)(member.person, None), case.number) is None


def test_what_follows_after_a_seat_ended_needs_a_new_key(case, committee):
    leaver = committee["secretary"]
    old = identity_of(leaver, case, INTAKE)
    end_seat(actor=committee["chair"].member, seat=leaver.seat)
    case.refresh_from_db()
    assert case.renew_keys
    assert not Wrap.objects.filter(thread__case=case, member_key__person=leaver.person).exists()
    assert leaver.key.identifier not in current_readers(case)
    renew(actor=committee["chair"].member, case=case, threads=renewed(case))
    message = sealed_by(committee["chair"], case, "after", INTAKE)
    with pytest.raises(Refusal):
        envelopes.unseal(message["sealed"], old)


def test_the_last_who_can_open_a_case_keeps_the_seat_until_somebody_else_can(case, committee):
    declare(actor=committee["secretary"].member, case=case, free=False)
    with pytest.raises(DomainError, match="only they can open"):
        end_seat(actor=committee["secretary"].member, seat=committee["chair"].seat)
    assert Wrap.objects.filter(thread__case=case, member_key=committee["chair"].key).exists()
    assert Seat.objects.get(pk=committee["chair"].seat.pk).until is None
    deputy = committee["deputy_chair"]
    declare(actor=deputy.member, case=case, free=True)
    grant(actor=committee["chair"].member, case=case, granted=granted_by(committee["chair"], case, deputy))
    end_seat(actor=committee["secretary"].member, seat=committee["chair"].seat)
    assert set(current_readers(case)) == {deputy.key.identifier}


def test_two_members_writing_at_once_the_second_seals_again(case, committee):
    one = sealed_by(committee["chair"], case, "one")
    other = sealed_by(committee["secretary"], case, "other")
    add_message(case=case, name=COMMITTEE, **one)
    with pytest.raises(StaleVersion):
        add_message(case=case, name=COMMITTEE, **other)
    assert Envelope.objects.filter(case=case, name=COMMITTEE).count() == 1


@pytest.mark.parametrize("plain", [b"", b"plain words", b"age-encryption.org/v1\nplain words under a sealed head"])
def test_what_is_not_sealed_is_refused(case, plain):
    with pytest.raises(DomainError):
        add_message(case=case, name=INTAKE, sequence=2, sealed=plain)


def test_the_database_itself_refuses_plain_text(case):
    from django.db import IntegrityError, transaction

    for table, field in ((Envelope, "sealed"), (Wrap, "sealed"), (Holder, "signing_sealed"), (MemberKey, "by_paper")):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.update(**{field: b"plain words"})


def test_a_case_for_other_readers_than_the_committees_is_refused(committee):
    secret = receipts.stretched(receipts.new_receipt(), site_salt())
    from django.utils import timezone

    new = arrival.seal_case(stretched=secret, body={"text": "x"}, nonce="n", now=timezone.now())
    stranger = SealedThread(new.intake.recipient, {"0" * 16: new.first}, new.intake.for_holder)
    with pytest.raises(DomainError):
        open_case(type(new)(**{**vars(new), "intake": stranger}))
    assert Case.objects.count() == 0


def test_the_journal_names_the_act_and_no_content(case, committee):
    tell("canary-words")
    assert {entry.event for entry in JournalEntry.objects.all()} == {"cases.interest.declared"}
    assert "canary" not in str(list(JournalEntry.objects.values()))
