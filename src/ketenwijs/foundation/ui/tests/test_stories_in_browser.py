"""The stories in a real browser: no axe violation, nothing wider than the screen, security policy kept."""

from __future__ import annotations

import mimetypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route, sync_playwright

from ketenwijs.foundation.ui.tests import stories

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
WIDTHS = [360, 1280]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), chromium_sandbox=False, args=FLAGS
        )
        yield browser
        browser.close()


def served(page: Page, story: str) -> None:
    """Open a story; its page and style sheets are handed over without any server."""
    body = stories.page_of(story)

    def answer(route: Route) -> None:
        path = urlparse(route.request.url).path
        if path == "/":
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=headers)
            return
        found = finders.find(path.removeprefix("/static/"))
        if found:
            route.fulfill(body=Path(found).read_bytes(), content_type=mimetypes.guess_type(path)[0])
        else:
            route.fulfill(status=404, body="")

    page.route("**/*", answer)
    page.goto("http://stories.test/")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("story", sorted(stories.contexts()))
def test_a_story_is_usable_by_everybody_on_every_screen(
    browser: Browser, story_site: None, story: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    served(page, story)

    if folder := os.environ.get("SCREENSHOTS"):
        name = f"story-{Path(story).stem}-{width}.png"
        page.screenshot(path=Path(folder) / name, full_page=True, caret="initial")

    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    page.close()
