"""Every move of a report from both sides: where it starts and where it is refused; what it journals and mails."""

from datetime import timedelta

import pytest

from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, ROBOT, example_agreement, staff
from ketenwijs.domain.chains.tests.register import register_of
from ketenwijs.domain.sitereports import selectors, services, states
from ketenwijs.domain.sitereports.models import SiteReport
from ketenwijs.domain.sitereports.tests.factories import (
    ADDRESS,
    ANSWER,
    NAMES,
    QUESTION,
    SEEN,
    SENDER,
    TODAY,
    adviser,
    case,
    stored,
)
from ketenwijs.domain.sitereports.vocabulary import clock
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.journal.models import JournalDetail, JournalEntry
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.states.selectors import history_of
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    return case()


def put(report, state):
    with unfenced(reason="test"):
        SiteReport.objects.filter(pk=report.pk).update(state=state)


def do(found, move):
    """One move as its page would make it."""
    if move == "ask":
        with unfenced(reason="test"):
            SiteReport.objects.filter(pk=found.report.pk).update(location=found.location)
        return found.ask(0)
    return {"check": found.check, "answer": found.answer, "not_take_up": found.not_take_up, "close": found.close}[
        move
    ]()


@pytest.mark.parametrize("state", states.REPORT.states)
@pytest.mark.parametrize("move", states.REPORT.moves)
def test_each_move_starts_where_the_table_says_and_nowhere_else(found, move, state):
    put(found.report, state)
    step = states.REPORT.moves[move]
    if state in step.sources:
        do(found, move)
        assert found.again().state == step.target
    elif (move, state) == ("ask", states.WITH_FIRMS):
        do(found, move)  # another company is asked; the state stays
        assert found.again().state == state
    else:
        with pytest.raises(DomainError):
            do(found, move)
        assert found.again().state == state


def test_the_whole_way_is_journalled_without_any_words(found):
    found.with_firms()
    found.reply(0)
    found.answer()
    found.close()
    events = list(
        JournalEntry.objects.filter(event__startswith="sitereports.")
        .order_by("sequence")
        .values_list("event", flat=True)
    )
    assert [one.partition(".")[2] for one in events] == [
        "report.received", "report.checked", "report.located", "question.asked", "question.asked",
        "question.replied", "report.answered", "report.closed",
    ]  # fmt: skip
    kept = str(list(JournalDetail.objects.filter(entry__event__startswith="sitereports.").values("values")))
    for words in (SEEN, SENDER, ADDRESS, QUESTION, ANSWER, "We asked the owner", *NAMES, "Kolar", "Rajeshwari"):
        assert words not in kept


def test_the_sender_is_told_at_each_step_that_concerns_him_and_not_that_companies_were_asked(found):
    found.with_firms()
    found.answer()
    found.close()
    subjects = [one.subject for one in OutgoingMessage.objects.filter(to=ADDRESS).order_by("pk")]
    number = found.receipt.number
    assert subjects == [f"Your report {number} is being looked into", f"Answer to your report {number}"]


def test_a_report_without_an_address_is_worked_through_without_mail(found):
    with unfenced(reason="test"):
        SiteReport.objects.update(sender_email="")
    found.check()
    found.answer()
    assert not OutgoingMessage.objects.filter(to=ADDRESS).exists()


@pytest.mark.parametrize("act", ["check", "link", "ask", "answer", "not_take_up", "close"])
def test_nobody_outside_the_secretariat_handles_a_report(found, act):
    outsiders = [
        staff(found.agreement, "party_member"),
        staff(found.agreement, "assessor"),
        staff(example_agreement(OTHER_SLUG), "secretariat_lead"),
        found.firms[0].viewer,
    ]
    deeds = {
        "check": lambda actor: services.check(actor=actor, report=found.report, today=TODAY),
        "link": lambda actor: services.link_location(actor=actor, report=found.report, location=None),
        "ask": lambda actor: services.ask_firms(
            actor=actor, report=found.report, organisations=[1], text=QUESTION, reply_by=TODAY, today=TODAY
        ),
        "answer": lambda actor: services.answer(actor=actor, report=found.report, text=ANSWER, today=TODAY),
        "not_take_up": lambda actor: services.not_take_up(actor=actor, report=found.report, reason="x", today=TODAY),
        "close": lambda actor: services.close(actor=actor, report=found.report, today=TODAY),
    }
    for actor in outsiders:
        with fenced_for(actor), pytest.raises(NotAllowed):
            deeds[act](actor)
    assert found.again().state == states.RECEIVED


def test_an_adviser_handles_it_as_well(found):
    helper = adviser(found.agreement)
    with fenced_for(helper):
        services.check(actor=helper, report=found.report, today=TODAY)
    (change,) = history_of(found.report)
    assert (change.move, change.by_name) == ("check", helper.person.name)


def test_a_location_is_linked_only_while_it_is_looked_into_and_may_be_taken_back(found):
    with pytest.raises(DomainError):
        found.link()
    found.check()
    assert found.link().location == found.location
    with fenced_for(found.lead):
        assert services.link_location(actor=found.lead, report=found.report, location=None).location is None
    found.link()
    found.ask(0)
    with pytest.raises(DomainError):
        found.link()


def test_a_location_of_another_agreements_register_cannot_be_linked(found):
    other = register_of(firms=2, slug=OTHER_SLUG)
    with fenced_for(other.lead):
        foreign = other.register()
    found.check()
    with pytest.raises(DomainError):
        found.link(foreign)


def test_a_search_finds_locations_of_the_country_and_members_that_use_the_linked_one(found):
    found.check()
    with fenced_for(found.lead):
        report = found.again()
        assert selectors.locations_to_link(found.lead, report, "rajeshwari", "IN") == [found.location]
        assert selectors.locations_to_link(found.lead, report, "rajeshwari", "CN") == []
        assert selectors.users_of(found.lead, report, TODAY) == []
    report = found.link()
    with fenced_for(found.lead):
        assert [one.organisation.name for one in selectors.users_of(found.lead, report, TODAY)] == list(NAMES[:2])


@pytest.mark.parametrize(
    "text",
    [
        "We asked Kanarie Graniet BV.",
        "kanarie graniet knows",
        "KANARIE   LEISTEEN n.v.",
        "Kanárie-Natuursteen does not use it",
        "It came through SUPPLIER OF FIRM A.",
        "Through supplier of firm b!",
    ],
)
def test_an_answer_with_the_name_of_a_company_or_a_supplier_is_refused(found, text):
    found.with_firms()
    with pytest.raises(DomainError) as refusal:
        found.answer(f"We looked into it. {text}")
    assert "answer" in refusal.value.fields
    assert found.again().state == states.WITH_FIRMS
    assert OutgoingMessage.objects.filter(to=ADDRESS, subject__startswith="Answer").count() == 0


def test_a_reason_with_such_a_name_is_refused_too_even_before_anybody_was_asked(found):
    found.check()
    found.link()
    for text in ("Kanarie Graniet does not buy there.", "Ask Supplier of Firm A.", " "):
        with pytest.raises(DomainError):
            found.not_take_up(text)
    assert found.not_take_up().state == states.NOT_TAKEN_UP


def test_questions_that_nobody_answered_end_with_the_answer_to_the_sender(found):
    found.with_firms()
    found.reply(0)
    found.answer()
    with fenced_for(found.lead):
        assert [one.ended_on for one in selectors.questions_about(found.lead, found.report)] == [None, TODAY]
    with pytest.raises(DomainError):
        found.reply(1)


def test_the_sender_is_forgotten_after_the_term_and_not_a_day_before(found):
    found.check()
    found.answer()
    long_after = TODAY + timedelta(days=5000)
    assert services.forget_senders(actor=ROBOT, today=long_after) == 0  # answered, not closed
    found.close()
    term = timedelta(days=clock().keep_sender_days.value)
    assert services.forget_senders(actor=ROBOT, today=TODAY + term - timedelta(days=1)) == 0
    assert services.forget_senders(actor=ROBOT, today=TODAY + term) == 1
    assert services.forget_senders(actor=ROBOT, today=TODAY + term) == 0
    report = stored(found.receipt.number)
    assert (report.sender_name, report.sender_email, report.sent_by) == ("", "", None)
    assert report.seen == SEEN
    assert JournalEntry.objects.filter(event="sitereports.report.sender_forgotten").count() == 1


def test_the_account_of_a_party_is_forgotten_with_the_sender_and_so_is_one_not_taken_up(found):
    union = staff(found.agreement, "party_member")
    with unfenced(reason="test"):
        SiteReport.objects.update(sent_by=union.person)
    found.not_take_up()
    services.forget_senders(actor=ROBOT, today=TODAY + timedelta(days=clock().keep_sender_days.value))
    assert stored(found.receipt.number).sent_by is None
    assert selectors.sent_by(union) == []
