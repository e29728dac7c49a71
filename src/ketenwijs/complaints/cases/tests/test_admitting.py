"""Translators open a case until a day; it can be moved, and after it nothing new reaches their key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ketenwijs.complaints import jobs
from ketenwijs.complaints.cases.models import Admission, Case, Wrap
from ketenwijs.complaints.cases.selectors import case_open_to, cases_to_declare_on
from ketenwijs.complaints.cases.services.admitting import end_admissions, extend_access
from ketenwijs.complaints.cases.services.keys import (
    current_readers,
    declare,
    grant,
    must_renew,
    recover,
    recovery_wraps_for,
    renew,
    waiting_keys,
)
from ketenwijs.complaints.cases.services.measures import note_measure
from ketenwijs.complaints.cases.services.writing import Letter
from ketenwijs.complaints.cases.tests.conftest import sealed_by, tell
from ketenwijs.complaints.cases.tests.test_keys import granted_by, renewed
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(db):
    return full_committee("chair", "secretary", "member_firms", "translator")


@pytest.fixture
def case(committee):
    found = tell().case
    for function in ("chair", "secretary", "translator"):
        declare(actor=committee[function].member, case=found, free=True)
    return found


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def admitted(committee, case):
    grant(
        actor=committee["chair"].member,
        case=case,
        granted=granted_by(committee["chair"], case, committee["translator"]),
    )
    return Admission.objects.get(case=case)


def let_lapse(case):
    Admission.objects.filter(case=case).update(until=in_days(-1))


def test_a_translator_gets_the_key_until_the_day_of_the_setting(case, committee):
    assert mechanism().temporary_days("translator") == 30
    assert admitted(committee, case).until == in_days(30)
    assert case_open_to(committee["translator"].member, case.number) == case


def test_other_members_get_no_last_day(case, committee):
    declare(actor=committee["member_firms"].member, case=case, free=True)
    granted = granted_by(committee["chair"], case, committee["member_firms"])
    grant(actor=committee["chair"].member, case=case, granted=granted)
    assert not Admission.objects.exists()


def test_on_the_last_day_the_case_opens_and_the_day_after_it_does_not(case, committee, client):
    admitted(committee, case)
    translator, client_of = committee["translator"], client
    client_of.force_login(translator.person)
    Admission.objects.update(until=in_days(0))
    assert client_of.get(f"/committee/cases/{case.number}/data/").status_code == 200
    let_lapse(case)
    for page in ("", "data/", "export/"):
        assert client_of.get(f"/committee/cases/{case.number}/{page}").status_code == 404
    assert not cases_to_declare_on(translator.member).exists()
    assert f"Case {case.number}" not in client_of.get("/committee/cases/").content.decode()


def test_after_the_last_day_what_follows_gets_a_key_without_the_translator(case, committee):
    admitted(committee, case)
    translator = committee["translator"]
    assert translator.key.identifier in current_readers(case)
    assert not must_renew(case)
    let_lapse(case)
    assert translator.key.identifier not in current_readers(case)
    assert must_renew(case)
    renew(actor=committee["chair"].member, case=case, threads=renewed(case))
    assert not Wrap.objects.filter(thread__epoch=2, member_key__person=translator.person).exists()
    assert not must_renew(case)


def test_the_job_takes_the_keys_and_journals_it_once(case, committee):
    admitted(committee, case)
    assert jobs.end_access() == 0
    let_lapse(case)
    assert jobs.end_access() == 1
    assert jobs.end_access() == 0
    assert not Wrap.objects.filter(member_key__person=committee["translator"].person).exists()
    assert Case.objects.get().renew_keys is True
    assert JournalEntry.objects.filter(event="cases.access.ended").count() == 1


def test_a_key_from_before_days_were_kept_gets_a_day(case, committee):
    admitted(committee, case)
    Admission.objects.all().delete()
    assert end_admissions(timezone.localdate()) == 0
    assert Admission.objects.get().until == in_days(30)


def test_the_day_is_moved_by_a_keeper_who_is_free_and_journalled(case, committee):
    seat = admitted(committee, case).seat_id
    extend_access(actor=committee["secretary"].member, case=case, seat=seat, until=in_days(90))
    assert Admission.objects.get().until == in_days(90)
    assert JournalEntry.objects.filter(event="cases.access.extended").count() == 1
    for function in ("translator", "member_firms"):
        with pytest.raises(NotAllowed):
            extend_access(actor=committee[function].member, case=case, seat=seat, until=in_days(9))


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_is_over_or_more_than_a_year_away_is_refused(case, committee, days):
    seat = admitted(committee, case).seat_id
    with pytest.raises(DomainError, match="within a year"):
        extend_access(actor=committee["chair"].member, case=case, seat=seat, until=in_days(days))


def test_access_that_has_ended_is_not_extended_but_given_again(case, committee):
    seat = admitted(committee, case).seat_id
    let_lapse(case)
    with pytest.raises(DomainError, match="has ended"):
        extend_access(actor=committee["chair"].member, case=case, seat=seat, until=in_days(9))
    jobs.end_access()
    assert committee["translator"].key.identifier in waiting_keys(case)
    assert admitted(committee, case).until == in_days(30)
    assert case_open_to(committee["translator"].member, case.number) == case


def test_giving_the_key_of_another_thread_does_not_shorten_a_day_that_runs(case, committee):
    seat = admitted(committee, case).seat_id
    extend_access(actor=committee["chair"].member, case=case, seat=seat, until=in_days(90))
    assert admitted(committee, case).until == in_days(90)


def test_a_lapsed_translator_may_do_nothing_and_never_recovers(case, committee):
    admitted(committee, case)
    translator = committee["translator"]
    assert recover(actor=translator.member, found=[]) == 0
    assert not recovery_wraps_for(translator.member).exists()
    let_lapse(case)
    words = Letter(**sealed_by(committee["chair"], case, "x"))
    with pytest.raises(NotAllowed):
        note_measure(actor=translator.member, case=case, due=in_days(3), words=words)


def test_the_page_shows_the_day_to_both_and_the_form_to_the_keeper(case, committee, client):
    seat = admitted(committee, case).seat_id
    client.force_login(committee["translator"].person)
    own = client.get(f"/committee/cases/{case.number}/").content.decode()
    assert "Translator: until" in own
    assert "Last day of" not in own
    client.force_login(committee["chair"].person)
    address = f"/committee/cases/{case.number}/"
    assert "Last day of" in client.get(address).content.decode()
    for wrong in ("", "never", "2026-02-31"):
        assert (
            "within a year" in client.post(f"{address}access/{seat}/", {"until": wrong}, follow=True).content.decode()
        )
    client.post(f"{address}access/{seat}/", {"until": str(in_days(60))})
    assert Admission.objects.get().until == in_days(60)
