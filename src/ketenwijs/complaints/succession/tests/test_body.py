"""A body counts when two members in different functions signed for its keys, and nobody objected in time."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ketenwijs.complaints.committee.models import SignedKeyList
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.committee.tests.factories import listed
from ketenwijs.complaints.sealing import envelopes, keylists, signatures
from ketenwijs.complaints.sealing.keylists import KeyList
from ketenwijs.complaints.succession import rules, selectors, services
from ketenwijs.complaints.succession.definitions import succession
from ketenwijs.complaints.succession.models import Successor, SuccessorSignature
from ketenwijs.complaints.succession.tests.conftest import (
    body_of,
    confirmed,
    other_body,
    proposed,
    signed_by,
    wait_over,
)
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


def test_two_members_in_different_functions_make_a_body_count_after_the_wait(committee, other):
    successor = proposed(committee["chair"], other)
    assert successor.standing() == rules.PROPOSED
    confirmed(committee["member_society"], successor)
    found = selectors.current()
    assert found.standing() == rules.WAITING
    assert found.waits_until == timezone.localdate() + timedelta(days=succession().waiting_days)
    assert selectors.usable() is None
    wait_over(found)
    assert selectors.usable() == successor
    names = set(JournalEntry.objects.values_list("event", flat=True))
    assert {"succession.body.proposed", "succession.body.confirmed"} <= names


def test_one_member_alone_is_not_enough_however_long_it_takes(committee, other):
    successor = proposed(committee["chair"], other)
    wait_over(successor)
    assert selectors.current().standing() == rules.PROPOSED
    assert selectors.usable() is None


def test_the_same_person_cannot_confirm(committee, other):
    successor = proposed(committee["chair"], other)
    with pytest.raises(DomainError, match="Somebody else"):
        confirmed(committee["chair"], successor)
    assert SuccessorSignature.objects.count() == 1


def test_a_second_person_in_the_same_function_cannot_confirm(committee, other):
    successor = proposed(committee["chair"], other)
    committee["member_firms"].seat.function = "chair"
    committee["member_firms"].seat.save()
    with pytest.raises(DomainError, match="in another function"):
        confirmed(committee["member_firms"], successor)


@pytest.mark.parametrize("typed", ["0000 0000 0000 0000 0000 0000", "1", "words"])
def test_another_check_number_is_refused(committee, other, typed):
    successor = proposed(committee["chair"], other)
    with pytest.raises(DomainError, match="check number"):
        confirmed(committee["secretary"], successor, fingerprint=typed)
    assert selectors.current().waits_until is None


def test_the_check_number_may_be_typed_in_any_script_and_without_groups(committee, other):
    successor = proposed(committee["chair"], other)
    typed = "".join(chr(0x966 + int(one)) for one in successor.body.fingerprint.replace(" ", ""))
    assert confirmed(committee["secretary"], successor, fingerprint=typed).waits_until


def test_a_host_that_swaps_the_keys_gives_another_number_than_the_paper(committee, other):
    """Proposed is what the server showed: the list of somebody else. The second member has the true body's paper."""
    swapped = proposed(committee["chair"], other_body())
    with pytest.raises(DomainError, match="check number"):
        confirmed(committee["secretary"], swapped, fingerprint=keylists.fingerprint(other.found.root))


@pytest.mark.parametrize("change", ["recipients", "fingerprint", "root"])
def test_a_statement_that_does_not_fit_the_bodys_list_is_refused(committee, other, change):
    wrong = {"recipients": (envelopes.new_identity()[1],), "fingerprint": "1234", "root": "AAAA"}
    with pytest.raises(DomainError, match="does not belong"):
        proposed(committee["chair"], other, **{change: wrong[change]})


def test_a_list_that_its_root_did_not_sign_is_refused(committee, other):
    other.document = other.document.replace("Example 0", "Example 9")
    with pytest.raises(DomainError, match="not signed by the body"):
        proposed(committee["chair"], other)


@pytest.mark.parametrize(
    "change", [{"address": "http://plain.example/"}, {"name": " "}, {"post": ""}, {"since": "soon"}]
)
def test_a_body_without_name_https_address_post_or_day_is_refused(committee, other, change):
    with pytest.raises(DomainError, match="Fill in"):
        proposed(committee["chair"], other, **change)


def test_the_committees_own_keys_are_no_other_body(committee, other):
    own = committee["chair"].key.recipient
    statement = rules.statement_of(body_of(other, root="", recipients=(own,), fingerprint=rules.fingerprint_of(own)))
    with pytest.raises(DomainError, match="of this committee"):
        services.propose(
            actor=committee["chair"].member, statement=statement, signature=signed_by(committee["chair"], statement)
        )


def test_a_single_age_recipient_is_checked_by_its_last_24_characters(committee, other):
    recipient = envelopes.new_identity()[1]
    paper = recipient[-24:].upper()
    changes = {"root": "", "recipients": (recipient,), "fingerprint": rules.fingerprint_of(recipient)}
    statement = rules.statement_of(body_of(other, **changes))
    chair = committee["chair"]
    successor = services.propose(actor=chair.member, statement=statement, signature=signed_by(chair, statement))
    assert confirmed(committee["secretary"], successor, fingerprint=paper).waits_until


def test_a_signature_of_another_key_or_over_other_words_is_refused(committee, other):
    statement = rules.statement_of(body_of(other))
    chair, words = committee["chair"], {"document": other.document, "list_signature": other.signature}
    for signature in (
        signed_by(committee["secretary"], statement),
        signed_by(chair, statement + " "),
        signed_by(chair, statement, private=signatures.new_signing_key()[0]),
        "not base64!",
    ):
        with pytest.raises(DomainError, match="signature does not fit"):
            services.propose(actor=chair.member, statement=statement, signature=signature, **words)


def test_a_translator_somebody_without_seat_and_an_unlisted_key_are_refused(committee, other):
    with pytest.raises(NotAllowed):
        proposed(committee["translator"], other)
    with pytest.raises(NotAllowed):
        proposed(committee["member_firms"], other)
    successor = proposed(committee["chair"], other)
    with pytest.raises(NotAllowed):
        confirmed(committee["translator"], successor)
    with pytest.raises(NotAllowed):
        services.object_to(actor=committee["translator"].member, digest=successor.digest)
    committee["member_society"].seat = None
    with pytest.raises(NotAllowed):
        confirmed(committee["member_society"], successor)
    committee["secretary"].key.tested_on = None
    committee["secretary"].key.save()
    with pytest.raises(NotAllowed, match="not on the signed list"):
        confirmed(committee["secretary"], successor)


def test_an_objection_stops_everything_until_its_own_member_takes_it_back(committee, other):
    successor = confirmed(committee["secretary"], proposed(committee["chair"], other))
    firms = committee["member_firms"].member
    services.object_to(actor=firms, digest=successor.digest)
    wait_over(successor)
    assert selectors.current().standing() == rules.OBJECTED
    assert selectors.usable() is None
    with pytest.raises(DomainError, match="no objection"):
        services.take_back(actor=committee["chair"].member, digest=successor.digest)
    services.take_back(actor=firms, digest=successor.digest)
    assert selectors.usable() == successor


def test_after_the_time_nobody_can_object_any_more_but_the_chair_can_withdraw(committee, successor):
    with pytest.raises(DomainError, match="time for objections is over"):
        services.object_to(actor=committee["member_firms"].member, digest=successor.digest)
    with pytest.raises(NotAllowed):
        services.withdraw(actor=committee["member_firms"].member, digest=successor.digest)
    services.withdraw(actor=committee["chair"].member, digest=successor.digest)
    assert selectors.current() is None
    with pytest.raises(StaleVersion):
        services.withdraw(actor=committee["chair"].member, digest=successor.digest)


def test_there_is_one_current_body_and_the_database_says_so_too(committee, other, successor):
    with pytest.raises(StaleVersion, match="proposal already"):
        proposed(committee["chair"], other, serial=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Successor.objects.create(serial=9, statement="x", digest="y", proposed_on=timezone.localdate())
    services.withdraw(actor=committee["chair"].member, digest=successor.digest)
    assert proposed(committee["chair"], other, serial=2).standing() == rules.PROPOSED


def test_rows_that_the_host_changed_count_for_nothing(committee, successor):
    """A second signature copied from the first, another key's name, or other words under the same signatures."""
    first, second = successor.signatures.all()
    SuccessorSignature.objects.filter(pk=second.pk).update(signature=first.signature)
    assert selectors.usable() is None
    SuccessorSignature.objects.filter(pk=second.pk).update(signature=second.signature)
    assert selectors.usable() == successor
    words = json.loads(successor.statement)
    words["recipients"] = [envelopes.new_identity()[1]]
    forged = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    Successor.objects.update(statement=forged, digest=rules.digest_of(forged))
    assert selectors.usable() is None


def test_signatures_count_after_the_signers_key_ended_because_old_keys_stay_listed(committee, successor):
    ended = KeyList(2, committee.root, tuple(listed(one) for one in committee.members.values()))
    members = tuple(
        one if one.function != "chair" else type(one)(**{**one.__dict__, "until": "2026-12-01"})
        for one in ended.members
    )
    ended = KeyList(2, committee.root, members)
    SignedKeyList.objects.create(
        serial=2,
        document=keylists.document(ended).decode(),
        signature=keylists.signed(ended, committee.root_private),
        taken_on=timezone.localdate(),
    )
    assert selectors.usable() == successor


def test_a_statement_in_any_other_writing_is_no_statement(other):
    good = rules.statement_of(body_of(other))
    assert rules.parsed(good) == body_of(other)
    for bad in (
        good + " ",
        good.replace('"suite":1', '"suite":2'),
        "[]",
        "{}",
        "null",
        "x",
        good.replace('":1,', '":"1",'),
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - whichever part is wrong
            rules.parsed(bad)


def test_a_person_who_never_sat_can_do_nothing(committee, other):
    outsider = Member(Person.objects.create_user("x@host.example", "long enough to sign in", name="X"), None)
    statement = rules.statement_of(body_of(other))
    with pytest.raises(NotAllowed):
        services.propose(actor=outsider, statement=statement, signature="")
