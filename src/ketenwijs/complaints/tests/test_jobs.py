"""Mail that tells nothing, erasing, the demonstration, and a start that refuses unsafe settings."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from datetime import datetime

import pyrage
import pytest
from django.utils import timezone

from ketenwijs.complaints import demonstration, jobs
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.tests.conftest import tell
from ketenwijs.complaints.committee import selectors
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.foundation.mail.models import OutgoingMessage


@pytest.mark.django_db
def test_mail_to_members_is_always_the_same_and_comes_twice_a_day_at_most():
    full_committee()
    assert jobs.notify() == 0
    tell("canary words")
    tell("more")
    today = timezone.localdate()
    assert jobs.notify(today, "early") == 2
    assert jobs.notify(today, "early") == 0
    assert jobs.notify(today, "late") == 2
    messages = list(OutgoingMessage.objects.all())
    assert {message.to for message in messages} == {"chair@committee.example", "secretary@committee.example"}
    assert len({(message.subject, message.body) for message in messages}) == 1
    assert not any(word in messages[0].subject + messages[0].body for word in ("canary", "case", "Case", "complaint"))


def test_the_batches_go_at_fixed_hours_whenever_somebody_wrote():
    day = [datetime(2026, 11, 23, minute // 60, minute % 60) for minute in range(24 * 60)]
    going = [moment for moment in day if jobs.batch_of(moment)]
    assert {moment.hour for moment in going} == {7, 15}
    assert len({jobs.batch_of(moment) for moment in going}) == 2
    assert jobs.notify not in jobs.WITHOUT_BATCH
    assert {*jobs.WITHOUT_BATCH, jobs.notify} == set(jobs.ALL)


@pytest.mark.django_db
def test_the_demonstration_can_take_cases_and_is_filled_once():
    number, root = demonstration.build()
    assert demonstration.is_there()
    assert selectors.is_intake_open()
    assert len(number.replace(" ", "")) == 20
    assert Case.objects.get().state == "acknowledged"
    key = selectors.MemberKey.objects.first()
    assert b"AGE-SECRET-KEY-1" in pyrage.passphrase.decrypt(bytes(key.by_passphrase), demonstration.PASSPHRASE)
    assert pyrage.passphrase.decrypt(base64.b64decode(root), demonstration.PASSPHRASE)


SAFE = {
    "COMPLAINTS_PRODUCTION": "true",
    "COMPLAINTS_SECRET_KEY": "c" * 60,
    "SECRET_KEY": "p" * 60,
    "COMPLAINTS_HOSTS": "info.example",
    "COMPLAINTS_ADDRESS": "https://info.example",
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, ""),
        ({"COMPLAINTS_SECRET_KEY": "short"}, "COMPLAINTS_SECRET_KEY"),
        ({"COMPLAINTS_SECRET_KEY": "p" * 60}, "must not be the platform"),
        ({"COMPLAINTS_HOSTS": "*"}, "COMPLAINTS_HOSTS"),
        ({"COMPLAINTS_ADDRESS": "http://info.example"}, "https"),
        ({"DEMO": "true"}, "DEMO"),
        ({"COMPLAINTS_DATA_DIR": ""}, "COMPLAINTS_DATA_DIR"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_unsafe_settings_stop_the_start_with_a_sentence(change, sentence, tmp_path):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONPATH")}
    environment = {**kept, **SAFE, "COMPLAINTS_DATA_DIR": str(tmp_path / "own"), **change}
    words = [sys.executable, "-c", "import ketenwijs.config.settings.complaints"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode == 0) == (sentence == "")
    assert sentence in done.stderr


def test_nothing_of_the_platform_is_imported_and_nothing_imports_this_program():
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "print([m for m in sys.modules if m.startswith(('ketenwijs.domain', 'ketenwijs.sites'))])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ketenwijs.config.settings.complaints_test"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
