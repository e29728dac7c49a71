"""The receipt: its digits, and what it becomes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ketenwijs.complaints.sealing import envelopes, receipts
from ketenwijs.complaints.sealing.refusals import RECEIPT_MISTYPED, Refusal

ANSWERS = json.loads((Path(__file__).parent / "known_answers.json").read_text("utf-8"))


def test_a_new_receipt_has_twenty_digits_and_is_accepted():
    receipt = receipts.new_receipt()
    assert len(receipt) == 20
    assert receipts.normalised(receipt) == receipt
    assert receipts.grouped(receipt).count(" ") == 4


@pytest.mark.parametrize("case", ANSWERS["receipts"], ids=lambda case: case["why"])
def test_known_receipts_become_the_known_keys(case):
    digits = receipts.normalised(case["typed"])
    assert digits == case["digits"]
    keys = receipts.keys_from(receipts.stretched(digits, bytes.fromhex(case["salt"])))
    assert keys.locator == case["locator"]
    assert keys.proof == case["proof"]
    assert keys.identity == case["identity"]
    assert envelopes.recipient_of(keys.identity) == case["recipient"]


def test_every_single_wrong_digit_and_every_swap_of_neighbours_is_noticed():
    receipt = ANSWERS["receipts"][0]["digits"]
    wrong = [
        receipt[:place] + other + receipt[place + 1 :]
        for place in range(20)
        for other in "0123456789"
        if other != receipt[place]
    ]
    wrong += [
        receipt[:place] + receipt[place + 1] + receipt[place] + receipt[place + 2 :]
        for place in range(19)
        if receipt[place] != receipt[place + 1]
    ]
    for typed in wrong:
        with pytest.raises(Refusal) as refusal:
            receipts.normalised(typed)
        assert refusal.value.code == RECEIPT_MISTYPED


@pytest.mark.parametrize("typed", ["", "1234", "12345678901234567890x", "a" * 20, "²" * 20, "½" * 20, "1" * 400])
def test_what_is_no_receipt_is_refused(typed):
    with pytest.raises(Refusal):
        receipts.normalised(typed)


def test_another_salt_gives_other_keys():
    receipt = receipts.new_receipt()
    one, other = (receipts.keys_from(receipts.stretched(receipt, salt)) for salt in (b"a" * 16, b"b" * 16))
    assert not {one.locator, one.proof, one.identity} & {other.locator, other.proof, other.identity}


def test_the_locator_and_proof_say_nothing_about_the_identity():
    stretched = bytes(range(32))
    keys = receipts.keys_from(stretched)
    assert len({keys.locator, keys.proof[:32], receipts.derived(stretched, "identity").hex()[:32]}) == 3


def test_sending_the_same_text_again_has_the_same_token_and_another_text_not():
    secret = bytes(range(32))
    token = receipts.once_token(secret, "n1", "the text")
    assert token == receipts.once_token(secret, "n1", "the text")
    assert token != receipts.once_token(secret, "n1", "the text, mended")
    assert token != receipts.once_token(secret, "n2", "the text")
    assert token != receipts.once_token(bytes(32), "n1", "the text")
