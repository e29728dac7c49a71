"""Handing over in real browsers: the chair asks, the person refuses, agrees, takes it back and agrees; the package opens
with ordinary programs and holds exactly what was agreed."""

from __future__ import annotations

import io
import json
import re
import tarfile

import pyrage
import pytest
from playwright.sync_api import expect

from ketenwijs.complaints import demonstration
from ketenwijs.complaints.cases.models import Case, Envelope, Thread, Transfer
from ketenwijs.complaints.cases.selectors import envelopes_of
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.committee import terms
from ketenwijs.complaints.committee.selectors import Member, seat_of
from ketenwijs.complaints.intake import phrases
from ketenwijs.complaints.sealing import envelopes, signatures
from ketenwijs.complaints.sealing.payloads import INTAKE, Payload, Place, sealed
from ketenwijs.complaints.tests.conftest import look
from ketenwijs.complaints.tests.test_whole_case import follow, unlock, write
from ketenwijs.foundation.accounts.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INSIDE = "canary-only-within-the-committee"


@pytest.fixture
def receipt():
    found = demonstration.build()[0]
    chair = Person.objects.get(email="chair@committee.example")
    Person.objects.update(language="en")
    declare(actor=Member(chair, seat_of(chair)), case=Case.objects.get(), free=True)
    return found


def opened(browsers):
    page = browsers(Person.objects.get(email="chair@committee.example"))
    again(page)
    return page


def again(page):
    page.goto("/committee/cases/1/")
    unlock(page, demonstration.PASSPHRASE)


def answer(phone, receipt, say):
    words = follow(phone, "en", receipt)
    phone.get_by_role("button", name=words[say]).click()
    expect(phone.locator("h1")).to_have_text(words["case_title"])
    return words


def give(chair):
    chair.locator("#why_transfer").fill("The helpline is nearer")
    chair.get_by_role("button", name="Hand over and save the package").click()


def package_of(chair):
    """What was saved, and the passphrase that was shown."""
    with chair.expect_download() as download:
        give(chair)
    return download.value.path().read_bytes()


def inside(content):
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive.getmembers()}


def test_a_case_is_handed_over_after_a_yes_and_never_before(browsers, receipt):
    chair, phone = opened(browsers), browsers(script=False, width=320)
    write(chair, "committee", INSIDE)
    expect(chair.locator("#handing")).to_contain_text("server cannot read it")
    expect(chair.get_by_role("button", name="Hand over and save")).to_have_count(0)
    chair.get_by_role("button", name="Ask the person whether").click()
    expect(chair.locator("#told")).to_contain_text("Without a yes of the person nothing is handed over")
    look(chair, "handing-asked")

    words = answer(phone, receipt, "transfer_no")
    again(chair)
    expect(chair.locator("#handing")).to_contain_text("The person said no")
    expect(chair.get_by_role("button", name="Hand over and save")).to_have_count(0)

    chair.get_by_role("button", name="Ask again").click()
    expect(chair.locator("#handing .kw-message")).to_contain_text("Asked.")
    answer(phone, receipt, "transfer_yes")
    again(chair)
    expect(chair.locator("#handing")).to_contain_text("yes to exactly this")
    look(chair, "handing-agreed")

    # Taken back while the chair's page still shows the yes.
    phone.get_by_role("button", name=words["transfer_back"]).click()
    expect(phone.get_by_role("button", name=words["transfer_back"])).to_have_count(0)
    give(chair)
    expect(chair.locator("#told")).to_contain_text("The person took the yes back")
    assert Case.objects.get().state == "acknowledged"
    assert not Transfer.objects.exclude(given_on=None).exists()

    again(chair)
    chair.get_by_role("button", name="Ask again").click()
    expect(chair.locator("#handing .kw-message")).to_contain_text("Asked.")
    answer(phone, receipt, "transfer_yes")
    again(chair)
    sealed = package_of(chair)
    shown = chair.locator("#told").inner_text()
    passphrase = re.search(r"(\d{4} ){4}\d{4}", shown).group(0)
    found = inside(pyrage.passphrase.decrypt(sealed, passphrase))
    assert demonstration.EXAMPLE in found["case.txt"].decode()
    assert json.loads(found["case.json"])["consent"]["answer"]["body"]["text"] == "yes"
    assert INSIDE.encode() not in b"".join(found.values())
    assert Case.objects.get().state == "transferred"
    look(chair, "handing-given")

    follow(phone, "en", receipt)
    expect(phone.get_by_text("Handed to Example worker helpline on")).to_be_visible()
    expect(phone.get_by_role("button", name=words["transfer_back"])).to_have_count(0)


def test_with_script_and_to_a_body_with_a_key_of_its_own(browsers, receipt, monkeypatch):
    identity, recipient = envelopes.new_identity()
    first = terms.term_mechanisms()[-1]
    keyed = first.model_copy(
        update={"outside": first.outside.model_copy(update={"recipient": recipient, "handed_over": ("told",)})}
    )
    monkeypatch.setattr(terms, "term_mechanisms", lambda: (keyed,))
    chair, phone = opened(browsers), browsers(width=320)
    write(chair, "intake", "a later message that was not agreed to")
    chair.get_by_role("button", name="Ask the person whether").click()
    expect(chair.locator("#told")).to_contain_text("Without a yes")
    words = phrases.all_sheets()["en"].phrases
    phone.goto("/en/follow/")
    expect(phone.locator("body")).to_have_attribute("data-sealing", "browser")
    phone.locator("#number").fill(receipt)
    phone.locator("form button").click()
    expect(phone.get_by_text(words["transfer_told"])).to_be_visible()
    expect(phone.get_by_text(words["transfer_messages"])).to_have_count(0)
    look(phone, "handing-asked-phone")
    phone.get_by_role("button", name=words["transfer_yes"]).click()
    expect(phone.get_by_role("button", name=words["transfer_back"])).to_be_visible()
    again(chair)
    expect(chair.locator("#handing")).to_contain_text(recipient)
    sealed = package_of(chair)
    expect(chair.locator("#told")).to_contain_text("only the body can open it")
    found = inside(envelopes.unseal(sealed, identity))
    assert demonstration.EXAMPLE in found["case.txt"].decode()
    assert b"not agreed to" not in b"".join(found.values())
    phone.goto("/en/follow/")
    expect(phone.locator("body")).to_have_attribute("data-sealing", "browser")
    phone.locator("#number").fill(receipt)
    phone.locator("form button").click()
    expect(phone.get_by_text("Handed to Example worker helpline on")).to_be_visible()
    with chair.expect_download():
        chair.get_by_role("button", name="Save the package once more").click()


def test_what_is_pressed_while_the_page_reads_again_is_done_after_it(browsers, receipt):
    chair, held = opened(browsers), []
    chair.route("**/transfer/", lambda one: held.append(one), times=1)
    with chair.expect_request("**/transfer/"):
        chair.locator("#text_intake").fill("one more message")
        chair.locator("#thread_intake form button").click()
    chair.get_by_role("button", name="Ask the person whether").click()  # the form of before the message
    assert not Transfer.objects.exists()
    held[0].continue_()
    expect(chair.locator("#told")).to_contain_text("Without a yes of the person nothing is handed over")
    newest = envelopes_of(Case.objects.get(), INTAKE)[-1]
    assert Transfer.objects.get().question == newest.sequence == 3


def forge_a_yes(about):
    """What a host can do: it knows every public key and signs with one of its own."""
    case, before = Case.objects.get(), envelopes_of(Case.objects.get(), INTAKE)
    place = Place(case.identifier, INTAKE, 1, len(before) + 1, envelopes.digest(before[-1].sealed))
    forged = Payload(place, "complainant", "2026-11-24T10:00", "transfer", {"text": "yes", "about": about})
    private, _public = signatures.new_signing_key()
    message = sealed(forged, private=private, recipient=Thread.objects.get(case=case, name=INTAKE).recipient)
    Envelope.objects.create(case=case, name=INTAKE, epoch=1, sequence=place.sequence, sealed=message)


def test_a_yes_that_the_host_made_hands_nothing_over(browsers, receipt):
    chair = opened(browsers)
    chair.get_by_role("button", name="Ask the person whether").click()
    expect(chair.locator("#told")).to_contain_text("Without a yes")
    forge_a_yes(Transfer.objects.get().question)
    again(chair)
    expect(chair.locator("#handing")).to_contain_text("cannot be read as genuine, so nothing is handed over")
    expect(chair.get_by_role("button", name="Hand over and save")).to_have_count(0)


def test_a_key_of_the_body_that_changed_after_the_yes_is_noticed(browsers, receipt, monkeypatch):
    chair, phone = opened(browsers), browsers(script=False, width=320)
    chair.get_by_role("button", name="Ask the person whether").click()
    expect(chair.locator("#told")).to_contain_text("Without a yes")
    answer(phone, receipt, "transfer_yes")
    first = terms.term_mechanisms()[-1]
    other = first.outside.model_copy(update={"recipient": envelopes.new_identity()[1]})
    monkeypatch.setattr(terms, "term_mechanisms", lambda: (first.model_copy(update={"outside": other}),))
    again(chair)
    expect(chair.locator("#handing")).to_contain_text("its key or what it gets has changed")
    expect(chair.get_by_role("button", name="Hand over and save")).to_have_count(0)
