"""Whoever is left out of a case learns neither its number nor that it exists: the chair of a case told without the chair
(36), and whoever declared an interest (28)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ketenwijs.complaints import jobs
from ketenwijs.complaints.cases import rules
from ketenwijs.complaints.cases.models import Case, Measure
from ketenwijs.complaints.cases.selectors import case_open_to, cases_open_to, cases_to_declare_on
from ketenwijs.complaints.cases.services.keys import Granted, declare, grant, recover, recovery_wraps_for, waiting_keys
from ketenwijs.complaints.cases.tests.conftest import identity_of, tell
from ketenwijs.complaints.committee.models import Seat
from ketenwijs.complaints.committee.services import end_seat
from ketenwijs.complaints.register import services as register
from ketenwijs.complaints.register.models import Ruling, Tally
from ketenwijs.complaints.sealing import envelopes
from ketenwijs.complaints.sealing.payloads import COMMITTEE, INTAKE
from ketenwijs.complaints.tests.attack.test_access import OWN, both_ways
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
TITLE = "canary-title-about-the-chair"


@pytest.fixture
def hidden(committee):
    """A case against the chair, of which the deputy and the secretary declared themselves free."""
    found = tell(without_chair=True).case
    for function in ("deputy_chair", "secretary"):
        declare(actor=committee[function].member, case=found, free=True)
    Case.objects.filter(pk=found.pk).update(state="decision")
    Measure.objects.create(case=found, number=1, message=1, due_week=found.received_week - timedelta(weeks=2))
    Ruling.objects.create(number=found.number, language="en", title=TITLE, text="Not public yet", digest="d" * 64)
    found.refresh_from_db()
    return found


def everything_shown_to(person, number):
    """Every page of the committee and of the public register, as this member gets it; of a case its own number."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    gaps = {"<int:year>": "2026", "<int:message>": "1", "<int:seat>": "1", "<str:identifier>": "a" * 32}
    for address in [*OWN, "register/", "register/released.json", "register/rulings/1/"]:
        for gap, value in gaps.items():
            address = address.replace(gap, value)
        if "<int:number>" in address:
            continue
        yield address, client.get("/" + address).content.decode(errors="replace")
    for page in ("", "data/", "export/", "transfer/"):
        yield f"case {page}", client.get(f"/committee/cases/{number}/{page}").content.decode(errors="replace")


def test_the_number_of_such_a_case_leaves_no_gap_between_the_others(committee, hidden):
    first, second = tell().case, tell().case
    assert (first.number, second.number) == (1, 2)
    assert rules.FIRST_APART <= hidden.number <= rules.LAST_APART
    register.tally()
    Case.objects.filter(pk=second.pk).delete()
    assert tell().case.number == 3  # what an erased case had is still not given again


def test_the_chair_sees_neither_number_nor_existence_anywhere(committee, hidden):
    other = tell().case
    register.release_register(actor=committee["secretary"].member, about={hidden.number: ("XQ", "canary-theme")})
    chair = committee["chair"]
    for address, shown in everything_shown_to(chair.person, hidden.number):
        # the address that was asked for stands in links of the page itself
        shown = re.sub(r"/committee/cases/\d+/", "", shown)
        assert str(hidden.number) not in shown, address
        assert hidden.identifier not in shown, address
        for canary in (TITLE, ">XQ<", '"XQ"', "canary-theme", "Measure 1", "Late<"):
            assert canary not in shown, (address, canary)
    assert list(cases_open_to(chair.member)) == [other]
    assert list(cases_to_declare_on(chair.member)) == [other]
    secretary = dict(everything_shown_to(committee["secretary"].person, hidden.number))
    assert str(hidden.number) in secretary["committee/cases/"]
    assert TITLE in secretary["committee/rulings/"]


def test_for_the_chair_it_answers_as_a_case_that_never_was(committee, hidden):
    client = Client(raise_request_exception=False)
    client.force_login(committee["chair"].person)
    for address in [one for one in OWN if one.startswith("committee/cases/<int:number>/")]:
        for gap in ("<int:message>", "<int:seat>"):
            address = address.replace(gap, "1")
        address = "/" + address.replace("<str:identifier>", "a" * 32)
        here = both_ways(client, address.replace("<int:number>", str(hidden.number)))
        never = both_ways(client, address.replace("<int:number>", "999"))
        for answer, absent in zip(here, never, strict=True):
            assert answer.status_code == absent.status_code
            assert answer.status_code in (404, 405)
    assert not hidden.declarations.filter(seat=committee["chair"].seat).exists()


def test_counts_of_the_public_register_leave_it_out_while_it_runs(committee, hidden):
    for _one in range(5):
        tell()
    made = register.release_register(actor=committee["chair"].member, about={})
    assert [row["number"] for row in made.payload["running"]] == [1, 2, 3, 4, 5]
    assert made.payload["counts"][0]["total"] == 5
    assert not Tally.objects.filter(number=hidden.number).exists()
    Case.objects.filter(pk=hidden.pk).update(closed_week=hidden.received_week, state="closed")
    made = register.release_register(actor=committee["chair"].member, about={})
    assert made.payload["counts"][0]["total"] == 6


def test_no_mail_goes_to_the_chair_about_it(committee, hidden):
    jobs.notify()
    assert {message.to for message in OutgoingMessage.objects.all()} == {
        "deputy_chair@committee.example",
        "secretary@committee.example",
    }


def test_nobody_can_give_the_chair_the_key_and_the_chair_cannot_declare_or_recover(committee, hidden):
    chair, secretary = committee["chair"], committee["secretary"]
    with pytest.raises(NotAllowed, match="no such case"):
        declare(actor=chair.member, case=hidden, free=True)
    hidden.declarations.create(seat=chair.seat, free=True, week=hidden.received_week)  # as a dishonest host could
    content = identity_of(secretary, hidden, INTAKE).encode()
    given = Granted(INTAKE, 1, chair.key.identifier, envelopes.seal(content, [chair.key.recipient]))
    with pytest.raises(DomainError, match="declared to be free"):
        grant(actor=secretary.member, case=hidden, granted=[given])
    assert chair.key.identifier not in waiting_keys(hidden)
    hidden.threads.first().wraps.create(sealed=envelopes.seal(b"x", [secretary.key.recipient]))
    assert not recovery_wraps_for(chair.member).exists()
    assert recovery_wraps_for(secretary.member).exists()
    assert recover(actor=chair.member, found=[]) == 0
    assert case_open_to(chair.member, hidden.number) is None


def test_ending_the_seat_of_the_only_reader_does_not_tell_the_chair_which_case_it_is(committee, hidden):
    declare(actor=committee["secretary"].member, case=hidden, free=False)
    with pytest.raises(DomainError) as refused:
        end_seat(actor=committee["chair"].member, seat=committee["deputy_chair"].seat)
    assert str(hidden.number) not in str(refused.value)
    client = Client()
    client.force_login(committee["deputy_chair"].person)
    assert "Only you can open it" in client.get("/committee/cases/").content.decode()


def test_other_members_are_told_to_ask_somebody_else_than_the_chair(committee, hidden):
    tell()
    client = Client()
    client.force_login(committee["member_firms"].person)
    shown = client.get("/committee/cases/").content.decode()
    assert shown.count("tell the chair nothing of it") == 1
    client.force_login(committee["chair"].person)
    assert "tell the chair nothing" not in client.get("/committee/cases/").content.decode()


def test_who_was_the_chair_then_stays_left_out_and_who_is_the_chair_later_is_not(committee, hidden):
    chair, today = committee["chair"], timezone.localdate()
    Seat.objects.filter(pk=chair.seat.pk).update(until=today)
    again = Seat.objects.create(person=chair.person, function="member_firms", since=today)
    member = type(chair.member)(chair.person, again)
    assert not cases_to_declare_on(member).exists()
    successor = committee["member_society"]
    Seat.objects.filter(pk=successor.seat.pk).update(function="chair", since=today + timedelta(days=8))
    assert list(cases_to_declare_on(successor.member)) == [hidden]


@pytest.mark.parametrize("function", ["chair", "secretary"])
def test_who_declared_an_interest_does_not_see_it_any_more_also_from_another_seat(committee, function):
    found, other = tell().case, tell().case
    sitting = committee[function]
    declare(actor=sitting.member, case=found, free=False)
    Ruling.objects.create(number=found.number, language="en", title=TITLE, text="Not public", digest="e" * 64)
    for address, shown in everything_shown_to(sitting.person, found.number):
        assert TITLE not in shown, address
        assert f"Case {found.number}" not in shown, address
        assert f"country_{found.number}" not in shown, address
    Seat.objects.filter(pk=sitting.seat.pk).update(until=timezone.localdate())
    again = Seat.objects.create(person=sitting.person, function="member_firms", since=timezone.localdate())
    member = type(sitting.member)(sitting.person, again)
    assert list(cases_to_declare_on(member)) == [other]
    assert list(cases_open_to(member)) == [other]


def test_what_a_copy_said_of_a_case_stays_when_somebody_left_out_releases_the_next(committee):
    for _one in range(5):
        tell()
    about = {number: ("IN", "dust") for number in range(1, 6)}
    register.release_register(actor=committee["secretary"].member, about=about)
    declare(actor=committee["chair"].member, case=Case.objects.get(number=1), free=False)
    of_the_others = {number: ("IN", "dust") for number in range(2, 6)}
    made = register.release_register(actor=committee["chair"].member, about=of_the_others)
    assert [row["country"] for row in made.payload["running"]] == ["IN"] * 5
    assert COMMITTEE not in str(made.payload)
