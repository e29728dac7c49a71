"""Sealing is anonymous: a host can seal a key of its own to anybody. Such a key is not written to (cases 25, 26, 28)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ketenwijs.complaints import demonstration
from ketenwijs.complaints.cases.models import Case, Envelope, Holder, Thread, Wrap
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.committee import selectors
from ketenwijs.complaints.committee.models import MemberKey, Seat
from ketenwijs.complaints.sealing import envelopes
from ketenwijs.complaints.sealing.payloads import COMMITTEE, INTAKE
from ketenwijs.complaints.tests.attack.test_dishonest_host import (
    WORDS,
    declared,
    follow,
    open_case,
    receipt,  # noqa: F401 - a fixture
)

pytestmark = pytest.mark.django_db(transaction=True)
MADE_BY_NOBODY = "A key of this case was made by nobody of the committee"
browser = pytest.mark.browser


def hosts_key(name):
    """A newer epoch of a thread: its key is the host's, properly sealed to everybody who may read. Gives the identity."""
    case, holder = Case.objects.get(), Holder.objects.get()
    identity, recipient = envelopes.new_identity()
    newest = Thread.objects.filter(case=case, name=name).order_by("-epoch").first()
    thread = Thread.objects.create(case=case, name=name, epoch=newest.epoch + 1, recipient=recipient)
    for key in MemberKey.objects.filter(pk__in=newest.wraps.exclude(member_key=None).values("member_key")):
        Wrap.objects.create(thread=thread, member_key=key, sealed=envelopes.seal(identity.encode(), [key.recipient]))
    if name == INTAKE:
        Wrap.objects.create(thread=thread, holder=holder, sealed=envelopes.seal(identity.encode(), [holder.recipient]))
    return identity


def hosts_first_key(name):
    """The host puts its own key in the place of a thread's first one."""
    identity, recipient = envelopes.new_identity()
    Thread.objects.filter(name=name).update(recipient=recipient)
    for wrap in Wrap.objects.filter(thread__name=name).exclude(member_key=None):
        wrap.sealed = envelopes.seal(identity.encode(), [wrap.member_key.recipient])
        wrap.save()
    return identity


def test_without_script_a_key_of_the_host_stops_writing_with_a_sentence(client, receipt):  # noqa: F811
    hosts_key(INTAKE)
    client.post("/en/follow/", {"number": receipt})
    shown = client.get("/en/case/").content.decode()
    assert WORDS["list_changed"] in shown
    assert "<textarea" not in shown
    assert Envelope.objects.count() == 1


@browser
def test_the_telephone_does_not_write_to_a_key_of_the_host(browsers, receipt):  # noqa: F811
    hosts_key(INTAKE)
    page = browsers(width=320)
    follow(page, receipt)
    expect(page.get_by_text(WORDS["list_changed"])).to_be_visible()
    expect(page.get_by_text(demonstration.EXAMPLE)).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)


@browser
@pytest.mark.parametrize(
    "swapped", [lambda: hosts_key(INTAKE), lambda: hosts_first_key(COMMITTEE)], ids=["new", "first"]
)
def test_a_members_page_does_not_write_to_a_key_of_the_host(browsers, receipt, swapped):  # noqa: F811
    swapped()
    page = browsers(declared("chair"))
    open_case(page)
    expect(page.get_by_text(MADE_BY_NOBODY)).to_have_count(1)
    expect(page.get_by_text(demonstration.EXAMPLE)).to_be_visible()
    expect(page.locator("#thread_intake textarea, #thread_committee textarea")).to_have_count(1)


@browser
def test_a_new_key_is_not_sealed_to_a_complainant_the_host_made_up(browsers, receipt):  # noqa: F811
    person, case = declared("chair"), Case.objects.get()
    seat = Seat.objects.get(function="secretary")
    declare(actor=selectors.Member(seat.person, seat), case=case, free=False)
    Holder.objects.update(recipient=envelopes.new_identity()[1])
    page = browsers(person)
    open_case(page)
    page.get_by_role("button", name="Make a new key for what follows").click()
    expect(page.locator("#told")).to_contain_text(MADE_BY_NOBODY)
    assert not Thread.objects.filter(epoch=2).exists()


@browser
def test_a_new_key_of_a_member_is_taken_by_everybody_and_begins_with_a_signed_message(browsers, receipt):  # noqa: F811
    person, case = declared("chair"), Case.objects.get()
    seat = Seat.objects.get(function="secretary")
    declare(actor=selectors.Member(seat.person, seat), case=case, free=False)
    page = browsers(person)
    open_case(page)
    page.get_by_role("button", name="Make a new key for what follows").click()
    page.locator("#text_committee").fill("only us")
    page.locator("#thread_committee form button").click()
    expect(page.get_by_text("only us")).to_be_visible()
    expect(page.get_by_text(MADE_BY_NOBODY)).to_have_count(0)
    assert set(Envelope.objects.filter(epoch=2).values_list("name", flat=True)) == {INTAKE, COMMITTEE}
    phone = browsers(width=320)
    follow(phone, receipt)
    phone.locator("#text").fill("I read on")
    phone.get_by_role("button", name=WORDS["send"]).click()
    expect(phone.get_by_text("I read on")).to_be_visible()
    expect(phone.locator(".messages > li")).to_have_count(2)
