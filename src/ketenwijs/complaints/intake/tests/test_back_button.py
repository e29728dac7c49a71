"""Nothing of what was typed, and no number, comes back by the browser's back button (security.md case 35)."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.intake import phrases
from ketenwijs.complaints.intake.tests.conftest import CANARY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = phrases.all_sheets()["en"].phrases
BOTH = pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])


@pytest.fixture
def telephone(live_server, transactional_db, monkeypatch):
    """Opens a browser that keeps pictures of the pages somebody left, as those that people have do."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread
    full_committee()

    @contextmanager
    def opened(*, script):
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path="/usr/bin/chromium",
                chromium_sandbox=False,
                ignore_default_args=["--disable-back-forward-cache"],
            )
            context = chromium.new_context(
                viewport={"width": 320, "height": 640}, base_url=live_server.url, java_script_enabled=script
            )
            context.set_default_timeout(30_000)
            away = f"{str(mechanism().quick_exit).rstrip('/')}/**"
            context.route(away, lambda route: route.fulfill(body="<h1>elsewhere</h1>", content_type="text/html"))
            page, faults = context.new_page(), []
            page.on("pageerror", lambda one: faults.append(str(one)))
            yield page
            chromium.close()
            assert faults == []

    return opened


def write(page, script):
    """As far as the words, not sent. Gives the number."""
    page.goto("/en/")
    page.get_by_role("link", name=WORDS["start_button"], exact=True).click()
    if script:
        expect(page.locator("body")).to_have_attribute("data-sealing", "browser", timeout=30_000)
    receipt = page.locator("#receipt").inner_text()
    page.locator("#last").fill(receipt[-4:])
    page.get_by_role("button", name=WORDS["next"]).click()
    page.locator("#text").fill(CANARY)
    return receipt


STANDS = """document.readyState === "complete" && [document.documentElement.outerHTML,
 ...[...document.querySelectorAll("input, textarea")].map((one) => one.value)].join("|")"""


class History:
    """The way back and forth as the browser itself keeps it. A page that comes out of its memory fires no event that
    playwright waits for, so this asks the browser."""

    def __init__(self, page):
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def go(self, steps):
        """Some steps back or forth. Gives what stands there then: the page and every field; None where there is no more."""
        told = self.session.send("Page.getNavigationHistory")
        wanted = told["currentIndex"] + steps
        if not 0 <= wanted < len(told["entries"]):
            return None
        self.session.send("Page.navigateToHistoryEntry", {"entryId": told["entries"][wanted]["id"]})
        before = time.monotonic()
        while time.monotonic() - before < 20:
            if found := self.shown(wanted):
                return found
        raise AssertionError("the browser did not get there")

    def shown(self, wanted):
        try:
            if self.session.send("Page.getNavigationHistory")["currentIndex"] == wanted:
                return self.session.send("Runtime.evaluate", {"expression": STANDS})["result"].get("value")
        except Error:  # between two pages, or the browser changed to one out of its memory
            self.session = self.page.context.new_cdp_session(self.page)
        return None


def back_and_forth(page, receipt):
    """Back through the whole way, then forward again; how many pages were looked at."""
    history, looked = History(page), 0
    for step in (-1, 1):
        while (seen := history.go(step)) is not None:
            assert CANARY not in seen
            assert receipt not in seen
            assert receipt.replace(" ", "") not in seen
            looked += 1
    return looked


@BOTH
def test_after_sending_the_back_button_shows_no_word_and_no_number(telephone, script):
    with telephone(script=script) as page:
        receipt = write(page, script)
        page.get_by_role("button", name=WORDS["send"]).click()
        expect(page.locator("h1")).to_have_text(WORDS["sent_title"], timeout=30_000)
        nothing_in_the_browser(page)
        if not script:  # not the form, and no second number that somebody could write down instead of the own one
            for _page in ("write", "number"):
                assert WORDS["sent_title"] in History(page).go(-1)
        assert back_and_forth(page, receipt) >= 3
    assert Case.objects.count() == 1


@BOTH
@pytest.mark.parametrize("is_sent", [False, True], ids=["while writing", "after sending"])
def test_after_the_quick_exit_the_back_button_shows_no_word_and_no_number(telephone, script, is_sent):
    with telephone(script=script) as page:
        receipt = write(page, script)
        if is_sent:
            page.get_by_role("button", name=WORDS["send"]).click()
            expect(page.locator("h1")).to_have_text(WORDS["sent_title"], timeout=30_000)
        page.locator(".exit").click()
        expect(page.locator("h1")).to_have_text("elsewhere")
        assert page.context.cookies() == []
        assert back_and_forth(page, receipt) >= 3


@BOTH
def test_after_the_quick_exit_a_case_that_was_followed_does_not_come_back(telephone, script):
    with telephone(script=script) as page:
        receipt = write(page, script)
        page.get_by_role("button", name=WORDS["send"]).click()
        expect(page.locator("h1")).to_have_text(WORDS["sent_title"], timeout=30_000)
        page.goto("/en/follow/")
        if script:
            expect(page.locator("body")).to_have_attribute("data-sealing", "browser", timeout=30_000)
        page.locator("#number").fill(receipt)
        page.get_by_role("button", name=WORDS["next"]).click()
        expect(page.locator(".said").get_by_text(CANARY)).to_be_visible(timeout=30_000)
        page.locator("#text").fill(f"{CANARY} again")
        page.locator(".exit").click()
        expect(page.locator("h1")).to_have_text("elsewhere")
        assert back_and_forth(page, receipt) >= 3


def nothing_in_the_browser(page):
    """Nothing is stored but the pass, which says nothing to who finds it."""
    for cookie in page.context.cookies():
        assert cookie["name"] in ("p", "__Host-p")
        assert not re.search(r"canary|\d{20}", cookie["value"])
