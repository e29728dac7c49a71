"""Envelopes are age files: both ways with the ordinary program, and refused when touched."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from ketenwijs.complaints.sealing import envelopes
from ketenwijs.complaints.sealing.refusals import DAMAGED, Refusal

ANSWERS = json.loads((Path(__file__).parent / "known_answers.json").read_text("utf-8"))
needs_age = pytest.mark.skipif(not shutil.which("age"), reason="the age program is not installed")


def age(*words, stdin=b""):
    return subprocess.run(["age", *words], input=stdin, capture_output=True, check=True).stdout


@needs_age
def test_the_age_program_opens_what_we_seal(tmp_path):
    identity, recipient = envelopes.new_identity()
    (tmp_path / "key").write_text(identity + "\n")
    sealed = envelopes.seal("ಕಲ್ಲು".encode(), [envelopes.new_identity()[1], recipient])
    assert age("-d", "-i", str(tmp_path / "key"), stdin=sealed) == "ಕಲ್ಲು".encode()


@needs_age
def test_we_open_what_the_age_program_seals(tmp_path):
    made = subprocess.run(["age-keygen"], capture_output=True, check=True, text=True).stdout
    identity = made.strip().splitlines()[-1]
    sealed = age("-r", envelopes.recipient_of(identity), stdin=b"x" * 200_000)
    assert envelopes.unseal(sealed, identity) == b"x" * 200_000
    assert envelopes.looks_sealed(sealed)


@needs_age
def test_an_identity_from_a_receipt_is_one_the_age_program_takes(tmp_path):
    case = ANSWERS["receipts"][0]
    (tmp_path / "key").write_text(case["identity"] + "\n")
    shown = subprocess.run(["age-keygen", "-y", str(tmp_path / "key")], capture_output=True, check=True, text=True)
    assert shown.stdout.strip() == case["recipient"]


@pytest.mark.parametrize("case", ANSWERS["age_files"], ids=lambda case: case["why"])
def test_files_made_by_the_age_program_open_to_the_known_text(case):
    sealed = base64.b64decode(case["file"])
    assert hashlib.sha256(envelopes.unseal(sealed, case["identity"])).hexdigest() == case["sha256"]


def test_every_length_is_rounded_up_to_a_step():
    assert [envelopes.padded_size(n) for n in (0, 1, 1024, 1025, 70_000, 262_145)] == [
        1024, 1024, 1024, 4096, 262_144, 524_288,
    ]  # fmt: skip
    identity, recipient = envelopes.new_identity()
    # The library adds a stanza of random length to the head (the format's grease), so the content is compared.
    short, long = (envelopes.unseal(envelopes.seal_file(b"a" * n, recipient), identity) for n in (1, 900))
    assert len(short) == len(long) == 1024


def test_a_flipped_bit_anywhere_is_refused():
    identity, recipient = envelopes.new_identity()
    sealed = envelopes.seal(b"content", [recipient])
    for place in range(len(envelopes.MAGIC), len(sealed), 7):
        touched = bytearray(sealed)
        touched[place] ^= 1
        with pytest.raises(Refusal) as refusal:
            envelopes.unseal(bytes(touched), identity)
        assert refusal.value.code == DAMAGED


def test_a_truncated_or_reordered_file_is_refused():
    identity, recipient = envelopes.new_identity()
    content = bytes(range(256)) * 1024
    sealed = envelopes.seal_file(content, recipient)
    told = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    assert envelopes.unseal_file(sealed, identity, **told) == content
    chunk, start = 64 * 1024 + 16, len(sealed) - 4 * (64 * 1024 + 16)
    swapped = sealed[:start] + sealed[start + chunk : start + 2 * chunk] + sealed[start : start + chunk]
    for touched in (sealed[:-1], sealed[: start + chunk], swapped + sealed[start + 2 * chunk :], sealed[:30], b""):
        with pytest.raises(Refusal):
            envelopes.unseal_file(touched, identity, **told)


def test_another_file_under_the_same_message_is_refused():
    identity, recipient = envelopes.new_identity()
    other = envelopes.seal_file(b"other", recipient)
    with pytest.raises(Refusal):
        envelopes.unseal_file(other, identity, size=5, sha256=hashlib.sha256(b"first").hexdigest())


def test_nobody_else_opens_it():
    sealed = envelopes.seal(b"content", [envelopes.new_identity()[1]])
    with pytest.raises(Refusal):
        envelopes.unseal(sealed, envelopes.new_identity()[0])


@pytest.mark.parametrize("text", ["", "nonsense", "AGE-SECRET-KEY-1QQQ", "ssh-ed25519 AAAA"])
def test_what_is_no_identity_is_refused(text):
    with pytest.raises(Refusal):
        envelopes.unseal(envelopes.seal(b"x", [envelopes.new_identity()[1]]), text)


@pytest.mark.parametrize(
    "data",
    [b"", b"plain text", b"age-encryption.org/v1\n my complaint in plain words", b"age-encryption.org/v1\n" * 40],
)
def test_plain_text_does_not_look_sealed(data):
    assert not envelopes.looks_sealed(data)


def test_sealing_to_nobody_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        envelopes.seal(b"x", [])
