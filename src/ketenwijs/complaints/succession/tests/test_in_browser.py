"""Two members and a complainant hand a case over in real browsers; a dishonest host gets no key by lying about it."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from playwright.sync_api import expect

from ketenwijs.complaints import demonstration
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.committee.models import Seat
from ketenwijs.complaints.intake import phrases
from ketenwijs.complaints.sealing import envelopes, keylists
from ketenwijs.complaints.succession.models import Consent, HandedKey, Successor, SuccessorSignature
from ketenwijs.complaints.succession.tests.conftest import other_body, wait_over
from ketenwijs.complaints.tests.attack.test_dishonest_host import declared, follow
from ketenwijs.complaints.tests.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = phrases.all_sheets()["en"].phrases
NAME = "Example body for grievances"
PAGE = "/committee/succession/"


@pytest.fixture
def receipt(transactional_db):
    found = demonstration.build()[0].replace(" ", "")
    Case.objects.update(state="defence")
    return found


def english(function):
    person = Seat.objects.get(function=function).person
    person.language = "en"
    person.save()
    return person


def propose(page, other, number):
    page.goto(PAGE)
    page.locator("#name").fill(NAME)
    page.locator("#address").fill("https://grievances.example/")
    page.locator("#post").fill("Example street 1\n0000 AA Exampletown – één")
    page.locator("#since").fill("2026-11-01")
    page.locator("#keys").fill(json.dumps({"open": True, "document": other.document, "signature": other.signature}))
    page.locator("#fingerprint").fill(number)
    page.locator("#passphrase").fill(demonstration.PASSPHRASE)
    page.get_by_role("button", name="Propose and sign").click()


def confirm(page, number):
    page.goto(PAGE)
    page.locator("#fingerprint").fill(number)
    page.locator("#passphrase").fill(demonstration.PASSPHRASE)
    page.get_by_role("button", name="Confirm and sign").click()


def seal_all(page):
    page.goto(PAGE)
    page.locator("#hand #passphrase").fill(demonstration.PASSPHRASE)
    page.get_by_role("button", name="Seal these cases to the body").click()


def agreed(browsers, other):
    """Proposed by the chair's browser, confirmed by the secretary's, the wait gone by. Gives the chair's page."""
    number = keylists.fingerprint(other.found.root)
    chair, secretary = browsers(declared("chair")), browsers(english("secretary"))
    propose(chair, other, number)
    expect(chair.get_by_role("heading", name=NAME)).to_be_visible()
    confirm(secretary, number.replace(" ", ""))
    expect(secretary.get_by_text("Time for objections")).to_be_visible()
    wait_over(Successor.objects.get())
    return chair


def test_a_case_goes_over_in_three_browsers_and_the_body_opens_it(browsers, receipt):
    other = other_body()
    number = keylists.fingerprint(other.found.root)
    chair, secretary = browsers(declared("chair")), browsers(english("secretary"))
    propose(chair, other, "0" * 24)
    expect(chair.locator("#told")).to_contain_text("does not belong to these keys")
    look(chair, "succession-propose")
    propose(chair, other, number)
    expect(chair.get_by_role("heading", name=NAME)).to_be_visible()
    confirm(secretary, "1" * 24)
    expect(secretary.locator("#told")).to_contain_text("call the body")
    look(secretary, "succession-confirm")
    confirm(secretary, number)
    expect(secretary.get_by_text("Time for objections")).to_be_visible()
    wait_over(Successor.objects.get())
    telephone = browsers(width=320)
    follow(telephone, receipt)
    expect(telephone.get_by_text(f"{NAME} can go on with your case from 1 November 2026")).to_be_visible()
    look(telephone, "succession-asked")
    telephone.get_by_role("button", name=WORDS["handover_no"]).click()
    expect(telephone.get_by_text(f"{WORDS['handover_now']} {WORDS['handover_no']}")).to_be_visible()
    telephone.get_by_role("button", name=WORDS["handover_yes"]).click()
    expect(telephone.get_by_text(f"{WORDS['handover_now']} {WORDS['handover_yes']}")).to_be_visible()
    assert Consent.objects.get().agrees
    chair.goto(PAGE)
    look(chair, "succession-cases")
    chair.set_viewport_size({"width": 360, "height": 800})
    look(chair, "succession-narrow")
    seal_all(chair)
    expect(chair.get_by_role("link", name="Bundle of case 1")).to_be_visible()
    look(chair, "succession-handed")
    assert Case.objects.get().state == "continued"
    with chair.expect_download() as download:
        chair.get_by_role("link", name="Bundle of case 1").click()
    archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    for identity in other.identities:
        thread = envelopes.unseal(archive.read("keys/intake-1.age"), identity).decode()
        assert "zaagloods" in envelopes.unseal(archive.read("messages/intake/0001-1.age"), thread).decode()
    follow(telephone, receipt)
    expect(telephone.get_by_text(f"It is continued by {NAME}.")).to_be_visible()
    look(telephone, "succession-done")
    chair.goto("/committee/cases/1/")
    chair.locator("#unlock #passphrase").fill(demonstration.PASSPHRASE)
    chair.locator("#unlock button").click()
    expect(chair.get_by_text("Answer: yes, another body may go on with my case")).to_be_visible()


def test_a_host_that_says_yes_for_the_complainant_gets_no_key(browsers, receipt):
    """The row says yes; the thread holds no signed yes."""
    chair = agreed(browsers, other_body())
    Consent.objects.create(case=Case.objects.get(), successor=Successor.objects.get(), agrees=True)
    seal_all(chair)
    expect(chair.locator("#told")).to_contain_text("signed no yes to this body")
    assert not HandedKey.objects.exists()


def test_a_host_that_shows_another_body_is_refused_by_both(browsers, receipt):
    """The answers of the server name the host's own key; nobody signed that."""
    own = envelopes.new_identity()[1]

    def lie(route):
        told = route.fetch()
        data = told.json()
        for one in data.get("notices", [data]):
            words = json.loads(one["statement"])
            words["recipients"], words["name"] = [own], "Host"
            one["statement"] = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        route.fulfill(response=told, body=json.dumps(data))

    chair = agreed(browsers, other_body())
    telephone = browsers(width=320)
    telephone.route("**/sealed/threads/", lie)
    follow(telephone, receipt)
    expect(telephone.get_by_text(WORDS["list_changed"])).to_be_visible()
    expect(telephone.get_by_role("button", name=WORDS["handover_yes"])).to_have_count(0)
    Consent.objects.create(case=Case.objects.get(), successor=Successor.objects.get(), agrees=True)
    chair.route("**/succession/data/", lie)
    seal_all(chair)
    expect(chair.locator("#told")).to_contain_text("not what members signed")
    assert not HandedKey.objects.exists()


def test_a_host_that_swaps_the_proposed_list_is_refused_by_the_second_members_number(browsers, receipt):
    other, hosts = other_body(), other_body()
    chair, secretary = browsers(english("chair")), browsers(english("secretary"))
    propose(chair, other, keylists.fingerprint(other.found.root))
    expect(chair.get_by_role("heading", name=NAME)).to_be_visible()

    def lie(route):
        told = route.fetch()
        data, words = told.json(), json.loads(told.json()["statement"])
        words |= {
            "root": hosts.found.root,
            "recipients": sorted(one.recipient for one in hosts.found.members),
            "fingerprint": keylists.fingerprint(hosts.found.root),
        }
        data["statement"] = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        data["body_document"], data["body_signature"] = hosts.document, hosts.signature
        route.fulfill(response=told, body=json.dumps(data))

    secretary.route("**/succession/data/", lie)
    confirm(secretary, keylists.fingerprint(other.found.root))
    expect(secretary.locator("#told")).to_contain_text("call the body")
    assert SuccessorSignature.objects.count() == 1


def test_without_script_the_complainant_answers_at_320_pixels(browsers, receipt):
    agreed(browsers, other_body())
    telephone = browsers(script=False, width=320)
    telephone.goto("/nl/follow/")
    telephone.locator("#number").fill(receipt)
    telephone.locator("form button").first.click()
    words = phrases.all_sheets()["nl"].phrases
    expect(telephone.get_by_text(words["handover_title"])).to_be_visible()
    telephone.get_by_role("button", name=words["handover_yes"]).click()
    expect(telephone.locator("section.question strong")).to_have_text(words["handover_yes"])
    assert Consent.objects.get().agrees
