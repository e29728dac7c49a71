"""Before words go to a heard party, the member sees in the browser what in them could tell who spoke."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ketenwijs.complaints import demonstration
from ketenwijs.complaints.cases.models import Case, Envelope
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.committee.selectors import Member, seat_of
from ketenwijs.complaints.tests.conftest import look
from ketenwijs.complaints.tests.test_whole_case import unlock
from ketenwijs.foundation.accounts.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = " ".join(demonstration.EXAMPLE.split()[1:7])
"""Six words in a row of what the person told."""


@pytest.fixture
def page(browsers):
    demonstration.build()
    chair = Person.objects.get(email="chair@committee.example")
    Person.objects.update(language="en")
    declare(actor=Member(chair, seat_of(chair)), case=Case.objects.get(), free=True)
    found = browsers(chair)
    found.goto("/committee/cases/1/")
    unlock(found, demonstration.PASSPHRASE)
    found.locator("#kind_of_message").select_option("consent")
    return found


def send(page, words):
    page.locator("#text_intake").fill(words)
    page.locator("#thread_intake > form button").click()


def test_copied_words_names_and_numbers_are_shown_and_stay_only_after_a_tick(page):
    before = Envelope.objects.count()
    words = f"At the yard of Ramesh it was said: {OWN}, on 12 March by 3 people."
    send(page, words)
    box = page.locator(".kw-recognise")
    for shown in (OWN.strip(".,"), "“Ramesh”", "“March”", "“12”", "“3”"):
        expect(box).to_contain_text(shown)
    expect(page.locator("#told")).to_contain_text("who spoke")
    expect(page.locator("#text_intake")).to_have_value(words)
    look(page, "recognise-shown")
    send(page, words)
    expect(page.locator("#told")).to_contain_text("who spoke")
    assert Envelope.objects.count() == before
    page.locator("#text_intake_recognise").check()
    send(page, words)
    expect(page.locator("#told")).to_contain_text("Kept")
    assert Envelope.objects.count() == before + 1


def test_a_tick_holds_for_the_words_it_was_given_to_and_no_others(page):
    send(page, "One of 3 people")
    page.locator("#text_intake_recognise").check()
    send(page, "One of 4 people")
    expect(page.locator(".kw-recognise")).to_contain_text("“4”")
    expect(page.locator("#text_intake_recognise")).not_to_be_checked()


def test_a_text_in_which_nothing_stands_out_goes_at_once(page):
    send(page, "Workers say that masks are missing in the sawing hall")
    expect(page.locator("#told")).to_contain_text("Kept")
