"""A served demonstration world and a real browser, with axe on every page that is looked at."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"narrow": (360, 740), "wide": (1280, 900)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demonstration world, filled by the console command."""
    folder = tmp_path_factory.mktemp("world")
    command(folder, "demo")
    return folder


def command(folder: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "ketenwijs.command", *words], env=settings_for(folder), check=True)


def settings_for(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "ketenwijs.config.settings.local"}


@pytest.fixture
def site(filled: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server of one test's own copy of the world."""
    folder = tmp_path / "data"
    shutil.copytree(filled, folder)
    port = free_port()
    words = ["serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    server = subprocess.Popen([sys.executable, "-m", "ketenwijs.command", *words], env=settings_for(folder))
    address = f"http://localhost:{port}"
    try:
        wait_for(f"http://127.0.0.1:{port}/health")
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False, args=ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Look at a page: axe finds nothing, nothing is wider than a small phone, and perhaps a picture is kept."""

    def look_at(page: Page, name: str) -> None:
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
        folder = os.environ.get("SCREENSHOTS")
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            if size == "narrow":
                overflow = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
                assert overflow <= 0, f"{page.url} is {overflow} px too wide at {width} px"
            if folder:
                Path(folder).mkdir(parents=True, exist_ok=True)
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True, caret="initial")

    return look_at
