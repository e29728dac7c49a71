"""The whole yearly round in a real browser, on the demonstration world."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Look = Callable[[Page, str], None]


def sign_in(page: Page, site: str, role: str) -> None:
    page.goto(f"{site}/desk/")
    page.locator("li", has_text=role).get_by_role("button").click()
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
