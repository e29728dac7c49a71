"""Data from before parties had a day and cases said that they were told without the chair."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from ketenwijs.complaints.cases.models import Case, HeardParty
from ketenwijs.complaints.cases.services.keys import declare, grant
from ketenwijs.complaints.cases.tests.conftest import tell
from ketenwijs.complaints.cases.tests.test_hearing import heard
from ketenwijs.complaints.cases.tests.test_keys import granted_by
from ketenwijs.complaints.sealing.payloads import PARTY

pytestmark = pytest.mark.django_db


def run():
    import_module("ketenwijs.complaints.cases.migrations.0003_measures_admissions_parties").keep_what_was_known(
        apps, None
    )


def test_a_party_that_was_heard_gets_a_row(case, committee):
    heard(committee, case)
    HeardParty.objects.all().delete()
    run()
    assert [(one.name, one.answered_week, one.closed_week) for one in HeardParty.objects.all()] == [(PARTY, None, None)]


def test_only_a_case_that_no_chair_could_ever_open_was_told_without_the_chair(committee):
    without, ordinary, shared, left = tell(without_chair=True).case, tell().case, tell().case, tell().case
    for found in (shared, left):
        for function in ("chair", "secretary", "deputy_chair"):
            declare(actor=committee[function].member, case=found, free=True)
        grant(
            actor=committee["secretary"].member,
            case=found,
            granted=granted_by(committee["secretary"], found, committee["deputy_chair"]),
        )
    declare(actor=committee["chair"].member, case=left, free=False)
    Case.objects.update(without_chair=False)
    run()
    assert list(Case.objects.filter(without_chair=True)) == [without]
    assert ordinary.number == 1
