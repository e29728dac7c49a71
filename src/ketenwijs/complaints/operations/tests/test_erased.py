"""The list of erased cases: written before a case goes, never shorter, and applied after a restore."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from ketenwijs.complaints import jobs
from ketenwijs.complaints.cases.models import Case, Envelope
from ketenwijs.complaints.cases.services.erasing import erase, erase_due
from ketenwijs.complaints.cases.tests.conftest import tell
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.operations import erased
from ketenwijs.complaints.register.models import Tally
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.operations.manifest import Unusable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.COMPLAINTS_DIR = tmp_path / "own"
    settings.STORED_FILES_DIR = settings.COMPLAINTS_DIR / "sealed"
    settings.COMPLAINTS_DIR.mkdir()


@pytest.fixture
def case(db):
    full_committee()
    return tell("words").case


def closed_long_ago():
    day = timezone.localdate() - timedelta(days=400)
    Case.objects.update(closed_week=day, last_word_week=day, state="closed", read_to=9)


def test_an_erased_case_stands_on_the_list_as_a_digest_that_says_nothing_else(case):
    closed_long_ago()
    assert erase_due(timezone.localdate()) == 1
    digest = hashlib.sha256(b"ketenwijs erased case 1\n" + case.identifier.encode()).hexdigest()
    assert erased.path().read_text() == f"{digest}\n"
    assert erased.path().stat().st_mode & 0o007 == 0


def test_a_case_stays_when_the_list_cannot_be_written(case):
    closed_long_ago()
    erased.path().mkdir()  # nothing can be added to it, as on a full or read-only disk
    with pytest.raises((OSError, Unusable)):
        erase_due(timezone.localdate())
    assert Case.objects.count() == Envelope.objects.count() == 1
    assert not Tally.objects.exists()


def test_while_a_backup_is_being_made_nothing_is_erased_or_swept(case):
    closed_long_ago()
    with storage.held_still(wait=True):
        assert (jobs.erase(), jobs.sweep()) == (0, 0)
    assert Case.objects.count() == 1
    assert jobs.erase() == 1


def test_after_a_restore_the_list_erases_again_and_only_what_it_names(case):
    other = tell("words of another").case
    lines = [erased.line_of(case.identifier), erased.line_of("somebody else's")]
    assert erased.take_over([*lines, *lines]) == 1
    assert list(Case.objects.all()) == [other]
    assert erased.listed() == lines
    assert Tally.objects.filter(number=case.number).exists()
    assert JournalEntry.objects.filter(event="cases.case.erased").count() == 1
    assert erased.take_over(lines) == 0
    assert erased.listed() == lines


def test_the_number_of_an_erased_case_is_not_given_again(case):
    erase(case)
    again = tell("a new case").case
    assert again.number == case.number + 1
    assert list(Tally.objects.values_list("number", flat=True)) == [case.number]


def test_the_same_number_given_again_after_a_restore_is_another_case(case):
    gone, number = erased.line_of(case.identifier), case.number
    erase(case)
    again = tell("a new case").case
    Case.objects.filter(pk=again.pk).update(number=number)
    assert erased.take_over([gone]) == 0
    assert Case.objects.get().number == number


@pytest.mark.parametrize("content", [b"1\n2\n", b"f" * 63, b"\xff\xfe", b"F" * 64])
def test_what_is_no_list_is_refused(tmp_path, content):
    file = tmp_path / "list"
    file.write_bytes(content)
    with pytest.raises(Unusable, match="list of erased cases"):
        erased.lines_in(file)
