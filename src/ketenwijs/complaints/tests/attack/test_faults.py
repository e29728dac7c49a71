"""Full disks, locked databases, a clock that jumps, faults of ours (cases 73, 76, 80)."""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from ketenwijs.complaints import jobs
from ketenwijs.complaints.cases.models import Case, Envelope, SealedFile
from ketenwijs.complaints.cases.selectors import envelopes_of
from ketenwijs.complaints.cases.tests.conftest import sealed_by
from ketenwijs.complaints.committee.tests.factories import Sitting
from ketenwijs.complaints.intake.tests.conftest import CANARY
from ketenwijs.foundation.files import storage

pytestmark = pytest.mark.django_db
FAULTS = ("database or disk is full", "attempt to write a readonly database", "database is locked")


@contextmanager
def no_writing(sentence):
    """The database refuses every write with a sentence of its own, which nobody may ever read."""

    def refuse(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError(f"{sentence}: {CANARY}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("fault", FAULTS)
def test_a_database_that_cannot_be_written_keeps_the_words_in_the_form_and_says_nothing_false(walk, fault, caplog):
    walk.take_number()
    with no_writing(fault):
        answer = walk.post("write/", text=CANARY)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Your words are still here" in page
    assert f">{CANARY}</textarea>" in page
    assert "arrived" not in page
    assert fault not in page
    assert CANARY not in caplog.text
    assert Case.objects.count() == 0
    # Nobody had to repair anything: the same number, one case.
    assert walk.post("write/", text=CANARY).url == "/en/sent/"
    assert Case.objects.count() == Envelope.objects.count() == 1


def test_an_answer_that_cannot_be_kept_stays_in_the_form(walk):
    walk.tell()
    walk.come_back()
    with no_writing(FAULTS[0]):
        answer = walk.post("case/", text="one more thing")
    assert answer.status_code == 409
    assert ">one more thing</textarea>" in answer.content.decode()
    assert walk.post("case/", text="one more thing").status_code == 302
    assert Envelope.objects.count() == 2


def test_a_full_disk_during_a_file_of_a_member_leaves_neither_row_nor_bytes(walk, committee, settings):
    walk.tell()
    chair: Sitting = committee["chair"]
    case = Case.objects.get()
    page = Client()
    page.force_login(chair.person)
    page.post("/committee/cases/1/declare/", {"free": "yes"})
    made = sealed_by(chair, case, "a file", name="intake", kind="file")

    def send():
        parts = {"file": SimpleUploadedFile("f", made["sealed"]), "message": SimpleUploadedFile("m", made["sealed"])}
        fields = {"name": "intake", "identifier": "a" * 32, "sequence": made["sequence"]}
        return page.post("/committee/cases/1/file/", {**fields, **parts}, headers={"Accept": "application/json"})

    page.raise_request_exception = False
    with no_writing(FAULTS[0]):
        answer = send()
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert SealedFile.objects.count() == 0
    assert not [one for one in storage.folder().glob("??/*") if one.read_bytes() == made["sealed"]]
    assert send().status_code == 200
    assert SealedFile.objects.count() == 1


def test_bytes_that_a_dead_process_left_are_swept_after_a_day_and_no_others(walk):
    walk.tell(files=SimpleUploadedFile("v.ogg", b"OggS" + bytes(300)))
    kept, left, fresh = SealedFile.objects.get().stored_name, storage.write(b"left"), storage.write(b"fresh")
    half = storage.folder() / storage.INCOMING / "half"
    half.write_bytes(b"half a file")
    two_days_ago = time.time() - 2 * 86_400
    for path in (storage.path_of(kept), storage.path_of(left), half):
        os.utime(path, (two_days_ago, two_days_ago))
    assert jobs.sweep() >= 2
    assert [storage.path_of(one).exists() for one in (kept, left, fresh)] == [True, False, True]
    assert not half.exists()


def test_the_number_page_works_while_nothing_can_be_written(walk):
    with no_writing(FAULTS[1]):
        assert walk.take_number().url == "/en/write/"


def test_the_order_is_the_number_whatever_the_clock_says(walk, committee, monkeypatch):
    walk.tell("first")
    walk.come_back()
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(hours=1))
    walk.post("case/", text="second, an hour before the first")
    shown = walk.get("case/").content.decode()
    assert shown.index("first") < shown.index("second, an hour")
    assert "was taken away or moved" not in shown
    assert [one.sequence for one in envelopes_of(Case.objects.get(), "intake")] == [1, 2]


def test_a_pass_is_not_revived_by_a_clock_that_jumps_back(walk, monkeypatch):
    walk.tell()
    assert walk.get("case/").status_code == 200
    kept = walk.client.cookies["p"].value
    now = time.time()
    for jump in (-3600, 3600):
        walk.client.cookies["p"] = kept
        monkeypatch.setattr(time, "time", lambda jump=jump: now + jump)
        assert walk.get("case/").status_code == 403


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


PLACES = [
    ("get", "/en/", "ketenwijs.complaints.committee.selectors.is_intake_open"),
    ("get", "/en/number/", "ketenwijs.complaints.sealing.receipts.new_receipt"),
    ("post", "/en/write/", "ketenwijs.complaints.intake.services.send"),
    ("post", "/en/follow/", "ketenwijs.complaints.intake.services.stretch"),
    ("get", "/en/case/", "ketenwijs.complaints.intake.views.following.conversation"),
    ("post", "/sealed/case/", "ketenwijs.complaints.cases.wire.read"),
    ("get", "/register/", "ketenwijs.complaints.register.selectors.newest_release"),
    ("get", "/committee/", "ketenwijs.complaints.committee.selectors.key_list"),
]


@pytest.mark.parametrize(("method", "address", "place"), PLACES, ids=[f"{m} {a}" for m, a, _p in PLACES])
def test_a_fault_of_ours_shows_a_reference_and_nothing_else_anywhere(
    walk, committee, monkeypatch, caplog, mailoutbox, settings, method, address, place
):
    caplog.set_level("DEBUG")
    settings.ADMINS = ["admin@host.example"]
    walk.take_number()
    fields = {**hidden(walk.get("write/").content.decode()), "text": CANARY, "number": walk.receipt}
    if address == "/en/case/":
        walk.tell()
    if address == "/en/number/":
        walk.client.cookies.clear()
    if address.startswith("/committee/"):
        walk.client.force_login(committee["chair"].person)

    def broken(*_words, **_more):
        secret = CANARY  # a local variable, as it would stand in a page that shows stacks of code
        raise RuntimeError(f"broken at {secret} {settings.SECRET_KEY}")

    monkeypatch.setattr(place, broken)
    walk.client.raise_request_exception = False
    answer = walk.client.post(address, fields) if method == "post" else walk.client.get(address)
    page = answer.content.decode()
    logged = caplog.text + "".join(str(one.message()) for one in mailoutbox)
    assert answer.status_code == 500
    assert answer.headers["X-Reference"] in logged
    assert answer.headers["X-Reference"] in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert "still here" not in page
    for secret in (CANARY, settings.SECRET_KEY, walk.receipt, "RuntimeError", "Traceback", "broken"):
        assert secret not in page
        assert secret not in logged
