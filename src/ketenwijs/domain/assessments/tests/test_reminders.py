"""Who is reminded when: an open report, a reply period that ends, an outcome that waits for its second reader."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.jobs import remind_of_replies, send_reminders
from ketenwijs.domain.assessments.models import Dossier, Round
from ketenwijs.domain.assessments.tests.factories import DAY, REASON, world
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.mail.models import OutgoingMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    found = world()
    found.open_round()
    return found


def last_reminder(cast):
    """How many days before the last day the last reminder goes out."""
    return timedelta(days=min(definition_of(cast.agreement).remind_days_before.value))


def until_heard(cast):
    """Handed in, judged, and the draft findings sent to the firm."""
    cast.fill_in()
    cast.hand_in()
    cast.judge_all()
    with fenced_for(cast.lead):
        services.send_findings(actor=cast.assessor, dossier=cast.dossier(), today=DAY)


def until_replied(cast):
    """The firm finished its reply; the outbox is emptied."""
    until_heard(cast)
    with fenced_for(cast.owner):
        services.finish_reply(actor=cast.owner, dossier=cast.dossier())
    OutgoingMessage.objects.all().delete()


def test_a_reminder_missed_for_a_day_is_made_up_for_and_nobody_gets_it_twice(cast):
    Round.objects.update(due_on=DAY + last_reminder(cast) - timedelta(days=1))
    assert send_reminders(DAY) == 1
    sent = OutgoingMessage.objects.count()
    assert sent
    send_reminders(DAY + timedelta(days=1))
    assert OutgoingMessage.objects.count() == sent


def test_a_report_that_was_handed_in_is_not_asked_for(cast):
    Round.objects.update(due_on=DAY + last_reminder(cast))
    cast.fill_in()
    cast.hand_in()
    assert send_reminders(DAY) == 0


def test_a_firm_that_may_still_reply_is_reminded_before_the_period_ends_and_not_after(cast):
    until_heard(cast)
    with fenced_for(cast.lead):
        Dossier.objects.update(reply_due_on=DAY + last_reminder(cast))
        before = OutgoingMessage.objects.count()
    assert remind_of_replies(DAY) == 1
    assert OutgoingMessage.objects.count() > before
    assert cast.dossier().organisation.name not in "".join(OutgoingMessage.objects.values_list("body", flat=True))
    with fenced_for(cast.owner):
        services.finish_reply(actor=cast.owner, dossier=cast.dossier())
    assert remind_of_replies(DAY + timedelta(days=1)) == 0


def test_a_reply_period_that_ended_is_not_reminded_of(cast):
    until_heard(cast)
    with fenced_for(cast.lead):
        Dossier.objects.update(reply_due_on=DAY - timedelta(days=1))
    assert remind_of_replies(DAY) == 0


def test_whoever_may_read_second_is_told_of_a_decision_and_the_assessor_is_not(cast):
    until_replied(cast)
    with fenced_for(cast.lead):
        services.decide(actor=cast.assessor, dossier=cast.dossier(), value="l1", reason=REASON)
    told = set(OutgoingMessage.objects.values_list("to", flat=True))
    assert cast.reader.person.email in told
    assert cast.assessor.person.email not in told
    assert cast.owner.person.email not in told


def test_only_the_assigned_second_reader_is_told(cast):
    until_replied(cast)
    with fenced_for(cast.lead):
        Dossier.objects.update(second_reader=cast.reader.person)
        services.decide(actor=cast.assessor, dossier=cast.dossier(), value="l1", reason=REASON)
    assert set(OutgoingMessage.objects.values_list("to", flat=True)) == {cast.reader.person.email}
