"""A backup taken while people write, restored elsewhere: counts equal, journal verifies, no mail goes out."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection, transaction

from ketenwijs.config.operations.platform import PLATFORM
from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.files.models import StoredFile
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.mail.services import queue
from ketenwijs.foundation.operations.manifest import Manifest, Unusable
from ketenwijs.foundation.operations.restoring import restore

SETTINGS = "ketenwijs.config.settings.local"
ACTOR = system("example")
EVENT = "files.file.stored"

BACKUP = """
from pathlib import Path
from ketenwijs.config.operations.platform import PLATFORM
from ketenwijs.foundation.operations.making import backup
from ketenwijs.foundation.operations.manifest import Unusable
try:
    print(backup(PLATFORM, Path({target!r})).model_dump_json())
except Unusable as error:
    print("REFUSED", error)
"""
RESTORE = """
import dataclasses, json
from pathlib import Path
from ketenwijs.foundation.operations.manifest import Unusable
from ketenwijs.config.operations.platform import PLATFORM
from ketenwijs.foundation.operations.restoring import restore
try:
    done = restore(PLATFORM, Path({source!r}), Path({target!r}))
    print(json.dumps([done.rows, done.files, done.journal_entries, done.messages_held]))
except Unusable as error:
    print("REFUSED", error)
"""
WRITER = """
from django.db import transaction
from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.journal.services import record
while True:
    with transaction.atomic():
        entry = record(actor=system("writer"), event="files.file.stored", subject="example:1", chain="busy")
    print(entry.sequence, flush=True)
"""
READ = """
import json
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.mail.services import send_due
waiting = OutgoingMessage.objects.filter(sent_at=None, dropped_at=None).count()
noted = JournalEntry.objects.filter(event="operations.backup.restored").count()
print(json.dumps([waiting, send_due(), noted]))
"""

needs_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the SQLite backup")
needs_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the PostgreSQL backup")


def _surroundings(data_dir: Path, database_url: str = "") -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }


def _command(code: str) -> list[str]:
    return [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"]


def run(code: str, data_dir: Path, database_url: str = "") -> str:
    """What a process of an installation with this data folder prints."""
    done = subprocess.run(
        _command(code), env=_surroundings(data_dir, database_url), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _fill(folder: Path, settings) -> None:
    """A journal of some length, a message that waits, one that was sent, and a stored file."""
    settings.STORED_FILES_DIR = folder / "files"
    content = b"invented proof"
    with transaction.atomic():
        for number in range(20):
            record(actor=ACTOR, event=EVENT, subject="example:1", chain="north", values={"number": number})
        queue(to="somebody@example.org", subject="Example", body="Must not go out twice")
        StoredFile.objects.create(
            owner_kind="organisation", owner_key="1", purpose="example.proof", name="proof.pdf",
            chain="north", content_type="application/pdf", size=len(content),
            stored_name=storage.write(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )  # fmt: skip


@pytest.fixture
def live(transactional_db, tmp_path, settings) -> Path:
    """The data folder of an installation on a real database file."""
    folder = tmp_path / "live"
    _fill(folder, settings)
    connection.ensure_connection()
    with sqlite3.connect(folder / "ketenwijs.sqlite3") as target:
        connection.connection.backup(target)
    target.close()
    return folder


def make_backup(live: Path, target: Path) -> Manifest:
    return Manifest.model_validate_json(run(BACKUP.format(target=str(target)), live))


def make_restore(source: Path, target: Path) -> str:
    return run(RESTORE.format(source=str(source), target=str(target)), target)


@needs_sqlite
def test_a_backup_taken_during_writes_is_one_point_and_restores_with_equal_counts_and_no_mail(live, tmp_path):
    archive, elsewhere = tmp_path / "backup.tar.gz", tmp_path / "elsewhere"
    writer = subprocess.Popen(_command(WRITER), env=_surroundings(live), stdout=subprocess.PIPE, text=True, bufsize=1)
    try:
        for _line in range(20):
            before = int(writer.stdout.readline())
        manifest = make_backup(live, archive)
        writer.terminate()
        after = int(writer.stdout.read().split()[-1])
    finally:
        writer.kill()
        writer.wait()
    at_backup = next(head.sequence for head in manifest.journal if head.chain == "busy")
    assert before <= at_backup < after
    assert manifest.counts["journal_journalentry"] == 20 + at_backup
    assert archive.stat().st_mode & 0o077 == 0

    rows, files, entries, held = json.loads(make_restore(archive, elsewhere))
    assert (rows, files, entries, held) == (sum(manifest.counts.values()), 1, 20 + at_backup, 1)
    waiting, sent, noted = json.loads(run(READ, elsewhere))
    assert (waiting, sent, noted) == (0, 0, 1)
    kept = [path for path in (elsewhere / "files").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [b"invented proof"]


@needs_sqlite
def test_a_backup_never_replaces_another_and_leaves_nothing_behind(live, tmp_path):
    archive = tmp_path / "backups" / "backup.tar.gz"
    make_backup(live, archive)
    before = archive.read_bytes()
    assert run(BACKUP.format(target=str(archive)), live).startswith("REFUSED")
    assert archive.read_bytes() == before
    assert list(archive.parent.iterdir()) == [archive]


@needs_sqlite
def test_a_stored_file_that_was_changed_on_disk_is_named_and_the_rest_is_saved(live, tmp_path):
    stored = next(path for path in (live / "files").glob("??/*"))
    stored.write_bytes(b"changed")
    manifest = make_backup(live, tmp_path / "backup.tar.gz")
    assert manifest.damaged == [stored.parent.name + stored.name]
    assert json.loads(make_restore(tmp_path / "backup.tar.gz", tmp_path / "elsewhere"))[1] == 0


@needs_sqlite
def test_a_folder_that_is_not_empty_is_refused_and_untouched(live, tmp_path):
    archive, elsewhere = tmp_path / "backup.tar.gz", tmp_path / "elsewhere"
    make_backup(live, archive)
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("keep me")
    with pytest.raises(Unusable, match="not empty"):
        restore(PLATFORM, archive, elsewhere)
    assert [path.name for path in elsewhere.iterdir()] == ["precious"]


def _rewritten(archive: Path, target: Path, change, extra: str = "") -> Path:
    """The same archive with `change(name, content)` applied to every member; None leaves it out."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
        if extra:
            new.addfile(tarfile.TarInfo(extra), io.BytesIO())
    return target


def _with_manifest(change):
    def changed(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        change(manifest)
        return json.dumps(manifest).encode()

    return changed


UNFIT = [
    (lambda name, content: None if name == "manifest.json" else content, "does not start with a manifest"),
    (
        lambda name, content: None if name.startswith("files/") else content,
        "missing from the backup or damaged",
    ),
    (lambda name, content: content[:-1] + b"!" if name.endswith("sqlite3") else content, "damaged"),
    (_with_manifest(lambda one: one.update(format=99)), "format 99"),
    (_with_manifest(lambda one: one["migrations"].append("journal.9999_future")), "newer version"),
    (_with_manifest(lambda one: one.update(engine="postgresql", database="database.dump")), "DATABASE_URL"),
    (_with_manifest(lambda one: one.update(engine="other")), "unknown kind"),
    (_with_manifest(lambda one: one.pop("counts")), "cannot be read"),
    (_with_manifest(lambda one: one["counts"].update(journal_journalentry=7)), "instead of 7"),
    (_with_manifest(lambda one: one["journal"].pop()), "the journal ends elsewhere"),
]


@needs_sqlite
def test_a_backup_that_does_not_fit_its_manifest_is_refused_with_the_reason(live, tmp_path, monkeypatch):
    archive = tmp_path / "backup.tar.gz"
    make_backup(live, archive)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", SETTINGS)
    for number, (change, why) in enumerate(UNFIT):
        changed = _rewritten(archive, tmp_path / f"changed{number}.tar.gz", change)
        with pytest.raises(Unusable, match=why):
            restore(PLATFORM, changed, tmp_path / f"elsewhere{number}")


@needs_sqlite
def test_an_archive_that_reaches_outside_its_folder_is_refused(live, tmp_path):
    archive = tmp_path / "backup.tar.gz"
    make_backup(live, archive)
    changed = _rewritten(archive, tmp_path / "changed.tar.gz", lambda name, content: content, extra="../outside")
    with pytest.raises(Unusable, match="cannot be read"):
        restore(PLATFORM, changed, tmp_path / "elsewhere")
    assert not (tmp_path / "outside").exists()


@needs_sqlite
def test_a_journal_changed_before_the_backup_does_not_verify_after_it(live, tmp_path):
    with sqlite3.connect(live / "ketenwijs.sqlite3") as database:
        database.execute("DROP TRIGGER journal_no_update")  # what somebody with the file in hand would do
        database.execute("UPDATE journal_journalentry SET subject = 'example:2' WHERE sequence = 5")
    database.close()
    archive = tmp_path / "backup.tar.gz"
    make_backup(live, archive)
    assert "journal north entry 5 was changed" in make_restore(archive, tmp_path / "elsewhere")


@needs_sqlite
def test_half_an_archive_and_no_archive_are_refused(live, tmp_path):
    archive, half = tmp_path / "backup.tar.gz", tmp_path / "half.tar.gz"
    make_backup(live, archive)
    half.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    with pytest.raises(Unusable, match="cannot be read"):
        restore(PLATFORM, half, tmp_path / "elsewhere")
    with pytest.raises(Unusable, match="There is no file"):
        restore(PLATFORM, tmp_path / "absent.tar.gz", tmp_path / "elsewhere2")


@needs_sqlite
def test_an_installation_without_a_database_is_refused(tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    answer = run(BACKUP.format(target=str(tmp_path / "backup.tar.gz")), empty)
    assert answer.startswith("REFUSED There is no database file")
    assert not (tmp_path / "backup.tar.gz").exists()


@needs_postgresql
def test_a_postgresql_installation_goes_into_a_new_database(transactional_db, tmp_path, settings):
    live, archive, elsewhere = tmp_path / "live", tmp_path / "backup.tar.gz", tmp_path / "elsewhere"
    _fill(live, settings)
    name = connection.settings_dict["NAME"]
    manifest = Manifest.model_validate_json(run(BACKUP.format(target=str(archive)), live, _address(name)))
    other = f"{name}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{other}"')
    try:
        code = RESTORE.format(source=str(archive), target=str(elsewhere))
        assert run(code, elsewhere, _address(name)).startswith("REFUSED The database")
        rows, files, entries, held = json.loads(run(code, elsewhere, _address(other)))
        assert (rows, files, entries, held) == (sum(manifest.counts.values()), 1, 20, 1)
        assert json.loads(run(READ, elsewhere, _address(other))) == [0, 0, 1]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{other}"')


def _address(name: str) -> str:
    """DATABASE_URL of another database on the server that the tests run on."""
    place, _question, options = os.environ["DATABASE_URL"].partition("?")
    return f"{place.rpartition('/')[0]}/{name}" + (f"?{options}" if options else "")
