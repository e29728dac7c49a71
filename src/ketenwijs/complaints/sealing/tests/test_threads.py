"""Messages: signed, chained, and each kind of tampering named."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from ketenwijs.complaints.sealing import envelopes, payloads, signatures
from ketenwijs.complaints.sealing.refusals import (
    DAMAGED,
    LIST_OLDER,
    LIST_OTHER_ROOT,
    NOT_GENUINE,
    OUT_OF_PLACE,
    UNKNOWN_SUITE,
    Refusal,
)
from ketenwijs.complaints.sealing.tests.material import Row
from ketenwijs.complaints.sealing.threads import Stored, key_list_refusal, read_thread


@pytest.fixture
def row():
    row = Row()
    for text in ("first", "second", "third"):
        row.add(text)
    return row


def read(row, stored=None, **words):
    words = {"case": row.case, "thread": row.thread, "identities": {1: row.identity}, "signers": row.signers, **words}
    return read_thread(row.stored if stored is None else stored, **words)


def codes(found):
    return [one.refusal for one in found]


def test_a_thread_reads_back_in_order(row):
    assert [one.payload.body["text"] for one in read(row)] == ["first", "second", "third"]


def test_a_message_is_a_readable_line_for_whoever_opens_it_with_age(row, tmp_path):
    if not shutil.which("age"):
        pytest.skip("the age program is not installed")
    (tmp_path / "key").write_text(row.identity + "\n")
    (tmp_path / "message.age").write_bytes(row.stored[0].sealed)
    words = ["age", "-d", "-i", str(tmp_path / "key"), str(tmp_path / "message.age")]
    shown = subprocess.run(words, capture_output=True, check=True, text=True).stdout
    assert '"text":"first"' in shown.splitlines()[0]
    assert len(shown) == 1024


def test_messages_of_different_length_look_alike(row):
    row.add("x" * 300)
    assert {len(envelopes.unseal(one.sealed, row.identity)) for one in row.stored} == {1024}


def test_a_reordered_thread_is_noticed_and_the_rest_stays_readable(row):
    one, two, three = row.stored
    swapped = [one, Stored(2, 1, three.sealed), Stored(3, 1, two.sealed)]
    assert codes(read(row, swapped)) == ["", OUT_OF_PLACE, OUT_OF_PLACE]


def test_a_dropped_message_is_noticed(row):
    one, _two, three = row.stored
    assert codes(read(row, [one, three])) == ["", OUT_OF_PLACE]
    assert codes(read(row, [one, Stored(2, 1, three.sealed)])) == ["", OUT_OF_PLACE]


def test_a_message_of_another_case_or_thread_is_noticed(row):
    other = Row(case="case-2", identity=row.identity)
    other.private, other.signing, other.recipient = row.private, row.signing, row.recipient
    moved = other.add("from elsewhere")
    assert codes(read(row, [moved])) == [OUT_OF_PLACE]


def test_a_forged_message_from_the_committee_is_not_genuine(row):
    private, _signing = signatures.new_signing_key()
    row.add("the committee asks for your name", private=private, author="member:chair")
    _other, chairs = signatures.new_signing_key()
    found = read(row, signers={**row.signers, "member:chair": chairs})
    assert codes(found) == ["", "", "", NOT_GENUINE]


def test_a_writer_nobody_knows_is_not_genuine(row):
    row.add("hello", author="member:unknown")
    assert codes(read(row))[-1] == NOT_GENUINE


def test_a_signature_made_for_something_else_does_not_serve(row):
    line = b"{}"
    signature = signatures.sign(row.private, b"other label\n", line)
    assert not signatures.is_signed(row.signing, payloads.LABEL, line, signature)


def test_a_truncated_message_is_damaged_and_the_others_stay(row):
    one, two, three = row.stored
    found = read(row, [one, Stored(2, 1, two.sealed[:-20]), three])
    assert codes(found) == ["", DAMAGED, OUT_OF_PLACE]
    assert found[0].payload.body["text"] == "first"


def test_a_message_of_a_later_epoch_is_closed_to_who_has_only_the_earlier_key(row):
    before = row.identity
    row.identity, row.recipient = envelopes.new_identity()
    row.add("after the recusal", epoch=2)
    assert codes(read(row, identities={1: before}))[-1] == DAMAGED
    assert codes(read(row, identities={1: before, 2: before}))[-1] == DAMAGED
    assert codes(read(row, identities={1: before, 2: row.identity})) == ["", "", "", ""]


def test_an_unknown_suite_is_refused(row):
    place = payloads.Place(row.case, row.thread, 1, 1, "")
    payload = payloads.Payload(place, "complainant", "", "text", {}, suite=2)
    sealed = payloads.sealed(payload, private=row.private, recipient=row.recipient)
    with pytest.raises(Refusal) as refusal:
        payloads.opened(sealed, identity=row.identity, place=place, signers=row.signers)
    assert refusal.value.code == UNKNOWN_SUITE


@pytest.mark.parametrize("line", [b"", b"[]", b"{}", b'{"suite":1}', b"\xff\xfe", b'{"case":1,"body":3}'])
def test_a_sealed_thing_that_is_no_message_is_damaged(row, line):
    with pytest.raises(Refusal) as refusal:
        payloads.opened(
            envelopes.seal(line + b"\nAAAA\n", [row.recipient]),
            identity=row.identity,
            place=payloads.Place("", "", 1, 1, ""),
            signers={},
        )
    assert refusal.value.code == DAMAGED


def test_a_key_list_older_than_one_seen_or_of_another_root_is_refused():
    row = Row()
    row.add("hello", key_list={"serial": 4, "root": "R"})
    found = read(row)
    assert key_list_refusal(found, root="R", serial=4) == ""
    assert key_list_refusal(found, root="R", serial=3) == LIST_OLDER
    assert key_list_refusal(found, root="other", serial=9) == LIST_OTHER_ROOT


def test_a_point_that_is_not_on_the_curve_is_no_key():
    import base64

    assert not signatures.is_public(base64.b64encode(b"\x04" + bytes(64)).decode())
    assert not signatures.is_public("%%%")
    assert not signatures.is_signed(base64.b64encode(b"\x04" + bytes(64)).decode(), b"", b"", bytes(64))
