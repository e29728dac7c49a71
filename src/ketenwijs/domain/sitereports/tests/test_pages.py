"""The pages as they are pressed: public form with brake and trap, the desk from end to end, and counts of queries."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, example_agreement, staff
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.domain.sitereports import jobs, selectors
from ketenwijs.domain.sitereports.forms import LongSelect
from ketenwijs.domain.sitereports.models import SiteQuestion, SiteReport
from ketenwijs.domain.sitereports.registrations import _for_the_firm, _for_the_secretariat
from ketenwijs.domain.sitereports.tests.factories import ANSWER, NAMES, QUESTION, SEEN, TODAY, case, send
from ketenwijs.foundation.access.fence import fenced_for, unfenced

pytestmark = pytest.mark.django_db
TELL, FOLLOW = "sitereports:tell", "sitereports:follow"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def agreement():
    found = example_agreement()
    staff(found)
    return found


def filled_in(agreement, **changes):
    words = {
        "agreement": agreement.slug, "country": "IN", "place": "Kolar", "site_name": "", "site_kind": "quarry",
        "seen": SEEN, "themes": ["child_labour", "health_safety"], "seen_when": "March", "sender_name": "",
        "sender_email": "", "website": "", "once": "a" * 32,
    }  # fmt: skip
    return {**words, **changes}


def reports():
    with unfenced(reason="test"):
        return list(SiteReport.objects.order_by("pk"))


def test_the_public_form_says_where_a_report_goes_and_where_a_complaint_does(client, agreement, settings):
    settings.COMPLAINTS_LINK = "https://complaints.example/"
    page = client.get(reverse(TELL)).content.decode()
    for words in ("goes to the secretariat", "not go to the complaints committee", "Do not write names of people"):
        assert words in page
    assert 'href="https://complaints.example/"' in page
    assert "<script" not in page
    settings.COMPLAINTS_LINK = ""
    assert "sealed complaints route" in client.get(reverse(TELL)).content.decode()


def test_a_report_is_sent_and_followed_without_account_or_script(client, agreement):
    page = client.post(reverse(TELL), filled_in(agreement)).content.decode()
    (report,) = reports()
    assert report.themes == ["child_labour", "health_safety"]
    number, code = (part.partition("</strong>")[0] for part in page.split("<dd><strong>")[1:3])
    assert number.replace("-", "") == report.number
    shown = Client().post(reverse(FOLLOW), {"number": number, "code": code}).content.decode()
    assert "received" in shown and SEEN not in shown and "Kolar" not in shown
    wrong = Client().post(reverse(FOLLOW), {"number": number, "code": "AAAA"}).content.decode()
    assert "There is no report" in wrong


def test_loading_the_receipt_again_sends_nothing_twice(client, agreement):
    first, second = (client.post(reverse(TELL), filled_in(agreement)).content for _time in range(2))
    assert len(reports()) == 1
    assert first.split(b"<dd><strong>")[1:3] == second.split(b"<dd><strong>")[1:3]


def test_nothing_of_a_receipt_is_kept_by_a_cache_and_no_cookie_knows_it(client, agreement):
    answer = client.post(reverse(TELL), filled_in(agreement))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": ""}, "Write the name of the place"),
        ({"seen": ""}, "This field is required"),
        ({"country": ""}, "This field is required"),
        ({"sender_email": "nonsense"}, "valid email address"),
        ({"website": "https://spam.example"}, "A field that should stay empty"),
        ({"seen": "x" * 10_001}, "at most 10000"),
    ],
)
def test_a_refusal_keeps_what_was_typed(client, agreement, changes, words):
    typed = filled_in(agreement, sender_name="Typed Name", **changes)
    page = client.post(reverse(TELL), typed).content.decode()
    assert words in page and "Typed Name" in page and reports() == []


def test_the_chosen_country_stays_chosen_and_a_name_cannot_break_out_of_its_option(client, agreement):
    page = client.post(reverse(TELL), filled_in(agreement, seen="")).content.decode()
    assert page.count(" selected>") >= 2 and '<option value="IN" selected>' in page
    field = LongSelect(choices=[('"><b>', "<i>&")])
    assert (
        field.render("x", None)
        == '<select name="x"><option value="&quot;&gt;&lt;b&gt;">&lt;i&gt;&amp;</option></select>'
    )


def test_an_agreement_that_takes_no_reports_is_no_choice(client, agreement):
    example_agreement(OTHER_SLUG)
    page = client.post(reverse(TELL), {**filled_in(agreement), "agreement": OTHER_SLUG}).content.decode()
    assert "Select a valid choice" in page and reports() == []


def test_a_person_in_the_trap_gets_through_the_second_time(client, agreement):
    page = client.post(reverse(TELL), filled_in(agreement, website="x")).content.decode()
    assert 'name="website" id="id_website" value=""' in page
    client.post(reverse(TELL), filled_in(agreement))
    assert len(reports()) == 1


def test_a_flood_is_slowed_down_and_the_text_stays(client, agreement, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "site_report": "2/10m/key"}
    for number in range(2):
        assert client.post(reverse(TELL), filled_in(agreement, once=str(number))).status_code == 200
    answer = client.post(reverse(TELL), filled_in(agreement, once="more", sender_name="Typed Name"))
    assert answer.status_code == 429
    assert "Typed Name" in answer.content.decode() and len(reports()) == 2
    elsewhere = client.post(reverse(TELL), filled_in(agreement, once="other"), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 200 and len(reports()) == 3


def test_all_together_are_slowed_down_too_and_no_address_is_kept(client, agreement, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "site_report_of_all": "1/10m/key"}
    client.post(reverse(TELL), filled_in(agreement), REMOTE_ADDR="203.0.113.8")
    answer = client.post(reverse(TELL), filled_in(agreement, once="other"), REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 429
    assert "203.0.113" not in str(getattr(cache, "_cache", ""))


def test_guessing_at_receipts_is_slowed_down(client, agreement, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "site_report_receipt": "2/10m/key"}
    codes = [client.post(reverse(FOLLOW), {"number": "A", "code": "A"}).status_code for _time in range(3)]
    assert codes == [200, 200, 429]


def test_without_a_secretariat_there_is_no_form(client):
    example_agreement()
    page = client.get(reverse(TELL)).content.decode()
    assert "No reports are taken here" in page and "<textarea" not in page


def test_the_public_site_links_to_the_form(client, agreement):
    assert reverse(TELL) in client.get(reverse("public:home")).content.decode()


def test_somebody_of_a_party_sends_on_the_desk_and_finds_it_back(client, agreement):
    union = staff(agreement, "party_member")
    sign_in(client, union)
    client.post(reverse("sitereports:new"), filled_in(agreement, sender_name="Union"))
    (report,) = reports()
    assert (report.sender_email, report.sent_by) == (union.person.email, union.person)
    page = client.get(reverse("sitereports:sent")).content.decode()
    assert "received" in page


def test_the_secretariat_works_a_report_through_by_pressing(client):
    found = case()
    sign_in(client, found.lead)
    parts = [found.agreement.slug, found.report.pk]

    def press(name, **words):
        return client.post(reverse(f"sitereports:{name}", args=parts), words, follow=True).content.decode()

    page = reverse("sitereports:report", args=parts)
    press("check")
    assert found.location.name in client.get(page, {"text": "rajeshwari"}).content.decode()
    assert all(name in press("link", location=found.location.pk) for name in NAMES[:2])
    assert press("link", location="x" * 20).count("<h1") == 1
    press("link", location=found.location.pk)
    day = TODAY + timedelta(days=5000)
    firms = [one.membership.organisation.pk for one in found.firms[:2]]
    assert "Use your own words" in press("ask", organisations=firms, question=SEEN, reply_by=day)
    assert "2 companies were asked" in press("ask", organisations=firms, question=QUESTION, reply_by=day)
    refused = press("answer", answer="Kanarie Graniet knows.")
    assert "The sender must not read the name of a company" in refused and "Kanarie Graniet knows." in refused
    assert "The answer was sent" in press("answer", answer=ANSWER)
    assert "The report is closed" in press("close")
    assert "is not possible now" in press("close")


def test_a_company_replies_by_pressing_and_then_only_reads(client):
    found = case()
    found.check()
    found.link()
    (question,) = found.ask(0, today=date.today(), reply_by=date.today() + timedelta(days=9))
    sign_in(client, found.firms[0].viewer)
    page = reverse("sitereports:question", args=[question.token])
    assert page in client.get(reverse("desk:home")).content.decode()
    assert "This field is required" in client.post(page, {"found": ""}).content.decode()
    done = client.post(page, {"found": "We asked.", "done": ""}, follow=True).content.decode()
    assert "Your reply is with the secretariat" in done and "<textarea" not in done
    again = client.post(page, {"found": "Other", "done": ""}, follow=True).content.decode()
    assert "already" in again and "We asked." in again
    assert page not in client.get(reverse("desk:home")).content.decode()


def test_what_is_due_stands_on_the_desk_of_who_must_do_it():
    found = case()
    with fenced_for(found.lead):
        (due,) = _for_the_secretariat(found.lead, TODAY)
        assert due.count == 1 and not due.late
        assert _for_the_secretariat(found.lead, TODAY + timedelta(days=100))[0].late
    assert _for_the_secretariat(found.firms[0].viewer, TODAY) == []
    found.check()
    found.link()
    found.ask(0)
    firm, other = found.firms[:2]
    with fenced_for(firm.viewer):
        assert len(_for_the_firm(firm.viewer, TODAY)) == 1
    with fenced_for(other.viewer):
        assert _for_the_firm(other.viewer, TODAY) == []
    with fenced_for(found.lead):
        assert _for_the_firm(found.lead, TODAY) == []


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_lists_ask_the_same_number_of_queries_however_long_they_are(client):
    found = case()
    found.check()
    found.link()
    found.ask(0)
    desk, firm = Client(), Client()
    sign_in(desk, found.lead)
    sign_in(firm, found.firms[0].viewer)
    pages = [
        (desk, reverse("sitereports:reports", args=[found.agreement.slug])),
        (desk, reverse("sitereports:report", args=[found.agreement.slug, found.report.pk])),
        (desk, reverse("desk:home")),
        (firm, reverse("sitereports:questions")),
    ]
    few = [queries(*one) for one in pages]
    for number in range(40):
        send(found.agreement, once=f"more {number}")
    with unfenced(reason="test"):
        organisation = found.firms[0].membership.organisation
        SiteQuestion.objects.bulk_create(
            SiteQuestion(
                report=report, agreement=found.agreement, organisation=organisation, token=str(report.pk),
                question="Q", asked_on=TODAY, reply_by=TODAY, places=[],
            )
            for report in SiteReport.objects.exclude(pk=found.report.pk)
        )  # fmt: skip
    assert [queries(*one) for one in pages] == few
    assert max(few[0], few[3]) <= 15
    assert few[1] <= 25


def test_a_firm_asked_and_one_not_asked_cost_the_same_queries(client):
    found = case()
    found.check()
    found.link()
    found.ask(0)
    counts = []
    for firm in (found.firms[0], found.firms[2]):
        own = Client()
        sign_in(own, firm.viewer)
        counts.append([queries(own, reverse(name)) for name in ("sitereports:questions", "desk:home")])
    assert counts[0] == counts[1]


def test_the_list_shows_one_state_when_asked_and_nothing_of_another_agreement(client):
    found = case()
    sign_in(client, found.lead)
    page = reverse("sitereports:reports", args=[found.agreement.slug])
    assert "Rajeshwari" in client.get(page, {"state": "received"}).content.decode()
    assert "Rajeshwari" not in client.get(page, {"state": "closed"}).content.decode()
    other = example_agreement(OTHER_SLUG)
    lead = staff(other)
    assert list(selectors.reports_of(lead, found.agreement)) == []
    assert list(selectors.reports_of(lead, other)) == []


def test_the_job_runs_and_may_be_repeated():
    found = case()
    found.not_take_up()
    with unfenced(reason="test"):
        SiteReport.objects.update(finished_on=date(2020, 1, 1))
    jobs.forget_those_due()
    jobs.forget_those_due()
    (report,) = reports()
    assert report.sender_name == ""
