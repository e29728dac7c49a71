"""Companies are asked one by one in other words, see only their own side, and reply once."""

from datetime import date, timedelta

import pytest

from ketenwijs.domain.agreements.services import leave
from ketenwijs.domain.agreements.tests.factories import ROBOT, worker
from ketenwijs.domain.chains.models import Supplier
from ketenwijs.domain.sitereports import selectors, services, states
from ketenwijs.domain.sitereports.models import SiteQuestion
from ketenwijs.domain.sitereports.tests.factories import ADDRESS, NAMES, QUESTION, SEEN, SENDER, TODAY, case
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    made = case()
    made.check()
    made.link()
    return made


def own(firm):
    with fenced_for(firm.viewer):
        return selectors.questions_to(firm.viewer)


def test_each_company_that_is_asked_sees_its_own_name_for_the_place_and_the_same_words(found):
    found.ask(0, 1)
    assert found.again().state == states.WITH_FIRMS
    for firm in found.firms[:2]:
        (shown,) = own(firm)
        assert shown.question == QUESTION
        assert shown.places == [{"name": firm.site.name, "place": firm.site.place, "country": "IN"}]
        assert shown.themes == ["child_labour"]
    assert own(found.firms[2]) == []


def test_the_address_of_a_question_tells_nothing_of_others(found):
    questions = found.ask(0, 1)
    assert len({one.token for one in questions}) == 2
    assert all(len(one.token) == 16 for one in questions)


def test_mail_to_a_company_says_only_where_to_look(found):
    OutgoingMessage.objects.all().delete()
    found.ask(0, 1)
    assert OutgoingMessage.objects.count() == 2
    for mail in OutgoingMessage.objects.all():
        for words in (QUESTION, SEEN, SENDER, ADDRESS, *NAMES, "Rajeshwari", "Kolar", found.receipt.number):
            assert words not in mail.subject + mail.body


def test_another_company_may_be_asked_later_but_nobody_twice(found):
    found.ask(0)
    found.ask(1)
    for numbers in ((0,), (0, 1)):
        with pytest.raises(DomainError):
            found.ask(*numbers)
    with fenced_for(found.lead):
        assert len(selectors.questions_about(found.lead, found.report)) == 2


def test_a_company_that_does_not_use_the_place_is_not_asked_nor_is_anybody_else_with_it(found):
    for numbers in ((2,), (0, 2), ()):
        with pytest.raises(DomainError):
            found.ask(*numbers)
    with fenced_for(found.lead):
        assert selectors.questions_about(found.lead, found.report) == []
    assert found.again().state == states.CHECKED


def test_a_company_that_left_is_not_asked(found):
    leave(actor=ROBOT, membership=found.firms[0].membership, left_on=date(2025, 10, 1), reason="closed", note="")
    with pytest.raises(DomainError):
        found.ask(0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"This comes from {SENDER.upper()}.",
        f"Write to {ADDRESS}.",
        "Do you work with Kanarie Leisteen?",
        "Is it true that children of about ten years old carry small stones to the road?",
    ],
)
def test_a_question_that_gives_away_the_sender_another_company_or_the_report_is_refused(found, text):
    with pytest.raises(DomainError) as refusal:
        found.ask(0, text=text)
    assert list(refusal.value.fields) == ["question"]
    assert found.again().state == states.CHECKED


def test_a_question_that_names_the_supplier_of_a_company_that_uses_the_place_is_refused(found):
    with fenced_for(found.firms[1].viewer):
        Supplier.objects.create(organisation=found.firms[1].membership.organisation, name="Deccan Steps Exports")
    with pytest.raises(DomainError) as refusal:
        found.ask(0, text="What do you know about Deccan Steps Exports?")
    assert list(refusal.value.fields) == ["question"]
    assert found.again().state == states.CHECKED


def test_a_day_for_the_reply_that_is_not_after_today_is_refused(found):
    for day in (TODAY, TODAY - timedelta(days=1)):
        with pytest.raises(DomainError):
            found.ask(0, reply_by=day)


def test_a_company_replies_once_and_the_secretariat_reads_it(found):
    found.ask(0, 1)
    OutgoingMessage.objects.all().delete()
    found.reply(0)
    with fenced_for(found.lead):
        one, other = selectors.questions_about(found.lead, found.report)
    assert (one.found, one.done, one.replied_on) == ("We asked the owner.", "We visit in March.", TODAY)
    assert other.replied_on is None
    (mail,) = OutgoingMessage.objects.all()
    assert "We asked" not in mail.body and NAMES[0] not in mail.body
    with pytest.raises(DomainError):
        found.reply(0)


def test_an_empty_reply_is_refused(found):
    found.ask(0)
    with pytest.raises(DomainError) as refusal:
        found.reply(0, found="  ")
    assert "found" in refusal.value.fields


def test_nobody_else_replies_for_a_company(found):
    (question,) = found.ask(0)
    colleague = worker(found.firms[0].membership.organisation, "company_user")
    for actor in (found.lead, found.firms[1].viewer, ROBOT):
        with fenced_for(actor), pytest.raises(NotAllowed):
            services.reply(actor=actor, question=question, found="x", done="", today=TODAY)
    with fenced_for(colleague):
        assert services.reply(actor=colleague, question=question, found="x", done="", today=TODAY).replied_on


def test_a_company_that_left_reads_its_question_but_does_not_reply(found):
    (question,) = found.ask(0)
    firm = found.firms[0]
    leave(actor=ROBOT, membership=firm.membership, left_on=date(2025, 10, 20), reason="closed", note="")
    with fenced_for(firm.viewer):
        assert selectors.question_to(firm.viewer, question.token)
        with pytest.raises(NotAllowed):
            services.reply(actor=firm.viewer, question=question, found="x", done="", today=date(2025, 11, 1))


def test_a_company_finds_neither_anothers_question_nor_any_report(found):
    (question,) = found.ask(0)
    for firm in found.firms[1:]:
        with fenced_for(firm.viewer):
            assert selectors.question_to(firm.viewer, question.token) is None
            assert list(selectors.reports_of(firm.viewer, found.agreement)) == []
            assert selectors.report_for(firm.viewer, found.agreement, found.report.pk) is None
            assert selectors.questions_about(firm.viewer, found.report) == []
            assert selectors.users_of(firm.viewer, found.report, TODAY) == []


def test_a_companys_own_rows_go_as_if_it_had_never_been_asked(found):
    """No refusal may tell that its site is in a register or was asked about."""
    found.ask(0)
    firm = found.firms[0]
    with fenced_for(firm.viewer):
        firm.site.links.all().delete()
        firm.site.delete()
        (question,) = SiteQuestion.objects.all()
    assert question.places[0]["name"] == firm.site.name
