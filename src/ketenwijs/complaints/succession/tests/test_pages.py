"""What the complainant is asked with and without script, and the committee's page."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.models import Case, Declaration, Envelope, Holder, Thread, Wrap
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.wire import plain
from ketenwijs.complaints.intake.phrases import all_sheets
from ketenwijs.complaints.intake.tests.conftest import Walk
from ketenwijs.complaints.sealing import receipts
from ketenwijs.complaints.sealing.payloads import INTAKE
from ketenwijs.complaints.succession import rules, services
from ketenwijs.complaints.succession.models import Consent, Handing, Successor
from ketenwijs.complaints.succession.tests.conftest import (
    body_of,
    confirmed,
    handed_over,
    proposed,
    says,
    sealed_keys,
    signed_by,
    wait_over,
)

pytestmark = pytest.mark.django_db
NAME = "Example body for grievances"


@pytest.fixture
def walk(client, committee):
    """A complainant who told something and came back with the number."""
    found = Walk(client)
    found.tell()
    found.come_back()
    return found


def member_client(sitting):
    client = Client()
    client.force_login(sitting.person)
    return client


def shown(walk):
    return walk.get("case/").content.decode()


def said(walk, says, page=None):
    page = page or shown(walk)
    key = re.search(r'name="key" value="([0-9a-f]+)"', page).group(1)
    digest = re.search(r'name="body" value="([0-9a-f]+)"', page).group(1)
    return walk.client.post(f"/{walk.language}/case/handover/", {"key": key, "body": digest, "say": says})


def test_nothing_is_asked_while_there_is_no_body_or_members_may_object(walk, committee, other):
    assert NAME not in shown(walk)
    confirmed(committee["secretary"], proposed(committee["chair"], other))
    assert NAME not in shown(walk)


def test_without_script_the_complainant_reads_who_and_what_and_answers(walk, successor):
    page = shown(walk)
    day = all_sheets()["en"].day(successor.body.since)
    assert f"{NAME} can go on with your case from {day}" in page
    assert "https://grievances.example/" in page
    assert "Exampletown" in page
    assert "Your case stays here and is finished or closed here." in page
    assert said(walk, "yes").url == "/en/case/"
    assert Consent.objects.get().agrees
    assert "Your answer now: <strong>Yes, hand my case over</strong>" in shown(walk)
    said(walk, "no")
    assert not Consent.objects.get().agrees
    page = shown(walk)
    assert "Your answer now: <strong>No, keep my case here</strong>" in page
    assert page.count("Yes, hand my case over") == 2  # the button and the earlier answer among the messages
    assert Envelope.objects.count() == 3


def test_the_answer_is_kept_once_when_the_form_is_sent_twice(walk, successor):
    page, cookies = shown(walk), walk.client.cookies.copy()
    for _again in range(2):
        walk.client.cookies = cookies.copy()
        said(walk, "yes", page)
    assert Envelope.objects.count() == 2


@pytest.mark.parametrize("changed", [{"key": "0" * 32}, {"say": "maybe"}, {"body": "0" * 64}, {"body": ""}])
def test_a_forged_form_and_another_body_change_nothing(walk, successor, changed):
    key = re.search(r'name="key" value="([0-9a-f]+)"', shown(walk)).group(1)
    fields = {"key": key, "body": successor.digest, "say": "yes", **changed}
    assert walk.client.post("/en/case/handover/", fields).status_code in (302, 409)
    assert not Consent.objects.exists()
    assert Envelope.objects.count() == 1


def test_without_a_number_nobody_answers(client, committee, successor):
    answer = client.post("/en/case/handover/", {"say": "yes", "body": successor.digest})
    assert answer.status_code == 403
    assert client.get("/en/case/handover/").status_code == 405


def test_the_committees_changed_keys_stop_the_question_too(walk, successor):
    page = shown(walk)
    Thread.objects.filter(name=INTAKE).update(epoch=1)
    Envelope.objects.all().delete()  # the host takes the first message away: nothing proves the key any more
    assert said(walk, "yes", page).status_code == 409
    assert not Consent.objects.exists()


@pytest.mark.parametrize("language", sorted(all_sheets()))
def test_every_language_of_the_intake_asks(client, committee, successor, language):
    walk = Walk(client, language)
    walk.tell()
    walk.come_back()
    page, phrases = shown(walk), all_sheets()[language].phrases
    assert phrases["handover_title"] in page
    assert phrases["handover_yes"] in page
    assert NAME in page
    assert "%(" not in page


def test_after_going_over_the_complainant_reads_who_goes_on_and_is_not_asked_again(walk, committee, successor):
    said(walk, "yes")
    case = Case.objects.get()
    declare(actor=committee["chair"].member, case=case, free=True)
    Case.objects.update(state="hearing")
    case.refresh_from_db()
    handed_over(committee["chair"], case, successor)
    page = shown(walk)
    assert f"It is continued by {NAME}." in page
    assert "<strong>Handed to another body</strong>" in page
    assert "Next step expected" not in page
    assert "https://grievances.example/" in page
    assert "handover/" not in page
    services.withdraw(actor=committee["chair"].member, digest=successor.digest)
    assert f"It is continued by {NAME}." in shown(walk)


def sealed_answer(told, successor, word, **changes):
    """What the browser of the complainant sends."""
    holder = Holder.objects.get(case=told.case)
    opened = arrival.open_for(holder, told.secret)
    words = {"text": word, "body": successor.digest}
    sequence, message = arrival.next_message(opened, INTAKE, "handover", words, timezone.now())
    keys = receipts.keys_from(told.secret)
    data = {
        "locator": keys.locator,
        "proof": keys.proof,
        "sequence": sequence,
        "sealed": plain(message),
        "once": "1" * 32,
        "body": successor.digest,
        "says": word,
    }
    return json.dumps({**data, **changes})


def test_a_browser_gets_the_signed_statement_and_sends_a_sealed_answer(client, told, successor):
    keys = receipts.keys_from(told.secret)
    right = {"locator": keys.locator, "proof": keys.proof}
    found = client.post("/sealed/threads/", json.dumps(right), content_type="application/json").json()
    assert found["notices"][0]["statement"] == successor.statement
    assert len(found["notices"][0]["signatures"]) == 2
    assert (found["notices"][0]["stage"], found["notices"][0]["said"]) == ("asked", "")
    post = {"path": "/sealed/handover/", "content_type": "application/json"}
    assert client.post(data=sealed_answer(told, successor, "yes"), **post).json() == {"kept": True}
    assert Consent.objects.get().agrees
    found = client.post("/sealed/threads/", json.dumps(right), content_type="application/json").json()
    assert found["notices"][0]["said"] == "yes"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"proof": "0" * 64}, 404),
        ({"says": "perhaps"}, 400),
        ({"sealed": "cGxhaW4="}, 400),
        ({"body": "0" * 64}, 409),
        ({"sequence": 9}, 409),
        ({"text": "plain words"}, 400),
    ],
)
def test_a_browser_that_sends_anything_else_is_refused(client, told, successor, changes, status):
    data = sealed_answer(told, successor, "yes", **changes)
    assert client.post("/sealed/handover/", data, content_type="application/json").status_code == status
    assert not Consent.objects.exists()
    assert Envelope.objects.count() == 1


def test_the_page_does_not_show_the_check_number_before_it_was_typed(committee, other):
    successor = proposed(committee["chair"], other)
    client = member_client(committee["member_firms"])
    assert successor.body.fingerprint not in client.get("/committee/succession/").content.decode()
    confirmed(committee["member_firms"], successor)
    assert successor.body.fingerprint in client.get("/committee/succession/").content.decode()


def test_members_propose_confirm_object_and_withdraw_by_the_page(committee, other):
    chair, secretary = member_client(committee["chair"]), member_client(committee["secretary"])
    assert b"Propose a body" in chair.get("/committee/succession/").content
    assert b"Propose a body" not in member_client(committee["member_firms"]).get("/committee/succession/").content
    statement = rules.statement_of(body_of(other))
    sent = {
        "statement": statement,
        "signature": signed_by(committee["chair"], statement),
        "document": other.document,
        "list_signature": other.signature,
    }
    post = {"content_type": "application/json"}
    assert chair.post("/committee/succession/", json.dumps(sent), **post).json() == {"kept": True}
    found = secretary.get("/committee/succession/data/").json()
    assert found["statement"] == statement
    words = {"digest": found["digest"], "fingerprint": "1", "signature": signed_by(committee["secretary"], statement)}
    refused = secretary.post("/committee/succession/confirm/", json.dumps(words), **post)
    assert refused.status_code == 400
    assert "call the body" in refused.json()["sentence"]
    words["fingerprint"] = body_of(other).fingerprint
    assert secretary.post("/committee/succession/confirm/", json.dumps(words), **post).json() == {"kept": True}
    act = {"body": found["digest"]}
    page = secretary.post("/committee/succession/say/", {**act, "act": "object"}, follow=True).content.decode()
    assert "Take my objection back" in page
    secretary.post("/committee/succession/say/", {**act, "act": "take_back"})
    assert secretary.post("/committee/succession/say/", {**act, "act": "other"}).status_code == 404
    chair.post("/committee/succession/say/", {**act, "act": "withdraw"})
    assert not Successor.objects.filter(current=True).exists()


def test_a_case_goes_over_by_the_page_and_its_bundle_is_fetched_there(committee, told, successor):
    chair, address = member_client(committee["chair"]), f"/committee/cases/{told.case.number}/handover/"
    assert chair.get(f"{address}export/").status_code == 404
    needed = chair.get(address).json()
    assert needed["moves"]
    assert {(one["thread"], one["epoch"]) for one in needed["needed"]} == {("intake", 1), ("committee", 1)}
    Case.objects.update(state="decision")
    keys = [
        {"thread": one.thread, "epoch": one.epoch, "sealed": plain(one.sealed)}
        for one in sealed_keys(committee["chair"], told.case, successor)
    ]
    sent = json.dumps({"digest": successor.digest, "keys": keys})
    refused = chair.post(address, sent, content_type="application/json")
    assert refused.status_code == 400
    assert "did not say yes" in refused.json()["sentence"]
    says(told, successor, agrees=True)
    assert chair.post(address, sent, content_type="application/json").json() == {"kept": True}
    page = chair.get("/committee/succession/").content.decode()
    assert f"{address}export/" in page
    bundle = chair.get(f"{address}export/")
    assert "keys/intake-1.age" in zipfile.ZipFile(BytesIO(bundle.content)).namelist()
    assert member_client(committee["member_firms"]).get(f"{address}export/").status_code == 404


def more_cases(committee, successor, count):
    """Open cases with a key of the chair, half of them with a yes."""
    wrap, person = Wrap.objects.filter(member_key=committee["chair"].key).first(), committee["chair"]
    for number in range(count):
        case = Case.objects.create(
            number=100 + number,
            kind="complaint",
            state="defence",
            state_week=timezone.localdate(),
            received_week=timezone.localdate(),
            last_word_week=timezone.localdate(),
        )
        thread = Thread.objects.create(case=case, name=INTAKE, epoch=1, recipient=f"r{number}")
        Wrap.objects.create(thread=thread, member_key=person.key, sealed=wrap.sealed)
        Declaration.objects.create(case=case, seat=person.seat, free=True, week=timezone.localdate())
        if number % 2:
            Consent.objects.create(case=case, successor=successor, agrees=True)
        if number % 4 == 3:
            Handing.objects.create(case=case, successor=successor, week=timezone.localdate() - timedelta(days=7))


def test_the_list_costs_the_same_queries_for_ten_cases_and_for_sixty(committee, told, successor):
    client, counts = member_client(committee["chair"]), []
    for count in (10, 50):
        Case.objects.filter(number__gte=100).delete()
        more_cases(committee, successor, count)
        client.get("/committee/succession/")
        with CaptureQueriesContext(
            connection,
        ) as found:
            page = client.get("/committee/succession/").content.decode()
        assert page.count("<tr>") == count + 2
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert counts[0] <= 30


@pytest.mark.parametrize("address", ["/committee/succession/", "/committee/succession/data/"])
def test_people_without_seat_find_nothing_and_visitors_are_led_to_sign_in(committee, successor, client, address):
    assert client.get(address).status_code == 302
    seat = committee["member_society"].seat
    seat.until = timezone.localdate()
    seat.save()
    assert member_client(committee["member_society"]).get(address).status_code == 404
    wait_over(successor)
