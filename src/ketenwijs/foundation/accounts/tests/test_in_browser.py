"""The pages of signing in, in a real browser: axe finds nothing, nothing is wider than a telephone, passkeys work."""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from ketenwijs.foundation.accounts.models import DemoAccount
from ketenwijs.foundation.accounts.tests.factories import (
    PASSWORD,
    code_of,
    invited,
    link_in_last_message,
    person,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_server, settings, monkeypatch):
    """A narrow window on the served pages; faults of scripts and refusals of the content policy fail."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread
    settings.PUBLIC_ADDRESS = live_server.url
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)
        context = chromium.new_context(
            viewport={"width": 360, "height": 740},
            base_url=live_server.url,
            locale="nl-NL",
            reduced_motion="reduce",
        )
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda one: complaints.append(one.text) if "Security Policy" in one.text else None)
        page.on("pageerror", lambda one: complaints.append(str(one)))
        yield page
        chromium.close()
    assert complaints == []


def look(page, name):
    """Check the page on the screen: one heading, no axe violation, nothing to scroll sideways."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    assert page.locator("h1").count() == 1, name
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/account-{name}.png", full_page=True)


def sign_in(page, email):
    page.goto("/account/login/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".kw-card button[type=submit]").first.click()


def confirm(page):
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".kw-card button[type=submit]").first.click()


def test_pages_before_signing_in(page, settings):
    settings.DEMO = True
    DemoAccount.objects.create(person=person(), role={"nl": "Medewerker van een voorbeeldbedrijf"})
    for name in ("login", "password/reset", "password/reset/done", "password/reset/key/done", "inactive", "signup"):
        page.goto(f"/account/{name}/")
        look(page, name.replace("/", "-"))
    page.goto("/account/password/reset/key/1-abc-def/")
    look(page, "reset-gone")
    sign_in(page, "nobody@example.org")
    look(page, "login-refused")


def test_an_invitation_from_link_to_account(page):
    invited()
    page.goto(link_in_last_message().group(1))
    look(page, "invitation")
    page.locator("#id_password").fill("short")
    page.locator("main button[type=submit]").click()
    look(page, "invitation-refused")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.goto("/account/me/")
    look(page, "me")
    page.goto("/account/invitation/gone/")
    look(page, "invitation-gone")


def test_pages_of_the_own_account(page):
    anna = person("anna@example.org")
    sign_in(page, anna.email)
    for name in ("password/change", "logout"):
        page.goto(f"/account/{name}/")
        look(page, name.replace("/", "-"))
    page.goto("/account/2fa/totp/activate/")
    look(page, "confirm")
    confirm(page)
    look(page, "app")
    page.locator("#id_code").fill(code_of(page.locator("code").inner_text()))
    page.locator("main button[type=submit]").click()
    look(page, "recovery-codes")
    for name in ("me", "2fa/totp/deactivate", "2fa/recovery-codes/generate"):
        page.goto(f"/account/{name}/")
        look(page, name.replace("/", "-"))


def test_text_typed_too_late_is_offered(page):
    anna = person("anna@example.org")
    sign_in(page, anna.email)
    page.goto("/account/me/")
    page.context.clear_cookies(name="sessionid")
    page.evaluate(
        """() => { const form = document.querySelector('main form'); form.action = '/desk/form/';
        form.insertAdjacentHTML('beforeend', '<textarea name="answer">A long answer</textarea>');
        form.requestSubmit(); }"""
    )
    page.wait_for_url("**/account/login/**")
    look(page, "login-text-kept")
    page.locator("#id_login").fill(anna.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/account/kept-text/")
    look(page, "kept-text")
    page.locator("main button[type=submit]").first.click()
    assert "A long answer" in page.content()


def test_a_passkey_is_added_and_signs_in_without_password(page):
    anna = person("anna@example.org")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**key, "isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, anna.email)
    page.goto("/account/2fa/webauthn/add/")
    confirm(page)
    look(page, "passkey-add")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto("/account/me/")
    look(page, "me-with-passkey")
    for link in ("edit", "remove"):
        page.goto(page.locator(f"a[href*='/webauthn/keys/'][href*='{link}']").get_attribute("href"))
        look(page, f"passkey-{link}")
        page.goto("/account/me/")
    page.context.clear_cookies()
    sign_in(page, anna.email)
    page.wait_for_url("**/2fa/authenticate/")
    look(page, "second-step")
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url("**/desk/")
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/desk/")
    assert "desk of anna@example.org" in page.content()
