"""Restore drill: an archive taken while people write holds nothing readable, and elsewhere everything works (case 74)."""

from __future__ import annotations

import io
import json
import os
import re
import tarfile
import threading
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from ketenwijs.complaints.tests.attack.canaries import leaks
from ketenwijs.complaints.tests.attack.member import OverTheWire
from ketenwijs.complaints.tests.attack.served import Browser, Served, free_port, on_postgres, served
from ketenwijs.config.settings.complaints import LOCAL_SECRET

TOLD, ERASED, VOICE = "canary-what-was-told", "canary-of-the-erased-case", "canary-voice-of-the-file"
SIGNING_SECRET = "canary-secret-of-the-program-that-signs-its-cookies-0123456789"
CASE, GONE = 2, 3
"""Numbers: the demonstration has one case already."""
CLOSE = """
from datetime import date, timedelta
from ketenwijs.complaints.cases.models import Case
day = date.today() - timedelta(days=400)
Case.objects.filter(number=3).update(closed_week=day, last_word_week=day, state="closed", read_to=9)
"""
FORGE = """
from django.db import connection
with connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER USER")
    else:
        cursor.execute("DROP TRIGGER journal_no_update")
    cursor.execute("UPDATE journal_journalentry SET actor = 'person:99' WHERE chain = 'installation' AND sequence = 1")
"""
STATE = """
import json
from django.contrib.sessions.models import Session
from ketenwijs.complaints.cases.models import Case, Envelope, SealedFile, Thread
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.complaints.register.models import Tally
print(json.dumps({
    "numbers": list(Case.objects.values_list("number", flat=True)),
    "without_words": Case.objects.filter(envelopes=None).count(),
    "without_keys": Thread.objects.filter(wraps=None).count(),
    "without_bytes": sum(not storage.path_of(one.stored_name).is_file() for one in SealedFile.objects.all()),
    "envelopes": Envelope.objects.count(),
    "files": SealedFile.objects.count(),
    "bytes": sum(1 for one in storage.folder().glob("??/*")),
    "sessions": Session.objects.count(),
    "waiting": OutgoingMessage.objects.filter(sent_at=None, dropped_at=None).count(),
    "tallied": list(Tally.objects.filter(number=3).values_list("number", flat=True)),
}))
"""
SETTINGS = {"DJANGO_SETTINGS_MODULE": "ketenwijs.config.settings.complaints"}


def state_of(one):
    said = one.run("shell", "--verbosity", "0", "-c", STATE, **SETTINGS)
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout.splitlines()[-1])


@dataclass
class Drill:
    """What one evening left behind: the archive, the list, and what everybody holds."""

    running: Served
    archive: Path
    manifest: dict
    receipts: dict
    identity: str
    before: int
    after: int

    @property
    def purged(self):
        return self.running.folder / "own/erased-cases.txt"


def told(address, words, files=()):
    phone = Browser(address)
    receipt = phone.take_number()
    assert phone.send("/en/write/", files, text=words).location == "/en/sent/"
    return receipt


def taken_during_writes(running, chair, target):
    """The archive, and how many messages stood before and after it; a member writes all the while."""
    written, done, enough = [], threading.Event(), threading.Event()

    def write():
        while not done.is_set():
            chair.write(CASE, "committee", "one more word")
            written.append(1)
            if len(written) == 3:
                enough.set()

    writer = threading.Thread(target=write)
    before = state_of(running)["envelopes"]
    writer.start()
    try:
        assert enough.wait(60)
        made = running.run("complaints-backup", str(target))
    finally:
        done.set()
        writer.join()
    assert made.returncode == 0, made.stderr
    assert made.stderr == ""
    return before + 3, before + len(written)


@pytest.fixture(scope="module")
def drill(tmp_path_factory):
    """Two cases, a backup while a member writes, and after it one of the cases is erased."""
    folder = tmp_path_factory.mktemp("drill")
    with served(folder, start=False) as running:
        running.environment["COMPLAINTS_SECRET_KEY"] = SIGNING_SECRET
        running.start()
        voice = [("files", "v.ogg", b"OggS" + VOICE.encode() * 40)]
        receipts = {
            CASE: told(running.address, TOLD, voice),
            GONE: told(running.address, ERASED, voice),
        }
        chair = OverTheWire(running.address, "chair")
        chair.declare(CASE)
        archive = folder / "archive.tar.gz"
        before, after = taken_during_writes(running, chair, archive)
        running.stop()
        assert running.run("shell", "-c", CLOSE, **SETTINGS).returncode == 0
        assert running.run("complaints-work", "--once").returncode == 0
        assert GONE not in state_of(running)["numbers"]
        yield Drill(running, archive, members_of(archive)["manifest.json"], receipts, chair.identity, before, after)


def members_of(archive):
    with tarfile.open(archive) as container:
        found = {member.name: container.extractfile(member).read() for member in container}
    return {**found, "manifest.json": json.loads(found["manifest.json"])}


def restored(drill, folder, *words):
    """The program on a new folder (and database) that the archive was put back into, and what the command said."""
    folder.mkdir(exist_ok=True)
    environment = {**drill.running.environment, "DATA_DIR": str(folder), "COMPLAINTS_DATA_DIR": str(folder / "own")}
    one = Served(folder, f"http://127.0.0.1:{free_port()}", environment)
    return one, lambda: one.run("complaints-restore", str(drill.archive), str(folder / "own"), *words)


def empty_database():
    url = os.environ.get("DATABASE_URL", "")
    return on_postgres(url) if url else nullcontext("")


def test_nothing_that_was_said_and_no_secret_stands_in_the_archive(drill):
    words = [TOLD, ERASED, VOICE, "one more word", SIGNING_SECRET, LOCAL_SECRET, drill.identity]
    words += drill.receipts.values()
    words += [" ".join(re.findall("....", one)) for one in drill.receipts.values()]
    found = members_of(drill.archive)
    assert sum(name.startswith("sealed/") for name in found) == 2
    content = {name: json.dumps(one).encode() if isinstance(one, dict) else one for name, one in found.items()}
    assert {name: leaks(one, words) for name, one in content.items() if leaks(one, words)} == {}
    # The search looked at the real thing: what is readable by design does stand there.
    database = next(one for name, one in content.items() if name.startswith("database."))
    assert leaks(database, ["Voorbeeld Voorzitter"])
    assert drill.archive.stat().st_mode & 0o077 == 0


def test_the_archive_is_one_point_in_time_and_names_what_is_in_it(drill):
    counts = drill.manifest["counts"]
    assert drill.before <= counts["cases_envelope"] <= drill.after
    assert drill.manifest["of"] == "complaints"
    assert drill.manifest["damaged"] == []
    assert counts["cases_case"] == 3
    assert counts["django_session"] == 0
    assert {head["chain"] for head in drill.manifest["journal"]} == {"accounts", "installation"}


def test_the_drill_elsewhere_a_member_opens_the_case_and_the_number_still_works(drill, tmp_path):
    assert len(drill.purged.read_text().split()) == 1
    elsewhere, put_back = restored(drill, tmp_path / "elsewhere", "--purged", str(drill.purged))
    with empty_database() as url:
        if url:
            elsewhere.environment["COMPLAINTS_DATABASE_URL"] = url
        done = put_back()
        assert done.returncode == 0, done.stderr
        assert "1 cases were erased again" in done.stdout
        found = state_of(elsewhere)
        assert found["numbers"] == [1, CASE]
        assert found["tallied"] == [GONE]
        assert (found["files"], found["bytes"], found["sessions"], found["waiting"]) == (1, 1, 0, 0)
        assert found["without_words"] == found["without_keys"] == found["without_bytes"] == 0
        assert found["envelopes"] == drill.manifest["counts"]["cases_envelope"] - 2  # words and file of the erased case
        assert (tmp_path / "elsewhere/own/erased-cases.txt").read_text() == drill.purged.read_text()
        assert elsewhere.run("complaints-migrate", "--verbosity", "0").returncode == 0
        assert "The journal verifies" in elsewhere.run("verify_journal", **SETTINGS).stdout
        elsewhere.start()
        try:
            everybody_finds_their_case(drill, elsewhere.address)
        finally:
            elsewhere.stop()


def everybody_finds_their_case(drill, address):
    chair = OverTheWire(address, "chair")
    assert chair.identity == drill.identity
    opened = chair.opened(CASE)["threads"]["committee"]
    assert len(opened["stored"]) >= 3
    chair.write(CASE, "intake", "A word from after the restore.")
    phone = Browser(address)
    assert phone.ask("/en/follow/", f"number={drill.receipts[CASE]}".encode()).location == "/en/case/"
    page = phone.ask("/en/case/").text
    assert TOLD in page
    assert "A word from after the restore." in page
    assert Browser(address).ask("/en/follow/", f"number={drill.receipts[GONE]}".encode()).status == 404
    assert told(address, "a case of after the restore")


def test_with_the_list_lost_the_operator_must_say_so_and_the_case_is_back(drill, tmp_path):
    elsewhere, put_back = restored(drill, tmp_path / "silent")
    silent = put_back()
    assert silent.returncode == 1
    assert "cases that were erased after this backup would come back" in silent.stderr
    assert not (elsewhere.folder / "own").exists()
    elsewhere, put_back = restored(drill, tmp_path / "lost", "--list-lost")
    with empty_database() as url:
        if url:
            elsewhere.environment["COMPLAINTS_DATABASE_URL"] = url
        done = put_back()
        assert "0 cases were erased again" in done.stdout, done.stderr
        assert state_of(elsewhere)["numbers"] == [1, CASE, GONE]


def rewritten(archive, target, change):
    """The same archive with `change(name, content)` applied to every member; None leaves it out."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


def with_manifest(change):
    def changed(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        change(manifest)
        return json.dumps(manifest).encode()

    return changed


UNFIT = {
    "no manifest": (lambda name, one: None if name == "manifest.json" else one, "does not start with a manifest"),
    "a file missing": (lambda name, one: None if name.startswith("sealed/") else one, "missing from the backup"),
    "a file changed": (lambda name, one: one[:-1] + b"!" if name.startswith("sealed/") else one, "or damaged"),
    "database changed": (lambda name, one: one[:-1] + b"!" if name.startswith("database") else one, "or damaged"),
    "of the platform": (with_manifest(lambda one: one.update(of="platform")), "backup of another program"),
    "newer format": (with_manifest(lambda one: one.update(format=99)), "has format 99"),
    "newer tables": (with_manifest(lambda one: one["migrations"].append("cases.9999_later")), "newer version"),
    "other counts": (with_manifest(lambda one: one["counts"].update(cases_case=7)), "holds 3 rows instead of 7"),
    "other journal": (with_manifest(lambda one: one["journal"].pop()), "the journal ends elsewhere"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_an_archive_that_is_not_whole_is_refused_with_one_sentence(drill, tmp_path, what):
    change, sentence = UNFIT[what]
    one, _put_back = restored(drill, tmp_path / "elsewhere")
    changed = rewritten(drill.archive, tmp_path / "changed.tar.gz", change)
    with empty_database() as url:
        if url:
            one.environment["COMPLAINTS_DATABASE_URL"] = url
        refused = one.run("complaints-restore", str(changed), str(one.folder / "own"), "--list-lost")
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


def test_no_archive_a_full_folder_and_a_wrong_list_are_refused_and_nothing_is_touched(drill, tmp_path):
    one, put_back = restored(drill, tmp_path / "elsewhere", "--list-lost")
    target = one.folder / "own"
    short, strange = tmp_path / "short.txt", tmp_path / "strange.txt"
    short.write_text("")
    strange.write_text("2\n3\n")
    newest = rewritten(
        drill.archive,
        tmp_path / "newest.tar.gz",
        with_manifest(lambda manifest: manifest.update(lists={"erased": ["0" * 64]})),
    )
    for archive, words, sentence in (
        (tmp_path / "absent.tar.gz", ["--list-lost"], "There is no file"),
        (drill.archive, ["--purged", str(strange)], "is not a list of erased cases"),
        (drill.archive, ["--purged", str(tmp_path / "absent.txt")], "cannot be read"),
        (newest, ["--purged", str(short)], "older than the backup"),
    ):
        refused = one.run("complaints-restore", str(archive), str(target), *words)
        assert (refused.returncode, sentence in refused.stderr) == (1, True), refused.stderr
        assert not target.exists()
    target.mkdir()
    (target / "precious").write_text("keep me")
    assert "is not empty" in put_back().stderr
    assert [path.name for path in target.iterdir()] == ["precious"]


def test_half_an_archive_is_refused(drill, tmp_path):
    one, _put_back = restored(drill, tmp_path / "elsewhere")
    half = tmp_path / "half.tar.gz"
    half.write_bytes(drill.archive.read_bytes()[:2000])
    with empty_database() as url:
        if url:
            one.environment["COMPLAINTS_DATABASE_URL"] = url
        refused = one.run("complaints-restore", str(half), str(one.folder / "own"), "--list-lost")
    assert refused.returncode == 1
    assert "The archive cannot be read" in refused.stderr


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="SQLite lies in the folder, which must be empty")
def test_a_database_that_is_not_empty_is_refused(drill, tmp_path):
    _elsewhere, put_back = restored(drill, tmp_path / "elsewhere", "--list-lost")  # on the database of the drill
    refused = put_back()
    assert refused.returncode == 1
    assert "The database in COMPLAINTS_DATABASE_URL is not empty" in refused.stderr


def test_a_journal_changed_before_the_backup_does_not_verify_after_it(drill, tmp_path):
    """What somebody with the database in hand would do: one line of the journal names another member."""
    one, put_back = restored(drill, tmp_path / "elsewhere", "--list-lost")
    with empty_database() as url:
        if url:
            one.environment["COMPLAINTS_DATABASE_URL"] = url
        assert put_back().returncode == 0
        assert one.run("shell", "-c", FORGE, **SETTINGS).returncode == 0
        forged = tmp_path / "forged.tar.gz"
        assert one.run("complaints-backup", str(forged)).returncode == 0
    other, _put_back = restored(drill, tmp_path / "other")
    with empty_database() as url:
        if url:
            other.environment["COMPLAINTS_DATABASE_URL"] = url
        refused = other.run("complaints-restore", str(forged), str(other.folder / "own"), "--list-lost")
    assert refused.returncode == 1
    assert "journal installation entry 1 was changed" in refused.stderr


def test_a_backup_never_replaces_another(drill):
    before = drill.archive.read_bytes()
    refused = drill.running.run("complaints-backup", str(drill.archive))
    assert refused.returncode == 1
    assert "exists already" in refused.stderr
    assert drill.archive.read_bytes() == before
