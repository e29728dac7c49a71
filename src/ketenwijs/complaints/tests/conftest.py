"""Several browsers at once: members of the committee, somebody who tells, a firm."""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from ketenwijs.complaints.intake import brakes

expect.set_options(timeout=30_000)  # a busy machine is not a fault


@pytest.fixture(autouse=True)
def _clean_brake():
    brakes.brake.clear()


@pytest.fixture
def browsers(live_server, monkeypatch):
    """Gives new windows; faults of scripts and refusals of the content policy fail."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread
    faults: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)

        def window(person=None, *, script=True, width=1280):
            context = chromium.new_context(
                viewport={"width": width, "height": 800},
                base_url=live_server.url,
                java_script_enabled=script,
                locale="en",
                reduced_motion="reduce",  # a colour halfway a transition is not what a person reads
            )
            if person is not None:
                client = Client()
                client.force_login(person)
                value = client.cookies[settings.SESSION_COOKIE_NAME].value
                context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
            page = context.new_page()
            page.set_default_timeout(40_000)
            page.on("pageerror", lambda one: faults.append(str(one)))
            page.on("console", lambda one: faults.append(one.text) if "Security Policy" in one.text else None)
            return page

        yield window
        chromium.close()
    assert faults == []


def look(page, name):
    """One heading, no axe violation, nothing to scroll sideways; a picture when asked for."""
    assert page.locator("h1").count() == 1, name
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/committee-{name}.png", full_page=True)
