"""Bodies, seats and meetings: what is kept and each refusal."""

from datetime import date

import pytest

from ketenwijs.domain.governance import services
from ketenwijs.domain.governance.models import Body, MeetingPaper, Seat
from ketenwijs.domain.governance.selectors import body_for, meeting_for, meetings_of
from ketenwijs.domain.governance.tests.factories import (
    OTHER_SLUG,
    PAST,
    body,
    day,
    events,
    example_agreement,
    held,
    meeting,
    paper,
    party,
    seat,
    staff,
)
from ketenwijs.foundation.files.models import StoredFile
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.states.selectors import history_of
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def lead(agreement):
    return staff(agreement)


@pytest.fixture
def group(lead, agreement):
    return body(lead, agreement)


def fields_of(refused):
    return set(refused.value.fields)


def test_a_body_gets_seats_by_section_and_the_journal_of_the_agreement_tells(lead, agreement, group):
    union = party(agreement)
    chair = seat(lead, group, role="chair", section="", holder="Example Chair")
    member = seat(lead, group, organisation=union.organisation)
    shown = body_for(lead, agreement, group.pk)
    assert {one.pk for one in shown.seats.all()} == {chair.pk, member.pk}
    assert member.for_whom == "Example Union"
    assert events() == ["governance.body.saved", "governance.seat.saved", "governance.seat.saved"]
    assert set(JournalEntry.objects.filter(event__startswith="governance").values_list("chain", flat=True)) == {
        agreement.slug
    }


def test_who_is_independent_sits_for_no_section_and_a_member_for_one_that_exists(lead, group):
    for changes in ({"role": "chair", "section": "unions"}, {"section": ""}, {"section": "moon"}):
        with pytest.raises(DomainError) as refused:
            seat(lead, group, **changes)
        assert fields_of(refused) == {"section"}
    assert not Seat.objects.exists()


def test_two_chairs_at_once_are_refused_and_one_after_the_other_is_fine(lead, group):
    first = seat(lead, group, role="chair", section="", until=date(2024, 12, 31))
    with pytest.raises(DomainError):
        seat(lead, group, role="chair", section="", since=date(2024, 6, 1))
    second = seat(lead, group, role="chair", section="", since=date(2025, 1, 1))
    assert first.pk != second.pk


def test_a_seat_is_corrected_or_ended_by_version(lead, group):
    row = seat(lead, group)
    values = {"role": "member", "section": "ngos", "holder": "Corrected", "since": date(2020, 1, 1)}
    services.save_seat(actor=lead, body=group, seat=row, values={**values, "until": PAST}, version=1)
    row.refresh_from_db()
    assert (row.holder, row.section, row.until, row.version) == ("Corrected", "ngos", PAST, 2)
    with pytest.raises(StaleVersion):
        services.save_seat(actor=lead, body=group, seat=row, values=values, version=1)


def test_seats_name_only_parties_and_lie_within_the_time_of_the_body(lead, group):
    stranger = party(example_agreement(OTHER_SLUG), "Foreign Union")
    with pytest.raises(DomainError) as refused:
        seat(lead, group, organisation=stranger.organisation)
    assert fields_of(refused) == {"organisation"}
    with pytest.raises(DomainError) as refused:
        seat(lead, group, since=date(2018, 1, 1))
    assert fields_of(refused) == {"since"}
    with pytest.raises(DomainError) as refused:
        seat(lead, group, until=date(2019, 1, 1))
    assert fields_of(refused) == {"until"}


def test_a_body_of_an_unknown_kind_or_code_is_refused(lead, agreement):
    for changes in ({"kind": "choir"}, {"code": "nowhere"}):
        with pytest.raises(DomainError) as refused:
            body(lead, agreement, **changes)
        assert fields_of(refused) == set(changes)
    assert not Body.objects.exists()


def test_a_meeting_is_planned_changed_held_and_its_minutes_are_approved(lead, agreement, group):
    member = seat(lead, group)
    planned = meeting(lead, group)
    changed = services.save_meeting(
        actor=lead, body=group, meeting=planned, values={"day": PAST, "is_online": True}, version=1
    )
    assert (changed.is_online, changed.version) == (True, 2)
    services.hold_meeting(actor=lead, meeting=planned, present=[member], guests=" A guest ")
    assert list(planned.present.all()) == [member]
    paper(lead, planned, "minutes")
    services.approve_minutes(actor=lead, meeting=planned, approved_on=PAST)
    planned.refresh_from_db()
    assert (planned.state, planned.approved_on, planned.guests) == ("approved", PAST, "A guest")
    assert [one.move for one in history_of(planned)] == ["hold", "approve"]
    assert events()[-4:] == [
        "governance.meeting.saved",
        "governance.meeting.held",
        "governance.paper.added",
        "governance.meeting.minutes_approved",
    ]


def test_a_meeting_is_cancelled_only_with_a_reason_and_stays_on_the_list(lead, agreement, group):
    planned = meeting(lead, group, day(10))
    with pytest.raises(DomainError):
        services.cancel_meeting(actor=lead, meeting=planned, reason=" ")
    services.cancel_meeting(actor=lead, meeting=planned, reason="Too few could come.")
    assert meeting_for(lead, agreement, planned.pk).state == "cancelled"
    assert history_of(planned).get().reason == "Too few could come."
    with pytest.raises(DomainError):
        services.hold_meeting(actor=lead, meeting=planned)


def test_a_meeting_is_not_held_before_its_day_nor_approved_without_minutes(lead, group):
    with pytest.raises(DomainError):
        services.hold_meeting(actor=lead, meeting=meeting(lead, group, day(3)))
    done = held(lead, group)
    with pytest.raises(DomainError):
        services.approve_minutes(actor=lead, meeting=done, approved_on=PAST)
    paper(lead, done, "minutes")
    for wrong in (day(1), date(2025, 3, 11)):
        with pytest.raises(DomainError) as refused:
            services.approve_minutes(actor=lead, meeting=done, approved_on=wrong)
        assert fields_of(refused) == {"approved_on"}


def test_minutes_come_after_the_meeting_and_papers_stay_once_they_are_approved(lead, group):
    planned = meeting(lead, group)
    with pytest.raises(DomainError):
        paper(lead, planned, "minutes")
    services.hold_meeting(actor=lead, meeting=planned)
    minutes = paper(lead, planned, "minutes")
    services.approve_minutes(actor=lead, meeting=planned, approved_on=PAST)
    with pytest.raises(DomainError):
        paper(lead, planned)
    with pytest.raises(DomainError):
        services.remove_paper(actor=lead, paper=minutes)
    assert MeetingPaper.objects.count() == StoredFile.objects.count() == 1


def test_a_paper_that_is_taken_away_takes_its_file_along(lead, group):
    one = paper(lead, meeting(lead, group))
    services.remove_paper(actor=lead, paper=one)
    assert MeetingPaper.objects.count() == StoredFile.objects.count() == 0
    assert "governance.paper.removed" in events()


def test_a_file_of_a_kind_that_is_not_kept_is_refused(lead, group):
    planned = meeting(lead, group)
    with pytest.raises(DomainError):
        services.add_paper(actor=lead, meeting=planned, kind="paper", title="", upload=("a.exe", b"MZ"))
    assert not planned.papers.exists()


def test_a_meeting_needs_a_place_and_a_day_on_which_its_body_exists(lead, agreement):
    group = body(lead, agreement, until=date(2024, 1, 1))
    with pytest.raises(DomainError) as refused:
        meeting(lead, group)
    assert fields_of(refused) == {"day"}
    with pytest.raises(DomainError) as refused:
        meeting(lead, group, date(2023, 1, 1), place="")
    assert fields_of(refused) == {"place"}


def test_what_was_held_is_not_changed_and_people_of_another_body_were_not_there(lead, agreement, group):
    done = held(lead, group)
    with pytest.raises(DomainError):
        services.save_meeting(actor=lead, body=group, meeting=done, values={"day": PAST, "place": "x"}, version=1)
    stranger = seat(lead, body(lead, agreement, kind="working_group"))
    with pytest.raises(DomainError) as refused:
        services.hold_meeting(actor=lead, meeting=meeting(lead, group), present=[stranger])
    assert fields_of(refused) == {"present"}


def test_only_the_lead_of_the_agreement_itself_changes_anything(lead, agreement, group):
    planned = meeting(lead, group)
    others = [staff(agreement, role) for role in ("adviser", "assessor", "steering_member", "party_member", "auditor")]
    for actor in (*others, staff(example_agreement(OTHER_SLUG))):
        for act in (
            lambda: body(actor, agreement),
            lambda: seat(actor, group),
            lambda: meeting(actor, group),
            lambda: paper(actor, planned),
            lambda: services.hold_meeting(actor=actor, meeting=planned),
            lambda: services.cancel_meeting(actor=actor, meeting=planned, reason="x"),
            lambda: services.approve_minutes(actor=actor, meeting=planned, approved_on=PAST),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert meetings_of(others[2], agreement).get() == planned
    assert not meetings_of(staff(example_agreement(OTHER_SLUG), name="again"), agreement).exists()
