"""In real browsers: two parties heard in one case, neither seeing the other, and measures followed until the case closes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from ketenwijs.complaints import demonstration
from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.models import Admission, Case, HeardParty, Holder, Measure
from ketenwijs.complaints.committee import selectors
from ketenwijs.complaints.committee.models import Seat
from ketenwijs.complaints.register.models import Ruling
from ketenwijs.complaints.sealing import receipts
from ketenwijs.complaints.sealing.payloads import INTAKE
from ketenwijs.complaints.tests.attack.test_dishonest_host import declared, open_case
from ketenwijs.complaints.tests.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def receipt(transactional_db):
    return demonstration.build()[0].replace(" ", "")


def opened(page):
    open_case(page)
    expect(page.locator("#case")).to_be_visible()


def says_yes(receipt):
    """The person agrees to the newest question, as the page without script seals it."""
    secret = receipts.stretched(receipt, selectors.site_salt())
    mine = arrival.open_for(Holder.objects.get(role="complainant"), secret)
    last = mine.messages[INTAKE][-1].sequence
    arrival.write(mine, name=INTAKE, kind="consent", body={"text": "yes", "about": last}, now=timezone.now())


def write(page, thread, words, kind=None):
    if kind:
        page.locator("#kind_of_message").select_option(kind)
    page.locator(f"#text_{thread}").fill(words)
    if thread.startswith("party"):
        page.locator(f"#{thread.replace('party', 'checked')}").check()
    page.locator(f"#thread_{thread} > form button").click()
    expect(page.locator("#told")).to_contain_text("Kept")


def hear(page, receipt, who, words):
    """Ask consent, get a yes, open the hearing, write the agreed words. Gives the party's own address."""
    write(page, "intake", words, kind="consent")
    says_yes(receipt)
    opened(page)
    name = f"party-{HeardParty.objects.count() + 1}".replace("party-1", "party")
    page.locator("#heard_who").fill(who)
    page.get_by_role("button", name="Hear a party").click()
    expect(page.locator("#told")).to_contain_text(re.compile(r"(\d{4} ?){5}"))
    address = re.search(r"http\S+/follow/#\d{20}", page.locator("#told").inner_text()).group(0)
    expect(page.locator(f"#thread_{name} h2")).to_contain_text(who)
    expect(page.locator(f"#text_{name}")).to_have_value(words)
    write(page, name, words)
    return address


def read_as_firm(page, address, own, other):
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-sealing", "browser")
    expect(page.locator("#number")).to_have_value(re.compile(r"\d{20}"))
    page.locator("form button").click()
    expect(page.get_by_text(own)).to_be_visible()
    expect(page.get_by_text(other)).to_have_count(0)


def test_two_parties_are_heard_and_neither_sees_the_other(browsers, receipt):
    chair, quarry, trader = browsers(declared("chair")), browsers(), browsers()
    opened(chair)
    to_quarry = hear(chair, receipt, "The example quarry", "Words for the quarry")
    expect(chair.get_by_text("agreed to the text for that party")).to_be_visible()
    expect(chair.locator("#hear")).to_have_count(0)
    to_trader = hear(chair, receipt, "The example trader", "Words for the trader")
    look(chair, "two-parties")
    read_as_firm(quarry, to_quarry, "Words for the quarry", "Words for the trader")
    read_as_firm(trader, to_trader, "Words for the trader", "Words for the quarry")
    trader.locator("#text").fill("The trader answers")
    trader.locator("form button").last.click()
    expect(trader.locator(".said", has_text="The trader answers")).to_be_visible()
    opened(chair)
    expect(chair.locator("#thread_party-2")).to_contain_text("The trader answers")
    expect(chair.locator("#thread_party-2 .hearing-state")).to_contain_text("Has answered")
    expect(chair.locator("#thread_party .hearing-state")).to_contain_text("Has not answered yet")
    quarry.reload()
    close_the_first(chair)
    nothing_is_readable("canary", "The example quarry", "The trader answers", receipt)


def close_the_first(chair):
    later = timezone.localdate() + timedelta(days=50)
    chair.locator("#hearing_party summary").click()
    chair.locator("#due_party").fill(later.isoformat())
    chair.locator("#hearing_party").get_by_role("button", name="Keep this day").click()
    expect(chair.locator("#told")).to_contain_text("Reason")
    chair.locator("#why_party").fill("canary-they asked for time")
    chair.locator("#hearing_party").get_by_role("button", name="Keep this day").click()
    expect(chair.get_by_text("canary-they asked for time")).to_be_visible()
    assert HeardParty.objects.get(name="party").due_on == later
    chair.locator("#hearing_party summary").click()
    chair.locator("#why_party").fill("They do not answer")
    chair.locator("#hearing_party").get_by_role("button", name="Close this hearing").click()
    expect(chair.locator("#thread_party .hearing-state")).to_contain_text("closed")
    expect(chair.locator("#text_party")).to_have_count(0)
    expect(chair.locator("#text_party-2")).to_be_visible()


def note(page, what, day):
    page.locator("#measures summary", has_text="Note a measure").click()
    page.locator("#what").fill(what)
    page.locator("#owner").fill("The example quarry")
    page.locator("#due").fill(day.isoformat())
    page.get_by_role("button", name="Seal and note").click()
    expect(page.locator("#measures")).to_contain_text(what)


def record(page, number, result, told_by, *, again=None):
    page.locator("summary", has_text=f"Record what became of measure {number}").click()
    form = page.locator("#measures details[open] form.follow")
    form.locator("[name=result]").select_option(result)
    form.locator("[name=told_by]").fill(told_by)
    form.locator("[name=words]").fill("canary-what was told")
    if again:
        form.locator("[name=due]").fill(again.isoformat())
    else:
        form.locator("[name=ends]").check()
    form.get_by_role("button", name="Seal and record").click()
    expect(page.locator("#measures")).to_contain_text(told_by)


def test_measures_are_noted_followed_and_hold_up_the_closing(browsers, receipt):
    Case.objects.update(state="decision")
    chair = browsers(declared("chair"))
    opened(chair)
    day = timezone.localdate() + timedelta(days=20)
    for what in ("canary-hoods over the saws", "canary-masks for all"):
        note(chair, what, day)
    look(chair, "measures")
    record(chair, 1, "done", "a union that visited")
    record(chair, 2, "changed", "the firm", again=day + timedelta(days=14))
    expect(chair.locator("#measures")).to_contain_text("Follow-up has ended")
    chair.locator("#step").select_option("close")
    chair.locator("#move button").click()
    expect(chair.locator("#told")).to_contain_text("still being followed")
    record(chair, 2, "not_done", "the workers")
    chair.locator("#step").select_option("close")
    with chair.expect_navigation():
        chair.locator("#move button").click()
    assert Case.objects.get().closed_week is not None
    assert Measure.objects.filter(closed_week=None).count() == 0
    nothing_is_readable("canary", "The example quarry", "a union that visited")


def nothing_is_readable(*secrets):
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor for v in row]
            for secret in secrets:
                assert secret.encode() not in b"|".join(kept), table


def test_a_row_of_the_server_that_says_otherwise_is_told(browsers, receipt):
    Case.objects.update(state="decision")
    chair = browsers(declared("chair"))
    opened(chair)
    chair.locator("#measures summary").click()
    chair.locator("#what").fill("Hoods")
    chair.locator("#owner").fill("The quarry")
    chair.locator("#due").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    chair.get_by_role("button", name="Seal and note").click()
    expect(chair.locator("#measures li")).to_have_count(1)
    Measure.objects.update(closed_week=timezone.localdate())
    opened(chair)
    expect(chair.locator("#measures")).to_contain_text("The server says otherwise")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_fit(browsers, receipt, width):
    person, week = declared("chair"), timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    Case.objects.update(state="follow_up")
    case = Case.objects.get()
    Measure.objects.create(case=case, number=1, message=1, due_week=week - timedelta(weeks=2))
    HeardParty.objects.create(case=case, name="party-2", asked_week=week, due_on=week - timedelta(days=1))
    declared("member_society")
    Admission.objects.create(
        case=case, seat=Seat.objects.get(function="member_society"), until=timezone.localdate() + timedelta(days=30)
    )
    page = browsers(person, width=width)
    page.goto("/committee/cases/")
    look(page, f"board-due-{width}")
    opened(page)
    look(page, f"case-followed-{width}")
    ruling = Ruling.objects.create(
        number=1, language="en", title="Example", text="Words", digest="d" * 64, published_on=week
    )
    page.goto("/committee/rulings/")
    page.get_by_role("button", name="Propose to withdraw the ruling").click()
    expect(page.get_by_text("stays public until another keeper agrees")).to_be_visible()
    look(page, f"withdrawal-{width}")
    ruling.refresh_from_db()
    assert ruling.withdrawn_on is None
    page.goto("/committee/self-check/")
    look(page, f"self-check-{width}")
