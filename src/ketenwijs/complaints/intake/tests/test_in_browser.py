"""The whole way of somebody with a cheap telephone in a real browser: without script, and with script that seals."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from ketenwijs.complaints.cases.models import Case, Envelope, SealedFile, Wrap
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.intake import phrases
from ketenwijs.complaints.intake.tests.conftest import CANARY
from ketenwijs.complaints.intake.tests.test_following import committee_writes
from ketenwijs.complaints.intake.tests.test_telling import photo
from ketenwijs.complaints.sealing import envelopes, payloads
from ketenwijs.foundation.files import storage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

expect.set_options(timeout=30_000)  # a busy machine is not a fault


@pytest.fixture
def committee(transactional_db):
    return full_committee()


@pytest.fixture
def telephone(live_server, monkeypatch):
    """Opens a browser of 320 px; everything it sent and every fault of its scripts is noted."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread

    @contextmanager
    def opened(*, script):
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)
            context = chromium.new_context(
                viewport={"width": 320, "height": 640},
                base_url=live_server.url,
                java_script_enabled=script,
                reduced_motion="reduce",
            )
            page, faults = context.new_page(), []
            page.sent = []
            page.on("request", lambda one: page.sent.append(one.post_data_buffer or b""))
            page.on("pageerror", lambda one: faults.append(str(one)))
            page.on("console", lambda one: faults.append(one.text) if "Security Policy" in one.text else None)
            yield page
            chromium.close()
            assert faults == []

    return opened


def look(page, name, *, script):
    assert page.locator("h1").count() == 1, name
    if script:
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/intake-{name}-{'script' if script else 'plain'}.png", full_page=True)


def read_by(sitting):
    """What a member reads of the only case's intake thread."""
    case = Case.objects.get()
    wrap = Wrap.objects.get(thread__case=case, thread__name="intake", member_key=sitting.key)
    identity = envelopes.unseal(wrap.sealed, sitting.identity).decode()
    rows = Envelope.objects.filter(case=case, name="intake").order_by("sequence")
    return identity, [payloads.read(envelopes.unseal(row.sealed, identity).split(b"\n")[0]) for row in rows]


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_somebody_tells_follows_and_answers_in_hindi(telephone, committee, tmp_path, script):
    words = phrases.all_sheets()["hi"].phrases
    (tmp_path / "IMG_1.jpg").write_bytes(photo())
    with telephone(script=script) as page:
        page.goto("/")
        look(page, "languages", script=script)
        page.get_by_text(words["language_name"]).click()
        look(page, "start", script=script)
        page.get_by_text(words["start_button"], exact=True).click()
        expect(page.locator("#receipt")).to_have_text(re.compile(r"(\d{4} ?){5}"))
        if script:
            expect(page.locator("body")).to_have_attribute("data-sealing", "browser")
        receipt = page.locator("#receipt").inner_text().replace(" ", "")
        look(page, "number", script=script)
        page.locator("#last").fill("".join(chr(0x966 + int(one)) for one in receipt[-4:]))
        page.get_by_role("button", name=words["next"]).click()
        expect(page.locator("#sealing")).to_have_text(words["sealed_browser" if script else "sealed_arrival"])
        look(page, "write", script=script)
        page.locator("#text").fill(CANARY)
        page.locator("#files").set_input_files(str(tmp_path / "IMG_1.jpg"))
        page.get_by_role("button", name=words["send"]).click()
        expect(page.locator("h1")).to_have_text(words["sent_title"], timeout=30_000)
        look(page, "sent", script=script)

        identity, found = read_by(committee["chair"])
        assert [one.kind for one in found] == ["text", "file"]
        assert found[0].body["text"] == CANARY
        told = {"size": found[1].body["size"], "sha256": found[1].body["sha256"]}
        stored = storage.path_of(SealedFile.objects.get().stored_name).read_bytes()
        assert b"canary-place" not in envelopes.unseal_file(stored, identity, **told)
        committee_writes(committee["chair"], "समिति का जवाब")
        committee_writes(committee["chair"], "", kind="remedy")

        page.goto("/hi/follow/")
        if script:
            expect(page.locator("body")).to_have_attribute("data-sealing", "browser")
        look(page, "follow", script=script)
        page.locator("#number").fill("".join(chr(0x966 + int(one)) for one in receipt))
        page.get_by_role("button", name=words["next"]).click()
        expect(page.get_by_text("समिति का जवाब")).to_be_visible(timeout=30_000)
        expect(page.get_by_text(CANARY)).to_be_visible()
        look(page, "case", script=script)
        page.get_by_role("button", name=words["remedy_yes"]).click()
        expect(page.locator(".said").get_by_text(words["remedy_yes"])).to_be_visible(timeout=30_000)
        page.locator("#text").fill("धन्यवाद")
        page.get_by_role("button", name=words["send"]).click()
        expect(page.locator(".said").get_by_text("धन्यवाद")).to_be_visible(timeout=30_000)
        with page.expect_download() as download:
            page.get_by_text(words["download"]).click()
        assert Path(download.value.path()).read_bytes()[:3] == b"\xff\xd8\xff"

        if script:  # neither the words nor the number ever left the telephone
            sent = b"|".join(page.sent)
            assert CANARY.encode() not in sent
            assert receipt.encode() not in sent
            assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    assert [one.body.get("text") for one in read_by(committee["secretary"])[1]][-2:] == ["yes", "धन्यवाद"]
    assert Case.objects.count() == 1


def test_a_wrong_number_and_forgeries_are_said_in_a_sentence_by_the_script_too(telephone, committee):
    words = phrases.all_sheets()["en"].phrases
    with telephone(script=True) as page:
        page.goto("/en/follow/")
        expect(page.locator("body")).to_have_attribute("data-sealing", "browser")
        page.locator("#number").fill("1234")
        page.get_by_role("button", name=words["next"]).click()
        expect(page.locator(".problem.told")).to_have_text(words["follow_unknown"])
        assert not [one for one in page.sent if one]


def test_a_swapped_key_makes_the_browser_leave_the_sealing_and_say_so(telephone, committee):
    from ketenwijs.complaints.committee.models import SignedKeyList

    row = SignedKeyList.objects.get()
    swapped = row.document.replace(committee["chair"].key.recipient, envelopes.new_identity()[1])
    SignedKeyList.objects.update(document=swapped)
    words = phrases.all_sheets()["en"].phrases
    with telephone(script=True) as page:
        page.goto("/en/follow/")
        expect(page.locator("body")).to_have_attribute("data-sealing", "service")
        page.goto("/en/number/")
        expect(page.get_by_text(words["closed"])).to_be_visible()


def test_the_script_may_be_late_and_the_pages_still_work(telephone, committee):
    words = phrases.all_sheets()["en"].phrases
    with telephone(script=True) as page:
        page.route("**/vendor/age.js", lambda route: route.abort())
        page.goto("/en/number/")
        expect(page.locator("body")).to_have_attribute("data-sealing", "service")
        receipt = page.locator("#receipt").inner_text().replace(" ", "")
        page.locator("#last").fill(receipt[-4:])
        page.get_by_role("button", name=words["next"]).click()
        expect(page.locator("#sealing")).to_have_text(words["sealed_arrival"])
        page.locator("#text").fill("words")
        page.get_by_role("button", name=words["send"]).click()
        expect(page.locator("h1")).to_have_text(words["sent_title"])
    assert Case.objects.count() == 1
