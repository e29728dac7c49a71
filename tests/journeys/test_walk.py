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


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Uitloggen").click()


PUBLIC_PAGES = [
    ("public-home", "/"),
    ("public-register", "/register/trustone/"),
    ("public-authorities", "/register/trustone/authorities/"),
    ("public-areas", "/areas/trustone/"),
    ("public-figures", "/figures/trustone/"),
    ("public-check", "/check/"),
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
    page.get_by_role("link", name="Uittreksel voor een inkoper").click()
    look(page, "public-extract")
    page.get_by_role("link", name="Controleer deze code").click()
    expect(page.locator(".kw-message--success")).to_be_visible()
    page.fill("#code", "AAAA-AAAA-AAAA")
    page.get_by_role("button", name="Controleren").click()
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

    def button(self, name: str, *, first: bool = False) -> None:
        found = self.page.get_by_role("button", name=name)
        (found.first if first else found).click()
        self.number += 1

    def link(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()
        self.number += 1

    def choose(self, selector: str, value: str) -> None:
        self.page.locator(selector).select_option(value)
        self.number += 1


def test_an_unchanged_firm_finishes_its_second_year_in_under_forty_presses(site: str, page: Page, look: Look) -> None:
    sign_in(page, site, "niets gewijzigd")
    look(page, "firm-home")
    presses = Presses(page)
    presses.link("Verder met de rapportage")
    look(page, "firm-report-empty")
    presses.button("Vorig jaar meenemen")
    look(page, "firm-report-taken-along")
    presses.link("Ketens")
    look(page, "firm-chains")
    presses.button("bevestig", first=True)
    presses.page.goto(site + "/desk/")
    presses.link("Risico's")
    look(page, "firm-risks")
    presses.button("Bevestig", first=True)
    presses.page.goto(site + "/desk/")
    presses.link("Vragen")
    look(page, "firm-questions")
    presses.button("Niets gewijzigd", first=True)
    answer_what_is_new(page, presses)
    presses.page.goto(site + "/desk/")
    presses.link("Plan van aanpak")
    look(page, "firm-plan")
    presses.button("Het plan is klaar")
    presses.page.goto(site + "/desk/")
    presses.link("Verder met de rapportage")
    look(page, "firm-report-complete")
    presses.button("Indienen")
    expect(page.locator(".kw-message--success")).to_be_visible()
    look(page, "firm-handed-in")
    assert presses.number < 40


def answer_what_is_new(page: Page, presses: Presses) -> None:
    """Questions that are new this year, step by step; the level asks more than last year's."""
    while True:
        steps = page.locator("main ul.kw-list a")
        rows = page.locator("main ul.kw-list li")
        left = [i for i in range(steps.count()) if "kw-status--good" not in rows.nth(i).inner_html()]
        if not left:
            return
        steps.nth(left[0]).click()
        presses.number += 1
        for select in page.locator("main select").all():
            if select.input_value() == "":
                select.select_option("3")
                presses.number += 1
        presses.button("Opslaan", first=True)
        page.get_by_role("navigation", name="U bent hier").get_by_role("link").first.click()
        presses.number += 1
