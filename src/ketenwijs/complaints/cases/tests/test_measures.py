"""Measures of a ruling or agreement: sealed words, a week on the server, and a case that closes only after them."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ketenwijs.complaints import jobs
from ketenwijs.complaints.cases import rules
from ketenwijs.complaints.cases.models import Case, Envelope, Measure
from ketenwijs.complaints.cases.selectors import measures_to_follow
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.services.measures import follow_measure, note_measure
from ketenwijs.complaints.cases.services.moving import move_case
from ketenwijs.complaints.cases.services.writing import Letter, note_read
from ketenwijs.complaints.cases.tests.conftest import sealed_by
from ketenwijs.complaints.sealing.payloads import COMMITTEE
from ketenwijs.foundation.journal.models import JournalDetail, JournalEntry
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
CANARY = "canary-extraction-hoods"


@pytest.fixture
def decided(case):
    Case.objects.filter(pk=case.pk).update(state="decision")
    case.refresh_from_db()
    return case


def words(sitting, case, kind="measure", **body):
    return Letter(**sealed_by(sitting, case, CANARY, kind=kind, **body))


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def noted(committee, case, days=30, by="chair"):
    sitting = committee[by]
    return note_measure(
        actor=sitting.member, case=case, due=in_days(days), words=words(sitting, case, owner=f"{CANARY} quarry")
    )


def followed(committee, case, measure, *, ends=True, days=None, by="chair"):
    sitting = committee[by]
    told = words(sitting, case, "measured", about=measure.message, result="done", told_by=CANARY)
    due = None if days is None else in_days(days)
    return follow_measure(
        actor=sitting.member, case=case, message=measure.message, words=told, ends=ends, due=due
    )  # fmt: skip


def close(committee, case, *, without=False, reasons=False):
    case.refresh_from_db()
    sealed = sealed_by(committee["chair"], case, "reasons") if reasons else {}
    return move_case(
        actor=committee["chair"].member,
        case=case,
        move="close",
        seen=case.state,
        without_follow_up=without,
        **sealed,
    )


def test_of_a_measure_the_server_keeps_a_week_and_no_word(decided, committee):
    measure = noted(committee, decided)
    assert measure.due_week == rules.week_of(in_days(30))
    followed(committee, decided, measure)
    assert Envelope.objects.filter(case=decided, name=COMMITTEE).count() == 2
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            kept += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor for v in row]
    assert CANARY.encode() not in b"|".join(kept)


def test_noting_and_following_are_journalled_without_words(decided, committee):
    followed(committee, decided, noted(committee, decided), by="secretary")
    events = list(JournalEntry.objects.filter(event__startswith="cases.measure").values_list("event", "actor"))
    assert events == [
        ("cases.measure.noted", committee["chair"].member.reference),
        ("cases.measure.followed", committee["secretary"].member.reference),
    ]
    last = JournalDetail.objects.order_by("-entry__pk").first()
    assert last.values == {"measure": 1, "ends": True}


@pytest.mark.parametrize("state", ["received", "defence", "withdrawn", "closed"])
def test_before_a_ruling_or_agreement_and_after_closing_no_measure_is_noted(case, committee, state):
    Case.objects.update(state=state)
    with pytest.raises(DomainError, match="ruled or agreed"):
        noted(committee, case)
    assert not Measure.objects.exists()
    assert not Envelope.objects.filter(name=COMMITTEE).exists()


@pytest.mark.parametrize("state", ["dialogue", "interim", "decision", "follow_up"])
def test_a_measure_is_noted_in_an_agreement_as_in_a_ruling(case, committee, state):
    Case.objects.update(state=state)
    assert noted(committee, case).number == 1
    assert noted(committee, case, by="secretary").number == 2


@pytest.mark.parametrize("days", [-1, 3661])
def test_a_day_that_is_over_or_very_far_is_refused(decided, committee, days):
    with pytest.raises(DomainError, match="within ten years"):
        noted(committee, decided, days)


def test_an_ordinary_member_and_who_did_not_declare_may_not_note_or_follow(decided, committee):
    declare(actor=committee["member_firms"].member, case=decided, free=True)
    measure = noted(committee, decided)
    for function in ("member_firms", "deputy_chair"):
        with pytest.raises(NotAllowed):
            noted(committee, decided, by=function)
        with pytest.raises(NotAllowed):
            followed(committee, decided, measure, by=function)


def test_a_measure_that_is_not_over_gets_another_day(decided, committee):
    measure = noted(committee, decided)
    with pytest.raises(DomainError, match="on which day"):
        followed(committee, decided, measure, ends=False)
    with pytest.raises(DomainError, match="within ten years"):
        followed(committee, decided, measure, ends=False, days=-3)
    kept = followed(committee, decided, measure, ends=False, days=60)
    assert (kept.due_week, kept.closed_week) == (rules.week_of(in_days(60)), None)


def test_a_measure_that_is_not_there_or_has_ended_is_not_followed(decided, committee):
    measure = noted(committee, decided)
    with pytest.raises(StaleVersion):
        follow_measure(
            actor=committee["chair"].member,
            case=decided,
            message=99,
            words=words(committee["chair"], decided),
            ends=True,
        )
    followed(committee, decided, measure)
    with pytest.raises(StaleVersion):
        followed(committee, decided, measure)


def test_a_message_that_came_in_between_keeps_nothing(decided, committee):
    late = words(committee["chair"], decided)
    noted(committee, decided)
    with pytest.raises(StaleVersion):
        note_measure(actor=committee["chair"].member, case=decided, due=in_days(3), words=late)
    assert Measure.objects.count() == 1


def test_a_case_closes_once_every_measure_is_followed_to_its_end(decided, committee):
    first, second = noted(committee, decided), noted(committee, decided)
    followed(committee, decided, first)
    with pytest.raises(DomainError, match="still being followed"):
        close(committee, decided, reasons=True)
    followed(committee, decided, second)
    assert close(committee, decided).closed_week is not None


def test_a_ruling_without_a_measure_closes_only_explicitly_and_with_reasons(decided, committee):
    with pytest.raises(DomainError, match="No measure was noted"):
        close(committee, decided, reasons=True)
    with pytest.raises(DomainError, match="reasons"):
        close(committee, decided, without=True)
    assert close(committee, decided, without=True, reasons=True).closed_week is not None
    entry = JournalEntry.objects.filter(event="cases.state.moved").last()
    assert JournalDetail.objects.get(entry=entry).values["without_follow_up"] is True


def test_an_open_measure_holds_up_a_withdrawn_case_too(decided, committee):
    noted(committee, decided)
    Case.objects.update(state="withdrawn")
    with pytest.raises(DomainError, match="still being followed"):
        close(committee, decided)
    assert close(committee, decided, without=True, reasons=True).closed_week is not None


def test_the_board_shows_what_is_due_to_those_who_can_open_the_case(decided, committee, client):
    late, later = noted(committee, decided), noted(committee, decided, 40)
    Measure.objects.filter(pk=late.pk).update(due_week=rules.week_of(in_days(-8)))
    client.force_login(committee["chair"].person)
    shown = client.get("/committee/cases/").content.decode()
    assert shown.index("Measure 1") < shown.index("Measure 2")
    assert shown.count("Late") == 1
    followed(committee, decided, late)
    assert "Measure 1" not in client.get("/committee/cases/").content.decode()
    client.force_login(committee["member_firms"].person)
    assert "Measure" not in client.get("/committee/cases/").content.decode()
    assert list(measures_to_follow([decided])) == [later]


def test_the_board_costs_the_same_for_few_and_many_measures(decided, committee, client, django_assert_max_num_queries):
    client.force_login(committee["chair"].person)
    for number in range(2, 60):
        Measure.objects.create(case=decided, number=number, message=number, due_week=rules.week_of(in_days(9)))
    with django_assert_max_num_queries(15):
        client.get("/committee/cases/")


def test_members_get_their_ordinary_mail_when_a_measure_is_due(decided, committee):
    note_read(decided, 1)
    Case.objects.update(due_on=None)
    measure = noted(committee, decided, 40)
    assert jobs.notify(half="early") == 0
    Measure.objects.filter(pk=measure.pk).update(due_week=rules.week_of(in_days(0)))
    assert jobs.notify(half="late") == 2
    assert not OutgoingMessage.objects.filter(body__icontains="measure").exists()


def test_the_page_sends_sealed_words_and_a_plain_one_is_refused(decided, committee, client):
    client.force_login(committee["chair"].person)
    made = sealed_by(committee["chair"], decided, CANARY, kind="measure")
    body = {"due": str(in_days(5)), "sequence": made["sequence"], "sealed": base64.b64encode(made["sealed"]).decode()}
    address = f"/committee/cases/{decided.number}/measure/"

    def post(data, to=address):
        return client.post(to, json.dumps(data), content_type="application/json")

    assert post({**body, "text": CANARY}).status_code == 400
    assert post({**body, "sealed": base64.b64encode(CANARY.encode()).decode()}).status_code == 400
    assert post(body).status_code == 200
    shown = client.get(f"/committee/cases/{decided.number}/data/").json()
    assert [(one["number"], one["message"], one["closed_week"]) for one in shown["measures"]] == [(1, 1, None)]
    assert shown["may_measure"] is True
    told = sealed_by(committee["chair"], decided, CANARY, kind="measured", about=1)
    following = {"ends": True, "sequence": 2, "sealed": base64.b64encode(told["sealed"]).decode()}
    assert post(following, f"{address}9/").status_code == 409
    assert post(following, f"{address}1/").status_code == 200
    assert Measure.objects.get().closed_week is not None
