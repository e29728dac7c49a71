"""Storing, quota, scanner, opening and sweeping, through the services and the page."""

from __future__ import annotations

import os
import re
import socket
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from ketenwijs.foundation.access.viewer import system, visitor
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.files import jobs, purposes, selectors, services, storage
from ketenwijs.foundation.files.models import StoredFile
from ketenwijs.foundation.files.tests import factories
from ketenwijs.foundation.journal.models import JournalDetail, JournalEntry
from ketenwijs.foundation.ui.errors import DomainError

pytestmark = pytest.mark.django_db
ACTOR = system("example")


@pytest.fixture(autouse=True)
def _room(monkeypatch, tmp_path, settings):
    settings.STORED_FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(purposes, "_purposes", {})
    purposes.register_purpose(
        purposes.Purpose("example.proof", purposes.EVIDENCE, may_read=_is_creator, max_bytes=100_000)
    )
    purposes.register_purpose(
        purposes.Purpose("example.sheet", purposes.SHEETS, may_read=lambda viewer, file: True, confidential=False)
    )


def _is_creator(viewer, file):
    return viewer.is_system or (viewer.person is not None and viewer.person.pk == file.created_by_id)


@pytest.fixture
def owner():
    return Person.objects.create_user("owner@example.org", "a password of some length", name="Example Owner")


def store(name="proof.pdf", content=None, *, actor=ACTOR, purpose="example.proof", owner_key="12"):
    content = factories.pdf() if content is None else content
    return services.store(
        actor=actor, uploaded=(name, content), purpose=purpose, owner_kind="organisation", owner_key=owner_key
    )


def on_disk() -> list[Path]:
    return [path for path in storage.folder().rglob("*") if path.is_file() and path.name != ".lock"]


def test_a_stored_file_has_a_random_name_its_own_size_and_checksum_and_a_journal_entry():
    file = store("Verklaring van de leverancier.pdf")
    kept = storage.path_of(file.stored_name).read_bytes()
    assert file.size == len(kept)
    assert on_disk() == [storage.path_of(file.stored_name)]
    assert "Verklaring" not in str(on_disk()[0])
    entry = JournalEntry.objects.get(event="files.file.stored")
    assert JournalDetail.objects.get(entry=entry).values["sha256"] == file.sha256


def test_a_file_from_a_form_is_stored_as_it_came():
    content = factories.workbook()
    uploaded = SimpleUploadedFile("lijst.XLSX", content, content_type="text/html")
    file = services.store(
        actor=ACTOR, uploaded=uploaded, purpose="example.sheet", owner_kind="organisation", owner_key=12
    )
    with selectors.opened(file) as stream:
        assert stream.read() == content
    assert file.content_type.endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html></html>"),
        ("drawing.svg", b"<svg/>"),
        ("macros.xlsm", b"PK\x03\x04"),
        ("old.xls", b"\xd0\xcf\x11\xe0"),
        ("archive.zip", b"PK\x03\x04"),
        ("no ending", b"text"),
        ("empty.pdf", b""),
        ("renamed.pdf", b"<html><script>alert(1)</script></html>"),
        ("renamed.png", factories.picture()),
        ("renamed.jpg", factories.pdf()),
        ("behind.pdf", b"MZ\x90\x00" + factories.pdf()),
        ("renamed.docx", factories.workbook()),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
        ("large.pdf", b"%PDF-1.7\n" + b"x" * 100_000),
    ],
)
def test_a_file_that_is_not_allowed_or_not_what_it_says_is_refused_and_nothing_is_left(name, content):
    with pytest.raises(DomainError) as refused, transaction.atomic():
        store(name, content)
    assert str(refused.value).endswith((".", "docx, xlsx."))
    assert not StoredFile.objects.exists()
    assert not JournalEntry.objects.exists()
    assert on_disk() == []


def test_an_owner_has_limited_room_and_another_owner_has_its_own(settings):
    settings.FILES_QUOTA_BYTES = store().size + 10
    with pytest.raises(DomainError), transaction.atomic():
        store()
    store(owner_key="13")


def test_a_full_disk_gives_a_sentence_and_no_row(monkeypatch):
    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(DomainError, match="Nothing was saved"), transaction.atomic():
        store()
    assert not StoredFile.objects.exists()
    assert on_disk() == []


def test_only_who_the_purpose_allows_finds_the_file(owner):
    file = store(actor=factories.person_viewer(owner))
    other = Person.objects.create_user("other@example.org", name="Example Other")
    assert selectors.file_for(factories.person_viewer(owner), file.pk) == file
    assert selectors.file_for(factories.person_viewer(other), file.pk) is None
    assert selectors.file_for(visitor(), file.pk) is None
    assert selectors.file_for(factories.person_viewer(owner), file.pk + 1) is None


def test_opening_sends_an_inert_attachment_and_is_written_in_the_journal(client, owner):
    file = store("Vérklaring\u202e; filename=x.exe.pdf", actor=factories.person_viewer(owner))
    client.force_login(owner)
    answer = client.get(reverse("files:download", args=[file.pk]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\u202e" not in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    entry = JournalEntry.objects.get(event="files.file.opened")
    assert entry.actor == f"person:{owner.pk}"


def test_opening_what_is_not_confidential_is_not_journalled(client, owner):
    file = store("lijst.csv", b"a;b\n1;2\n", purpose="example.sheet")
    client.force_login(owner)
    assert client.get(reverse("files:download", args=[file.pk])).status_code == 200
    assert not JournalEntry.objects.filter(event="files.file.opened").exists()


def _without_own_values(answer) -> str:
    """The page without what every request has of its own: reference number, form token, the asked address."""
    page = answer.content.decode().replace(answer["X-Reference"], "").replace(answer.request["PATH_INFO"], "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_foreign_and_absent_files_give_the_same_page(client, owner):
    foreign = store()
    client.force_login(owner)
    answers = [client.get(reverse("files:download", args=[pk])) for pk in (foreign.pk, foreign.pk + 1)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert _without_own_values(answers[0]) == _without_own_values(answers[1])
    assert not JournalEntry.objects.filter(event="files.file.opened").exists()


def test_visitors_are_sent_to_sign_in_and_posting_is_refused(client, owner):
    file = store()
    assert client.get(reverse("files:download", args=[file.pk])).status_code == 302
    client.force_login(owner)
    assert client.post(reverse("files:download", args=[file.pk])).status_code == 405


def test_a_row_without_its_bytes_is_not_found(client, owner):
    file = store(actor=factories.person_viewer(owner))
    storage.remove(file.stored_name)
    client.force_login(owner)
    assert client.get(reverse("files:download", args=[file.pk])).status_code == 404


class Scanner:
    """A stand-in for the scanner's side of the line: answers each file with the next of its answers."""

    def __init__(self, path: Path, *answers: bytes) -> None:
        self.received: list[bytes] = []
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(str(path))
        self.listener.listen()
        self.thread = threading.Thread(target=self._serve, args=(answers,), daemon=True)
        self.thread.start()

    def _serve(self, answers: tuple[bytes, ...]) -> None:
        for answer in answers:
            line, _address = self.listener.accept()
            with line, line.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(stream.read(4), "big"):
                    content += stream.read(size)
                self.received.append(content)
                line.sendall(answer)
        self.listener.close()


def test_a_scanner_that_finds_something_refuses_the_file(tmp_path):
    path = tmp_path / "scanner"
    scanner = Scanner(path, b"stream: Test-Signature FOUND\0", b"stream: OK\0")
    with override_settings(CLAMD_SOCKET=str(path)):
        with pytest.raises(DomainError, match="virus"), transaction.atomic():
            store()
        assert on_disk() == []
        file = store()
    assert file.state == StoredFile.State.OK
    assert scanner.received[1] == storage.path_of(file.stored_name).read_bytes()


def test_a_scanner_that_is_down_puts_the_file_in_quarantine_until_it_was_scanned(tmp_path, client, owner):
    path = tmp_path / "scanner"
    with override_settings(CLAMD_SOCKET=str(path)):
        file = store(actor=factories.person_viewer(owner))
        assert file.state == StoredFile.State.QUARANTINED
        client.force_login(owner)
        held = client.get(reverse("files:download", args=[file.pk]))
        assert held.status_code == 409
        assert held["Content-Type"].startswith("text/html")
        with pytest.raises(PermissionError):
            selectors.opened(file)
        assert jobs.scan_quarantined() == 0
        Scanner(path, b"stream: OK\0")
        assert jobs.scan_quarantined() == 1
    assert client.get(reverse("files:download", args=[file.pk])).status_code == 200


def test_a_file_in_quarantine_that_turns_out_infected_stays_closed(tmp_path):
    path = tmp_path / "scanner"
    with override_settings(CLAMD_SOCKET=str(path)):
        file = store()
        Scanner(path, b"nonsense\0", b"stream: Test-Signature FOUND\0")
        assert jobs.scan_quarantined() == 0
        assert jobs.scan_quarantined() == 1
    file.refresh_from_db()
    assert file.state == StoredFile.State.INFECTED
    with pytest.raises(PermissionError):
        selectors.opened(file)


def _age(path: Path, by: timedelta) -> None:
    moment = (timezone.now() - by).timestamp()
    os.utime(path, (moment, moment))


def test_the_sweeper_removes_only_bytes_older_than_a_day_that_no_row_points_to():
    kept, forgotten = store(), store()
    young = storage.write(b"a transaction that is still running")
    unfinished = storage.folder() / storage.INCOMING / "half"
    unfinished.write_bytes(b"half a file")
    services.remove(actor=ACTOR, file=forgotten, reason="no longer needed")
    for path in (storage.path_of(kept.stored_name), storage.path_of(forgotten.stored_name), unfinished):
        _age(path, timedelta(days=2))
    assert jobs.sweep() == 2
    assert set(on_disk()) == {storage.path_of(kept.stored_name), storage.path_of(young)}
    assert jobs.sweep() == 0


def test_the_sweeper_waits_while_a_backup_copies():
    path = storage.path_of(storage.write(b"nobody points here"))
    _age(path, timedelta(days=2))
    with storage.held_still(wait=True):
        assert jobs.sweep() == 0
    assert jobs.sweep() == 1


def test_only_random_names_become_paths():
    for name in ("../../etc/passwd", "", "ABC", "a" * 39, "a" * 40 + "\n"):
        with pytest.raises(ValueError, match="not the name"):
            storage.path_of(name)


def test_an_unknown_kind_of_file_or_a_purpose_taken_twice_stops_the_start():
    with pytest.raises(KeyError):
        purposes.register_purpose(purposes.Purpose("example.other", ("exe",), may_read=_is_creator))
    with pytest.raises(ValueError, match="twice"):
        purposes.register_purpose(purposes.Purpose("example.proof", purposes.SHEETS, may_read=_is_creator))
