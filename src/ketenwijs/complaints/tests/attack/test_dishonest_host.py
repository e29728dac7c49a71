"""What a dishonest host can do to rows and answers is refused in the browser, with a sentence the person sees (24-26)."""

from __future__ import annotations

import base64
import json

import pyrage
import pytest
from django.db import DataError, connection
from django.utils import timezone
from playwright.sync_api import expect

from ketenwijs.complaints import demonstration
from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.arrival import Arrived
from ketenwijs.complaints.cases.models import Case, Envelope, Holder, SealedFile, Thread
from ketenwijs.complaints.cases.selectors import envelopes_of, signers_of
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.committee import selectors
from ketenwijs.complaints.committee.models import MemberKey, Seat, SignedKeyList
from ketenwijs.complaints.intake import phrases
from ketenwijs.complaints.sealing import envelopes, keylists, receipts, signatures
from ketenwijs.complaints.sealing.keylists import KeyList
from ketenwijs.complaints.sealing.payloads import INTAKE, Payload, Place, sealed
from ketenwijs.foundation.files import storage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKS = "The committee asks for your name"
WORDS = phrases.all_sheets()["en"].phrases
NOT_GENUINE, MISSING = "Not genuine: nobody who may write here", "A message before this one is missing or was moved"
DAMAGED = "This message or file is damaged"


@pytest.fixture
def receipt(transactional_db):
    return demonstration.build()[0].replace(" ", "")


def member_key(function):
    person = Seat.objects.get(function=function).person
    return MemberKey.objects.get(person=person)


def private_of(key):
    file = pyrage.passphrase.decrypt(bytes(key.by_passphrase), demonstration.PASSPHRASE).decode()
    return base64.b64decode(file.split("\n")[0].removeprefix("# signing "))


def put_in(words, *, private=None):
    """A row in the intake thread in the chair's name; without the chair's private key it is the host's forgery."""
    case, key = Case.objects.get(), member_key("chair")
    before = envelopes_of(case, INTAKE)
    place = Place(case.identifier, INTAKE, 1, len(before) + 1, envelopes.digest(before[-1].sealed))
    payload = Payload(place, f"member:{key.identifier}", "2026-11-24T09:00", "text", {"text": words})
    private = private or signatures.new_signing_key()[0]
    message = sealed(payload, private=private, recipient=Thread.objects.get(case=case, name=INTAKE).recipient)
    return Envelope.objects.create(case=case, name=INTAKE, epoch=1, sequence=place.sequence, sealed=message)


def add_voice(receipt):
    secret = receipts.stretched(receipt, selectors.site_salt())
    opened = arrival.open_for(Holder.objects.get(), secret)
    arrival.write_file(
        opened, name=INTAKE, file=Arrived("1.ogg", "audio/ogg", b"OggS" + bytes(300_000)), now=timezone.now()
    )
    return storage.path_of(SealedFile.objects.get().stored_name)


def swap(one, other):
    first, second = bytes(one.sealed), bytes(other.sealed)
    Envelope.objects.filter(pk=one.pk).update(sealed=second)
    Envelope.objects.filter(pk=other.pk).update(sealed=first)


def follow(page, receipt):
    page.goto("/en/follow/")
    expect(page.locator("body")).to_have_attribute("data-sealing", "browser")
    page.locator("#number").fill(receipt)
    page.get_by_role("button", name=WORDS["next"]).click()
    expect(page.locator("h1")).to_have_text(WORDS["case_title"])


def open_case(page):
    page.goto("/committee/cases/1/")
    page.locator("#unlock #passphrase").fill(demonstration.PASSPHRASE)
    page.locator("#unlock button").click()


def declared(function):
    seat = Seat.objects.get(function=function)
    seat.person.language = "en"
    seat.person.save()
    declare(actor=selectors.Member(seat.person, seat), case=Case.objects.get(), free=True)
    return seat.person


def everything_at_once(receipt):
    """A genuine message, a forged one, two that changed places, a damaged one, and a cut file."""
    path = add_voice(receipt)
    put_in("We look into it", private=private_of(member_key("chair")))
    put_in(ASKS)
    swap(
        put_in("two", private=private_of(member_key("chair"))), put_in("three", private=private_of(member_key("chair")))
    )
    cut = put_in("cut", private=private_of(member_key("chair")))
    Envelope.objects.filter(pk=cut.pk).update(sealed=bytes(cut.sealed)[:-20])
    path.write_bytes(path.read_bytes()[:-40_000])


def test_the_telephone_shows_each_of_the_hosts_tricks_as_what_it_is(browsers, receipt):
    everything_at_once(receipt)
    page = browsers(width=320)
    follow(page, receipt)
    expect(page.get_by_text(WORDS["not_genuine"])).to_have_count(1)
    expect(page.get_by_text(WORDS["out_of_place"])).to_have_count(2)
    expect(page.get_by_text(WORDS["damaged"])).to_have_count(1)
    expect(page.get_by_text("We look into it")).to_be_visible()
    expect(page.get_by_text(ASKS)).to_have_count(0)
    page.get_by_role("button", name=WORDS["download"]).click()
    expect(page.get_by_text(WORDS["damaged"])).to_have_count(2)


def test_the_members_page_shows_each_of_the_hosts_tricks_as_what_it_is(browsers, receipt):
    everything_at_once(receipt)
    page = browsers(declared("chair"))
    open_case(page)
    expect(page.get_by_text(NOT_GENUINE)).to_have_count(1)
    expect(page.get_by_text(MISSING)).to_have_count(2)
    expect(page.get_by_text(DAMAGED)).to_have_count(1)
    expect(page.get_by_text("We look into it")).to_be_visible()
    expect(page.get_by_text(ASKS)).to_have_count(0)
    page.get_by_role("button", name="Save the file").click()
    expect(page.get_by_text(DAMAGED)).to_have_count(2)


def test_a_host_that_names_its_own_key_as_a_members_forges_nothing_on_the_telephone(browsers, receipt):
    """The answer to the browser names who may sign; only the signed list may say who signs as a member."""
    private, public = signatures.new_signing_key()
    put_in(ASKS, private=private)
    page = browsers(width=320)

    def lie(route):
        told = route.fetch()
        data = told.json()
        data["signers"][f"member:{member_key('chair').identifier}"] = public
        route.fulfill(response=told, body=json.dumps(data))

    page.route("**/sealed/threads/", lie)
    follow(page, receipt)
    expect(page.get_by_text(WORDS["not_genuine"])).to_have_count(1)
    expect(page.get_by_text(ASKS)).to_have_count(0)


def test_a_host_that_names_its_own_key_as_a_members_forges_nothing_for_the_committee(browsers, receipt):
    private, public = signatures.new_signing_key()
    put_in(ASKS, private=private)
    page = browsers(declared("secretary"))

    def lie(route):
        told = route.fetch()
        data = told.json()
        data["holders"].append({"role": f"member:{member_key('chair').identifier}", "recipient": "", "signing": public})
        route.fulfill(response=told, body=json.dumps(data))

    page.route("**/committee/cases/1/data/", lie)
    open_case(page)
    expect(page.get_by_text(NOT_GENUINE)).to_have_count(1)
    expect(page.get_by_text(ASKS)).to_have_count(0)


def another_list():
    """The host's own root signs the host's own list, with the same members and serial."""
    private, root = signatures.new_signing_key()
    own = selectors.key_list()
    found = KeyList(own.serial, root, own.members)
    SignedKeyList.objects.update(document=keylists.document(found).decode(), signature=keylists.signed(found, private))


def test_a_list_of_another_root_stops_the_telephone_with_a_sentence(browsers, receipt):
    another_list()
    page = browsers(width=320)
    follow(page, receipt)
    expect(page.get_by_text(WORDS["list_changed"])).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)


def test_a_list_of_another_root_and_a_swapped_key_stop_the_member_with_a_sentence(browsers, receipt):
    person = declared("chair")
    kept = SignedKeyList.objects.get()
    another_list()
    page = browsers(person)
    open_case(page)
    expect(page.locator("#told")).to_contain_text("The list of keys has another root than was seen before")
    expect(page.locator("#case")).to_be_hidden()
    swapped = kept.document.replace(member_key("secretary").recipient, envelopes.new_identity()[1])
    SignedKeyList.objects.update(document=swapped, signature=kept.signature)
    open_case(page)
    expect(page.locator("#told")).to_contain_text("The list of keys is not signed by the committee")
    expect(page.locator("#case")).to_be_hidden()


def test_without_script_a_row_that_calls_its_holder_a_member_signs_nothing(client, receipt):
    private, public = signatures.new_signing_key()
    put_in(ASKS, private=private)
    case, role = Case.objects.get(), f"member:{member_key('chair').identifier}"
    row = {"proof_hash": "0" * 64, "recipient": "", "signing": public, "signing_sealed": envelopes.MAGIC}
    try:
        Holder.objects.create(case=case, role=role, locator="0" * 32, **row)
    except DataError:  # PostgreSQL has no room for such a row at all
        assert connection.vendor == "postgresql"
    assert signers_of(case, selectors.key_list().signers)[role] != public
    assert client.post("/en/follow/", {"number": receipt}).url == "/en/case/"
    shown = client.get("/en/case/").content.decode()
    assert ASKS not in shown
    assert "This message is not genuine" in shown
