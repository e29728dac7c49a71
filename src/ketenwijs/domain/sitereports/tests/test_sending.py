"""A report comes in from anybody or from a party, once however often it is sent, and is followed with its receipt."""

import pytest

from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, example_agreement, member, staff, worker
from ketenwijs.domain.sitereports import selectors
from ketenwijs.domain.sitereports.models import SiteReport
from ketenwijs.domain.sitereports.services import Sender
from ketenwijs.domain.sitereports.tests.factories import ADDRESS, ANSWER, SEEN, SENDER, case, send, stored
from ketenwijs.foundation.access.fence import unfenced
from ketenwijs.foundation.journal.models import JournalDetail, JournalEntry
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    found = example_agreement()
    staff(found)
    return found


def count():
    with unfenced(reason="test"):
        return SiteReport.objects.count()


def test_a_visitor_sends_a_report_and_only_the_secretariat_is_told_where_to_look(agreement):
    report = stored(send(agreement).number)
    assert (report.state, report.seen, report.themes, report.sent_by) == ("received", SEEN, ["child_labour"], None)
    (mail,) = OutgoingMessage.objects.all()
    assert mail.to.startswith("secretariat_lead")
    for words in (SEEN, SENDER, ADDRESS, "Kolar", "Rajeshwari"):
        assert words not in mail.subject + mail.body
    entry = JournalEntry.objects.get(event="sitereports.report.received")
    assert entry.actor == "sender"
    assert JournalDetail.objects.get(entry=entry).values == {"way": "public"}


def test_sending_the_same_form_again_takes_nothing_in_twice_and_gives_the_same_receipt(agreement):
    assert send(agreement) == send(agreement)
    assert count() == 1
    assert send(agreement, seen="Something else, typed in the same form.") != send(agreement, once="two")
    assert count() == 3


def test_many_reports_on_a_day_are_one_mail(agreement):
    for number in range(3):
        send(agreement, once=str(number))
    assert OutgoingMessage.objects.count() == 1


def test_somebody_of_a_party_sends_and_finds_it_back(agreement):
    union, other = staff(agreement, "party_member"), staff(agreement, "steering_member")
    receipt = send(agreement, union)
    assert [one.number for one in selectors.sent_by(union)] == [receipt.number]
    assert selectors.sent_by(other) == []
    assert stored(receipt.number).of_a_party
    entry = JournalEntry.objects.get(event="sitereports.report.received")
    assert (entry.actor, JournalDetail.objects.get(entry=entry).values) == ("sender", {"way": "party"})


def test_a_company_and_a_party_of_another_agreement_do_not_report_here(agreement):
    firm = worker(member(agreement).organisation)
    elsewhere = staff(example_agreement(OTHER_SLUG), "party_member")
    for viewer in (firm, elsewhere, staff(agreement, "adviser")):
        with pytest.raises(NotAllowed):
            send(agreement, viewer)
    assert count() == 0


def test_an_agreement_whose_reports_nobody_reads_takes_none(agreement):
    nobody = example_agreement(OTHER_SLUG)
    staff(nobody, "party_member")
    assert selectors.agreements_taking_reports() == [agreement]
    with pytest.raises(DomainError):
        send(nobody)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"country": "XX"}, "country"),
        ({"place": " ", "site_name": ""}, "place"),
        ({"seen": "  "}, "seen"),
        ({"site_kind": "palace"}, "site_kind"),
        ({"themes": ("no-theme",)}, "themes"),
    ],
)
def test_what_is_missing_is_said_at_its_field(agreement, changes, field):
    with pytest.raises(DomainError) as refusal:
        send(agreement, **changes)
    assert list(refusal.value.fields) == [field]
    assert count() == 0


def test_name_and_address_may_stay_empty(agreement):
    report = stored(send(agreement, sender=Sender(language="fr")).number)
    assert (report.sender_name, report.sender_email) == ("", "")


def test_the_code_is_stored_nowhere_and_number_and_code_are_both_needed():
    found = case()
    number, code = found.receipt.number, found.receipt.code
    with unfenced(reason="test"):
        assert code.replace("-", "") not in str(SiteReport.objects.values())
    assert selectors.receipt_for(number, code)
    assert selectors.receipt_for(number.lower(), f" {code.replace('-', ' ')} ")
    for wrong in ((number, "AAAA"), ("AAAA-AAAA", code), (number, ""), ("", ""), (code, number)):
        assert selectors.receipt_for(*wrong) is None


def test_the_sender_sees_no_difference_between_looked_into_and_put_to_companies():
    found = case()

    def seen():
        shown = selectors.receipt_for(found.receipt.number, found.receipt.code)
        return str(shown.label), shown.answer

    assert seen() == ("received", "")
    found.check()
    assert seen() == ("being looked into", "")
    found.link()
    found.ask(0, 1)
    assert seen() == ("being looked into", "")
    found.answer()
    assert seen() == ("answered", ANSWER)
    found.close()
    assert seen() == ("answered", ANSWER)
