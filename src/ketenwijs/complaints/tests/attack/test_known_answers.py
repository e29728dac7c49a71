"""Files of the standard `age` program open in both languages, made anew at every run, and ours open with it.

The recorded answers stand in `sealing/tests`; here nothing is recorded and nothing is passed by when a program is
missing: `age` and Node belong to what the tests need.
"""

from __future__ import annotations

import base64
import json
import secrets
import shutil
import subprocess

import pytest

from ketenwijs.complaints.sealing import envelopes
from ketenwijs.complaints.sealing.refusals import Refusal
from ketenwijs.complaints.sealing.tests.test_in_the_browsers_language import HERE, VENDOR, node

SIZES = (0, 1, 1023, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 300_000)
"""Around the edges of a size step and of the chunks inside an age file."""
SCRIPT = """
import { readFileSync } from "node:fs";
import { fromBase64, toBase64 } from "./static/sealing/bytes.js";
import * as envelopes from "./static/sealing/envelopes.js";
const given = JSON.parse(readFileSync("given.json", "utf8"));
const told = { opened: [], refused: [], sealed: [] };
for (const one of given.good) told.opened.push(toBase64(await envelopes.unseal(fromBase64(one), given.identity)));
for (const one of given.bad) {
  try {
    await envelopes.unseal(fromBase64(one), given.identity);
    told.refused.push("opened");
  } catch (error) {
    told.refused.push(error.code);
  }
}
for (const one of given.plain) told.sealed.push(toBase64(await envelopes.seal(fromBase64(one), [given.recipient])));
console.log(JSON.stringify(told));
"""


def text(data):
    return base64.b64encode(data).decode()


def age(*words, content):
    return subprocess.run(["age", *words], input=content, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Files by the program, broken copies of one, and what the browser's modules make of them."""
    folder = tmp_path_factory.mktemp("answers")
    identity, recipient = envelopes.new_identity()
    (folder / "key").write_text(identity + "\n")
    plain = [secrets.token_bytes(size) for size in SIZES]
    good = [age("-r", recipient, content=one) for one in plain]
    large = good[-1]
    cut, flipped = large[: -64 * 1024], large[:-1] + bytes([large[-1] ^ 1])
    chunk = 64 * 1024 + 16
    start = len(large) - (300_000 + 5 * 16)
    moved = (
        large[:start]
        + large[start + chunk : start + 2 * chunk]
        + large[start : start + chunk]
        + large[start + 2 * chunk :]
    )
    bad = [
        cut,
        flipped,
        moved,
        large[:200],
        b"",
        good[1] + good[2],
        age("-r", envelopes.new_identity()[1], content=b"x"),
    ]
    shutil.copytree(HERE.parent / "static" / "sealing", folder / "static" / "sealing")
    (folder / "static/vendor").mkdir()
    shutil.copy(VENDOR, folder / "static/vendor/age.js")
    given = {"identity": identity, "recipient": recipient}
    given |= {name: [text(one) for one in some] for name, some in {"good": good, "bad": bad, "plain": plain}.items()}
    (folder / "given.json").write_text(json.dumps(given))
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "run.mjs").write_text(SCRIPT)
    done = subprocess.run([*node(), "run.mjs"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder, identity, recipient, plain, good, bad, json.loads(done.stdout)


def test_the_programs_that_these_tests_need_are_there():
    assert shutil.which("age"), "install the Debian package age: tools/system_packages.sh test"
    assert subprocess.run([*node(), "--version"], capture_output=True, check=True).stdout.startswith(b"v")


def test_what_the_age_program_makes_opens_in_both_languages(made):
    _folder, identity, _recipient, plain, good, _bad, told = made
    assert [envelopes.unseal(one, identity) for one in good] == plain
    assert [base64.b64decode(one) for one in told["opened"]] == plain


def test_what_either_language_makes_opens_with_the_age_program(made):
    folder, _identity, recipient, plain, _good, _bad, told = made
    for number, one in enumerate(plain):
        for sealed in (envelopes.seal(one, [recipient]), base64.b64decode(told["sealed"][number])):
            assert age("-d", "-i", str(folder / "key"), content=sealed) == one


def test_cut_flipped_moved_joined_and_foreign_files_are_refused_in_both_languages_as_by_the_program(made):
    folder, identity, _recipient, _plain, _good, bad, told = made
    for one in bad:
        with pytest.raises(Refusal, match="damaged"):
            envelopes.unseal(one, identity)
        words = ["age", "-d", "-i", str(folder / "key"), "-o", str(folder / "out")]
        assert subprocess.run(words, input=one, capture_output=True, check=False).returncode != 0
    assert told["refused"] == ["damaged"] * len(bad)
