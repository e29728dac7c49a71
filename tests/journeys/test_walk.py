"""The whole yearly round in a real browser, on the demonstration world."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Look = Callable[[Page, str], None]


def sign_in(page: Page, site: str, role: str) -> None:
    page.goto(f"{site}/desk/")
    page.locator("tr", has_text=role).get_by_role("button").click()
    expect(page.locator("h1")).to_be_visible()


PUBLIC_PAGES = [
    ("public-home", "/"),
    ("public-register", "/register/trustone/"),
    ("public-authorities", "/register/trustone/authorities/"),
    ("public-areas", "/areas/trustone/"),
    ("public-figures", "/figures/trustone/"),
    ("public-check", "/check/"),
    ("public-complaints", "/complaints/trustone/"),
    ("sign-in", "/account/login/"),
    ("not-found", "/register/trustone/nobody12/"),
]


def test_the_public_pages_are_usable_on_a_phone_and_have_no_axe_violations(site: str, page: Page, look: Look) -> None:
    for name, path in PUBLIC_PAGES:
        page.goto(site + path)
        look(page, name)


def test_a_buyer_gets_an_extract_and_checks_its_code(site: str, page: Page, look: Look) -> None:
    page.goto(f"{site}/register/trustone/")
    page.locator("tbody th a").first.click()
    look(page, "public-firm")
    page.locator('main a[href$="/extract/"]').click()
    look(page, "public-extract")
    page.locator('main a[href*="/check/"]').click()
    expect(page.locator(".kw-message--success")).to_be_visible()
    page.fill("#code", "AAAA-AAAA-AAAA")
    page.locator("main form button").click()
    expect(page.locator(".kw-message--warning")).to_be_visible()


@pytest.mark.parametrize("language", ["Français", "English"])
def test_the_language_switch_works_without_losing_the_place(site: str, page: Page, language: str) -> None:
    page.goto(f"{site}/register/trustone/")
    page.get_by_role("button", name=language).click()
    assert page.url.endswith("/register/trustone/")
    assert page.locator("html").get_attribute("lang") == {"Français": "fr", "English": "en"}[language]


class Presses:
    """Counts what a person presses or chooses; typing is not counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def send(self, action: str) -> None:
        """Press the button of the form that goes to this address."""
        self.page.locator(f'main form[action*="{action}"] button').first.click()
        self.number += 1

    def save(self) -> None:
        """Press the first button of the page's main form."""
        self.page.locator("main form.kw-form button[type=submit]").first.click()
        self.number += 1

    def follow(self, address: str) -> None:
        """Press the first link of the page that goes to an address with this part."""
        self.page.locator(f'main a[href*="{address}"]').first.click()
        self.number += 1

    def home(self, site: str) -> None:
        self.page.goto(f"{site}/desk/")
        self.number += 1


def test_an_unchanged_firm_finishes_its_second_year_in_under_forty_presses(site: str, page: Page, look: Look) -> None:
    sign_in(page, site, "niets gewijzigd")
    look(page, "firm-home")
    presses = Presses(page)
    presses.follow("/assessments/reports/")
    look(page, "firm-report-empty")
    presses.send("take-along")
    look(page, "firm-report-taken-along")
    presses.follow("/desk/chains/")
    look(page, "firm-chains")
    presses.send("confirm")
    presses.home(site)
    presses.follow("/desk/risks/")
    look(page, "firm-risks")
    presses.send("confirm")
    presses.home(site)
    presses.follow("/desk/answers/")
    look(page, "firm-questions")
    presses.send("confirm")
    answer_what_is_new(page, presses)
    presses.home(site)
    presses.follow("/desk/plans/")
    look(page, "firm-plan")
    presses.send("/move/ready/")
    presses.home(site)
    presses.follow("/assessments/reports/")
    look(page, "firm-report-complete")
    presses.send("hand-in")
    expect(page.locator(".kw-message--success")).to_be_visible()
    look(page, "firm-handed-in")
    assert presses.number < 40


def answer_what_is_new(page: Page, presses: Presses) -> None:
    """Questions that are new this year, step by step: the level above asks more than last year's."""
    overview = page.url
    left = [
        row.locator("a").first.get_attribute("href") or ""
        for row in page.locator("main ul.kw-list > li").all()
        if "kw-status--good" not in row.inner_html()
    ]
    for address in left:
        presses.follow(address)
        for select in page.locator("main select").all():
            if select.input_value() == "":
                select.select_option("3")
                presses.number += 1
        presses.save()
        page.goto(overview)


def test_an_assessor_and_a_second_reader_finish_an_unchanged_firm_in_under_thirty_presses(
    site: str, page: Page, look: Look
) -> None:
    sign_in(page, site, "beoordelaar")
    look(page, "assessor-home")
    presses = Presses(page)
    presses.follow("state=handed_in")
    look(page, "board")
    presses.follow("/assessments/assess/")
    report = page.url
    look(page, "assess")
    presses.send("unchanged")
    while (
        page.locator('main form[action*="send"]').count()
        and page.locator('section:first-of-type a[href*="/judge/"]').count()
    ):
        left = page.locator("main section").first.locator('a[href*="/judge/"]')
        if "kw-status" in page.locator("main section").first.locator("tbody tr td:last-child").first.inner_html():
            break
        left.first.click()
        presses.number += 1
        look(page, "judge")
        judge_the_rest(page, presses, report)
    presses.send("send")
    assert page.url == report
    look(page, "assess-sent")
    assert presses.number < 30


def judge_the_rest(page: Page, presses: Presses, report: str) -> None:
    """Finding after finding: saving leads on to the next one."""
    while page.url != report:
        page.locator('input[name="verdict"][value="partly"]').check()
        page.fill('textarea[name="reason"]', "Nog niet vastgelegd.")
        presses.number += 1
        presses.save()
