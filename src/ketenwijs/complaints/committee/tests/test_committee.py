"""Seats, keys and the signed list: who may, what is refused, and who sees nothing at all."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from django.utils import timezone

from ketenwijs.complaints.committee import selectors, services
from ketenwijs.complaints.committee.models import MemberKey, Seat, SignedKeyList
from ketenwijs.complaints.committee.services import Operator
from ketenwijs.complaints.committee.tests.factories import full_committee, listed, put_up_list, scrypt_like, sitting
from ketenwijs.complaints.sealing import envelopes, keylists, signatures
from ketenwijs.complaints.sealing.keylists import KeyList, ListedKey
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


def new_key():
    identity, recipient = envelopes.new_identity()
    private, signing = signatures.new_signing_key()
    wrapped = {"by_passphrase": scrypt_like(b"x" * 100), "by_paper": envelopes.seal(b"x", [recipient])}
    return identity, private, {"recipient": recipient, "signing": signing, **wrapped}


def proposal(committee, *, serial, private=None, root=None, members=None):
    members = members if members is not None else tuple(listed(one) for one in committee.members.values())
    found = KeyList(serial, root or committee.root, members)
    return {
        "document": keylists.document(found).decode(),
        "signature": keylists.signed(found, private or committee.root_private),
    }


def test_the_operator_seats_the_first_members_and_nobody_twice():
    person = Person.objects.create_user("a@example.org", name="A")
    services.seat_person(actor=Operator(), person=person, function="chair")
    with pytest.raises(DomainError, match="already"):
        services.seat_person(actor=Operator(), person=person, function="secretary")
    with pytest.raises(DomainError, match="no such function"):
        services.seat_person(actor=Operator(), person=Person.objects.create_user("b@example.org"), function="king")


def test_nobody_of_the_secretariat_or_the_host_can_sit():
    committee = full_committee()
    person = Person.objects.create_user("lead@secretariat.example", name="Lead")
    with pytest.raises(DomainError, match="secretariat"):
        services.seat_person(actor=Operator(), person=person, function="secretary")
    with pytest.raises(DomainError, match="secretariat"):
        services.invite_member(
            actor=committee["chair"].member, email="admin@Host.example", name="A", function="translator"
        )


def test_an_ordinary_member_may_not_seat_invite_end_or_sign():
    committee = full_committee()
    member = committee["member_firms"].member
    with pytest.raises(NotAllowed):
        services.seat_person(actor=member, person=member.person, function="chair")
    with pytest.raises(NotAllowed):
        services.invite_member(actor=member, email="x@example.org", name="X", function="chair")
    with pytest.raises(NotAllowed):
        services.end_seat(actor=member, seat=committee["chair"].seat)
    with pytest.raises(NotAllowed):
        services.take_list(actor=member, **proposal(committee, serial=2))


def test_whoever_accepts_an_invitation_gets_the_seat_and_no_key(mailoutbox):
    from ketenwijs.foundation.accounts.services import accept, invite

    committee = full_committee()
    _invitation, token = invite(
        actor=committee["chair"].member,
        email="t@example.org",
        name="T",
        role="translator",
        scope_kind=services.SCOPE,
        scope_key=services.SCOPE,
    )
    person = accept(token=token, name="T", password="a long enough password 7")
    assert selectors.seat_of(person).function == "translator"
    assert selectors.own_key(selectors.Member(person, selectors.seat_of(person))) is None


def test_a_new_key_ends_the_earlier_one_and_is_not_tested():
    one = sitting("chair")
    _identity, _private, made = new_key()
    kept = services.add_key(actor=one.member, **made)
    assert kept.tested_on is None
    one.key.refresh_from_db()
    assert one.key.ended_on == timezone.localdate()
    with pytest.raises(DomainError, match="known already"):
        services.add_key(actor=one.member, **made)


@pytest.mark.parametrize("field", ["recipient", "signing", "by_passphrase", "by_paper"])
def test_what_is_no_key_or_not_wrapped_is_refused(field):
    one = sitting("chair")
    _identity, _private, made = new_key()
    wrong = {"recipient": "age1x", "signing": "AAAA", "by_passphrase": b"AGE-SECRET-KEY-1", "by_paper": b"plain"}
    with pytest.raises(DomainError):
        services.add_key(actor=one.member, **{**made, field: wrong[field]})


def test_a_key_is_tested_by_reading_and_signing_a_challenge():
    one = sitting("chair", tested=False)
    words = b"r" * 32
    expected = hashlib.sha256(words).digest()
    signature = base64.b64encode(signatures.sign(one.private, services.TEST_LABEL, words)).decode()
    with pytest.raises(DomainError):
        services.pass_test(actor=one.member, key=one.key, expected=expected, answer=b"guess", signature=signature)
    with pytest.raises(DomainError):
        services.pass_test(actor=one.member, key=one.key, expected=b"", answer=words, signature=signature)
    with pytest.raises(DomainError):
        services.pass_test(actor=one.member, key=one.key, expected=expected, answer=words, signature="AAAA")
    services.pass_test(actor=one.member, key=one.key, expected=expected, answer=words, signature=signature)
    one.key.refresh_from_db()
    assert one.key.tested_on


def test_a_list_is_taken_with_the_root_of_before_and_the_next_number_only():
    committee = full_committee()
    chair = committee["chair"].member
    private, root = signatures.new_signing_key()
    with pytest.raises(DomainError):
        services.take_list(actor=chair, **proposal(committee, serial=2, private=private, root=root))
    with pytest.raises(DomainError):
        services.take_list(actor=chair, **proposal(committee, serial=2, private=private))
    with pytest.raises(StaleVersion):
        services.take_list(actor=chair, **proposal(committee, serial=3))
    with pytest.raises(DomainError, match="must stay"):
        services.take_list(actor=chair, **proposal(committee, serial=2, members=(listed(committee["chair"]),)))
    unknown = (envelopes.new_identity()[1], signatures.new_signing_key()[1])
    stranger = ListedKey("0" * 16, "X", "chair", *unknown, "2026-11-23")
    with pytest.raises(DomainError, match="no member has"):
        services.take_list(
            actor=chair,
            **proposal(committee, serial=2, members=(*(listed(one) for one in committee.members.values()), stranger)),
        )
    services.take_list(actor=chair, **proposal(committee, serial=2))
    assert selectors.key_list().serial == 2


def test_a_list_that_was_changed_in_the_database_does_not_count():
    committee = full_committee()
    row = SignedKeyList.objects.get()
    swapped = row.document.replace(committee["chair"].key.recipient, envelopes.new_identity()[1])
    SignedKeyList.objects.update(document=swapped)
    assert selectors.key_list().serial == 0
    assert not selectors.is_intake_open()


def test_intake_needs_two_tested_keys_on_the_list():
    committee = full_committee("chair", "member_firms")
    assert selectors.is_intake_open()
    MemberKey.objects.filter(pk=committee["member_firms"].key.pk).update(tested_on=None)
    assert not selectors.is_intake_open()


def test_intake_needs_a_first_reader():
    full_committee("member_firms", "member_society")
    assert not selectors.is_intake_open()


def test_a_member_whose_seat_ended_is_out_at_once(client):
    committee = full_committee()
    client.force_login(committee["member_firms"].person)
    assert client.get("/committee/").status_code == 200
    services.end_seat(actor=committee["chair"].member, seat=committee["member_firms"].seat)
    assert client.get("/committee/").status_code == 302
    put_up_list(committee)
    assert committee["member_firms"].key.identifier not in selectors.usable_keys()


PAGES = [
    "",
    "members/",
    "key/",
    "key/wrapped/",
    "list/",
    "list/data/",
    "cases/",
    "cases/1/",
    "cases/1/data/",
    "cases/1/export/",
]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_without_a_seat_learns_anything(client, page):
    full_committee()
    assert client.get(f"/committee/{page}").status_code == 302
    client.force_login(Person.objects.create_user("operator@example.org", name="Operator"))
    assert client.get(f"/committee/{page}").status_code == 404


def test_a_script_whose_session_ended_gets_a_sentence_and_keeps_its_text(client):
    full_committee()
    answer = client.post("/committee/cases/1/message/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert "Sign in again" in answer.json()["sentence"]


def test_outside_the_demonstration_a_seat_needs_a_second_factor(client, settings):
    settings.DEMO = False
    committee = full_committee()
    client.force_login(committee["chair"].person)
    assert client.get("/committee/").url == "/accounts/me/"


def test_a_misshapen_post_gets_a_sentence(client):
    committee = full_committee()
    client.force_login(committee["chair"].person)
    for data in ({}, {"recipient": 3}, {"recipient": "x", "signing": "x", "by_passphrase": "%", "by_paper": "%"}):
        answer = client.post("/committee/key/", json.dumps(data), content_type="application/json")
        assert answer.status_code == 400
        assert answer.json()["sentence"]
    assert Seat.objects.count() == 5
