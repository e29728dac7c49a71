"""After a full case nothing that anybody said stands readable in the database, a file, the log or a mail (case 15)."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ketenwijs.complaints.intake.tests.test_telling import photo
from ketenwijs.complaints.tests.attack.canaries import forms_of, hidden_everywhere, leaks
from ketenwijs.complaints.tests.attack.member import OverTheWire
from ketenwijs.complaints.tests.attack.served import Browser, served

TOLD = "canary-Kaveri-quarry-7"
CAMERA = "canary-place"
WORDS = {
    "told": TOLD,
    "hindi": "खदान-कावेरी-सात",
    "more": "canary-lungs-of-Ramesh",
    "statement": "canary-statement-of-dust",
    "answer": "canary-firm-will-repair",
    "reasons": "canary-reasons-founded",
    "internal": "canary-committee-doubts",
    "voice": "canary-voice-words-spoken",
    "camera": CAMERA,
    "file name": "canary-IMG-of-me",
}
RULING = "The firm gives masks within a month."


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    """A whole case over the wire: told, asked, heard, decided, published, the remedy confirmed, mail sent."""
    folder = tmp_path_factory.mktemp("after")
    with served(folder) as running:
        receipts = whole_case(running.address)
        assert running.run("complaints-work", "--once").returncode == 0
        assert list((folder / "own/mail").glob("*")), "a mail went out"
        running.stop()
        yield running, receipts


def whole_case(address):
    phone, firm = Browser(address), Browser(address)
    chair, secretary = OverTheWire(address, "chair"), OverTheWire(address, "secretary")
    receipt = phone.take_number("hi")
    voice = b"OggS" + WORDS["voice"].encode() * 40
    files = [("files", f"{WORDS['file name']}.jpg", photo()), ("files", "v.ogg", voice)]
    assert phone.send("/hi/write/", files, text=f"{TOLD} {WORDS['hindi']}").location == "/hi/sent/"
    assert phone.send("/hi/write/", text=TOLD).location == "/hi/number/"
    number = 2  # the demonstration has one case already
    for one in (chair, secretary):
        one.declare(number)
    chair.move(number, "acknowledge")
    for step in ("examine", "admit"):
        chair.move(number, step)
    chair.write(number, "committee", WORDS["internal"])
    chair.write(number, "intake", WORDS["statement"], "consent")
    phone = Browser(address)
    assert phone.ask("/hi/follow/", f"number={receipt}".encode()).location == "/hi/case/"
    assert WORDS["statement"] in phone.ask("/hi/case/").text
    assert phone.send("/hi/case/", question="consent:4", say="yes").location == "/hi/case/"
    assert phone.send("/hi/case/", text=WORDS["more"]).location == "/hi/case/"
    firms = chair.hear(number)
    chair.write(number, "party", WORDS["statement"])
    assert firm.ask("/nl/follow/", f"number={firms}".encode()).location == "/nl/case/"
    assert WORDS["statement"] in firm.ask("/nl/case/").text
    assert firm.send("/nl/case/", text=WORDS["answer"]).location == "/nl/case/"
    chair.move(number, "decide", WORDS["reasons"])
    for one in (chair, secretary):
        one.sign_ruling(number, "Masks", RULING)
    assert RULING in phone.ask("/register/rulings/1/").text
    chair.move(number, "follow")
    chair.write(number, "intake", "Did you get them?", "remedy")
    assert TOLD in phone.ask("/hi/case/").text
    assert phone.send("/hi/case/", question="remedy:7", say="yes").location == "/hi/case/"
    assert phone.ask("/hi/case/file/" + "0" * 32 + "/").status == 404
    assert Browser(address).ask("/hi/follow/", f"number={receipt[:-1]}{WORDS['more']}".encode()).status == 404
    return receipt, firms


def dump_of(running):
    """Everything the database holds, as its own tool writes it out, and how the tool writes a word we know is there."""
    url = running.environment.get("COMPLAINTS_DATABASE_URL")
    if url:
        tool = shutil.which("pg_dump") or sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))[-1]
        done = subprocess.run([str(tool), url], capture_output=True, check=True)
        return done.stdout
    with closing(sqlite3.connect(running.folder / "own/sealed.sqlite3")) as found:
        return "\n".join(found.iterdump()).encode()


def everything(running):
    yield "dump", dump_of(running)
    for path in sorted(running.folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(running.folder)), path.read_bytes()


def test_the_search_finds_a_word_in_every_form_it_claims_to_find():
    for word in (TOLD, WORDS["hindi"]):
        for form, content in hidden_everywhere(word).items():
            assert leaks(content, [word]), form
    assert not leaks(b"nothing of the kind " * 100, WORDS.values())
    assert len(forms_of(TOLD)) > 20


def test_no_word_of_the_case_stands_anywhere(after):
    running, receipts = after
    looked_at = dict(everything(running))
    assert {"dump", "log"} <= set(looked_at)
    assert sum(name.startswith("own/sealed/") for name in looked_at) >= 2
    assert sum(name.startswith("own/static/") for name in looked_at) > 10
    secrets = [*WORDS.values(), *receipts, *(" ".join(re.findall("....", one)) for one in receipts)]
    found = {name: leaks(content, secrets) for name, content in looked_at.items()}
    assert {name: leak for name, leak in found.items() if leak} == {}
    # What is public does stand there: the search looked at the real thing.
    assert RULING.encode() in looked_at["dump"]
    assert b"Voorbeeld Voorzitter" in looked_at["dump"]


def test_nothing_says_who_called_from_where_or_when(after):
    running, _receipts = after
    dump, log = dump_of(running), (running.folder / "log").read_bytes()
    for trace in (b"Python-urllib", b"127.0.0.1", b"User-Agent"):
        assert trace not in dump
        assert trace not in log.replace(running.address.encode(), b"").replace(b"127.0.0.1:", b"")
    mails = b"".join(path.read_bytes() for path in (running.folder / "own/mail").glob("*"))
    assert not re.search(rb"(?i)case|complaint|klacht|zaak \d|quarry|india", mails)


SESSION_WORDS = {"_auth_user_backend", "_auth_user_hash", "_auth_user_id", "session_seen", "session_started"}
SESSIONS = """
from django.conf import settings
from django.contrib.sessions.models import Session
print(settings.CACHES["default"]["BACKEND"], settings.SESSION_ENGINE)
print(*{word for one in Session.objects.all() for word in one.get_decoded()})
"""


def test_sessions_hold_nothing_of_a_case_and_the_cache_ends_with_the_process(after):
    running, _receipts = after
    own = {"DJANGO_SETTINGS_MODULE": "ketenwijs.config.settings.complaints"}
    said = running.run("shell", "--verbosity", "0", "-c", SESSIONS, **own).stdout.splitlines()
    assert "locmem" in said[0]
    assert set(said[-1].split()) == SESSION_WORDS


PLATFORM = """
from django.apps import apps
from django.db import connections
print(*connections)
print(*[one.name for one in apps.get_app_configs() if "complaints" in one.name])
print(*connections["default"].introspection.table_names())
"""


def test_the_platforms_own_database_and_files_never_heard_of_it(after, tmp_path):
    """The platform's program beside it, on a folder of its own: no table, row, file or connection of this one."""
    running, _receipts = after
    kept = {name: value for name, value in running.environment.items() if not name.startswith("COMPLAINTS_")}
    environment = {**kept, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ketenwijs.config.settings.local"}
    for words in (["migrate", "--verbosity", "0"], ["shell", "--verbosity", "0", "-c", PLATFORM]):
        done = subprocess.run(
            [sys.executable, "-m", "ketenwijs.command", *words],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
    connections, apps, tables = done.stdout.split("\n")[:3]
    assert (connections, apps) == ("default", "")
    assert "accounts_person" in tables
    assert not re.search(r"\b(cases|committee|intake|register|sealing)_", tables)
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or not leaks(path.read_bytes(), [TOLD, RULING]), path
