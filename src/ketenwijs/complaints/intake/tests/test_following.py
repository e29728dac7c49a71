"""Following with the receipt: the same answer for every wrong number, and each kind of tampering said in a sentence."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ketenwijs.complaints.cases.models import Case, Envelope, Holder, SealedFile, Thread
from ketenwijs.complaints.cases.selectors import envelopes_of
from ketenwijs.complaints.committee.models import SignedKeyList
from ketenwijs.complaints.intake import brakes
from ketenwijs.complaints.intake.phrases import all_sheets
from ketenwijs.complaints.intake.tests.conftest import CANARY
from ketenwijs.complaints.sealing import envelopes, receipts, signatures
from ketenwijs.complaints.sealing.payloads import INTAKE, Payload, Place, sealed
from ketenwijs.foundation.files import storage

pytestmark = pytest.mark.django_db


def committee_writes(sitting, text, *, kind="text", private=None, **body):
    """As a member's browser does: sealed to the thread, signed with the member's key."""
    case = Case.objects.get()
    before = envelopes_of(case, INTAKE)
    place = Place(case.identifier, INTAKE, 1, len(before) + 1, envelopes.digest(before[-1].sealed))
    payload = Payload(place, f"member:{sitting.key.identifier}", "2026-11-24T09:00", kind, {"text": text, **body})
    thread = Thread.objects.get(case=case, name=INTAKE)
    message = sealed(payload, private=private or sitting.private, recipient=thread.recipient)
    return Envelope.objects.create(case=case, name=INTAKE, epoch=1, sequence=place.sequence, sealed=message)


def test_the_answer_of_the_committee_is_read_with_the_number(walk, committee):
    walk.tell()
    committee_writes(committee["chair"], "We look into it.")
    assert walk.come_back().url == "/en/case/"
    shown = walk.get("case/").content.decode()
    assert CANARY in shown
    assert "We look into it." in shown
    assert "The committee has received it" in shown


def test_an_answer_joins_the_thread_and_files_too(walk, committee):
    walk.tell()
    walk.come_back()
    assert walk.post("case/", text="one more thing").status_code == 302
    walk.post("case/", files=SimpleUploadedFile("v.ogg", b"OggS" + bytes(3000)))
    shown = walk.get("case/").content.decode()
    assert "one more thing" in shown
    address = re.search(r"/en/case/file/[0-9a-f]{32}/", shown).group(0)
    file = walk.client.get(address)
    assert file.content == b"OggS" + bytes(3000)
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_reloading_an_answer_does_not_send_it_twice(walk):
    walk.tell()
    walk.come_back()
    key = re.search(r'name="key" value="([0-9a-f]+)"', walk.get("case/").content.decode()).group(1)
    before = walk.client.cookies.copy()
    for _again in range(2):
        walk.client.cookies = before.copy()
        walk.client.post("/en/case/", {"key": key, "text": "twice?"})
    assert Envelope.objects.count() == 2


def test_wrong_mistyped_and_purged_numbers_get_the_same_sentence(walk):
    walk.tell()
    never = receipts.new_receipt()
    mistyped = walk.receipt[:-1] + str((int(walk.receipt[-1]) + 1) % 10)
    answers = [walk.come_back(number) for number in (never, mistyped, "12", "hello")]
    Case.objects.all().delete()
    answers.append(walk.come_back(walk.receipt))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_many_guesses_ask_everybody_for_a_sum_and_lock_no_case(walk):
    walk.tell()
    for _one in range(brakes.GUESSES_PER_SITE):
        brakes.brake.note("guess")
    slowed = walk.come_back()
    assert slowed.status_code == 429
    page = slowed.content.decode()
    one, other = map(int, re.search(r"How much is (\d+) \+ (\d+)", page).groups())
    token = re.search(r'name="sum" value="([^"]+)"', page).group(1)
    fields = {"number": walk.receipt, "sum": token, "answer": str(one + other)}
    assert walk.client.post("/en/follow/", fields).url == "/en/case/"


def test_a_question_of_the_committee_can_be_answered_while_many_send(walk, committee):
    walk.tell()
    committee_writes(committee["chair"], "May we tell the firm?", kind="consent")
    walk.come_back()
    for _one in range(brakes.PER_ADDRESS):
        brakes.brake.note("send", "127.0.0.1")
    page = walk.get("case/").content.decode()
    form = re.search(r'<form[^>]*class="question".*?</form>', page, re.DOTALL).group(0)
    assert len(re.findall(r'id="answer\d*"', page)) == len(set(re.findall(r'id="answer\d*"', page))) == 2
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    answer = sum(map(int, re.search(r"How much is (\d+) \+ (\d+)", form).groups()))
    assert walk.client.post("/en/case/", {**fields, "answer": answer, "say": "yes"}).url == "/en/case/"


def test_days_stand_as_the_language_of_the_page_writes_them(walk, committee):
    walk.tell()
    committee_writes(committee["chair"], "Thank you")
    for language, wanted in (("en", "24 November 2026"), ("nl", "24 november 2026"), ("hi", "24 नवंबर 2026")):
        walk.language = language
        walk.come_back()
        page = walk.get("case/").content.decode()
        assert wanted in page
        assert not re.search(r"\d{4}-\d{2}-\d{2}", page)


def test_a_day_that_is_no_day_stays_as_it_came():
    sheet = all_sheets()["zh-hans"]
    assert sheet.day("2026-11-24T09:00+00:00") == "2026年11月24日"
    assert sheet.day("yesterday") == "yesterday"
    assert sheet.lang == "zh-Hans"


def test_a_message_the_host_put_in_is_shown_as_not_genuine(walk, committee):
    walk.tell()
    committee_writes(committee["chair"], "Tell us your name", private=signatures.new_signing_key()[0])
    walk.come_back()
    shown = walk.get("case/").content.decode()
    assert "Tell us your name" not in shown
    assert "This message is not genuine" in shown


def test_a_reordered_thread_is_said_in_a_sentence(walk, committee):
    walk.tell()
    two, three = (committee_writes(committee["chair"], text) for text in ("two", "three"))
    one, other = bytes(two.sealed), bytes(three.sealed)
    Envelope.objects.filter(pk=two.pk).update(sealed=other)
    Envelope.objects.filter(pk=three.pk).update(sealed=one)
    walk.come_back()
    shown = walk.get("case/").content.decode()
    assert shown.count("was taken away or moved") == 2


def test_a_truncated_message_and_file_are_damaged_and_the_rest_is_readable(walk, committee):
    walk.tell(files=SimpleUploadedFile("v.ogg", b"OggS" + bytes(300_000)))
    kept = SealedFile.objects.get()
    path = storage.path_of(kept.stored_name)
    path.write_bytes(path.read_bytes()[:-40_000])
    late = committee_writes(committee["chair"], "cut me")
    Envelope.objects.filter(pk=late.pk).update(sealed=bytes(late.sealed)[:-30])
    walk.come_back()
    shown = walk.get("case/").content.decode()
    assert CANARY in shown
    assert "damaged and cannot be shown" in shown
    file = walk.client.get(f"/en/case/file/{kept.identifier}/")
    assert file.status_code == 409
    assert "damaged" in file.content.decode()


def test_an_older_key_list_stops_writing_with_a_sentence(walk, committee):
    from ketenwijs.complaints.committee.tests.factories import put_up_list

    put_up_list(committee)
    walk.tell()
    SignedKeyList.objects.filter(serial=2).delete()
    walk.come_back()
    shown = walk.get("case/").content.decode()
    assert "The keys of the committee are not those you saw before" in shown
    assert "<textarea" not in shown


def test_the_committees_questions_are_answered_once(walk, committee):
    walk.tell()
    committee_writes(committee["chair"], "The text for the firm", kind="consent")
    walk.come_back()
    shown = walk.get("case/").content.decode()
    assert "may go to the firm" in shown
    assert walk.post("case/", question="consent:2", say="yes").status_code == 302
    shown = walk.get("case/").content.decode()
    assert "Yes, it may go to the firm" in shown
    assert 'class="question"' not in shown


def test_another_persons_file_is_not_found(walk, client):
    walk.tell(files=SimpleUploadedFile("v.ogg", b"OggS" + bytes(30)))
    first = SealedFile.objects.get().identifier
    client.cookies.clear()
    walk.tell(text="another case")
    assert walk.get(f"case/file/{first}/").status_code == 404


def test_without_the_pass_the_case_asks_for_the_number(walk):
    walk.tell()
    walk.client.cookies.clear()
    assert walk.get("case/").status_code == 403
    walk.client.cookies["p"] = "forged"
    assert walk.get("case/").status_code == 403


def test_the_pass_ends_after_fifteen_idle_minutes(walk, monkeypatch):
    walk.tell()
    monkeypatch.setattr("ketenwijs.complaints.intake.passes.IDLE_SECONDS", -1)
    assert walk.get("case/").status_code == 403


def test_leaving_closes_the_case_on_this_phone(walk):
    walk.tell()
    assert walk.client.post("/en/leave/").status_code == 302
    assert walk.get("case/").status_code == 403


def test_the_proof_itself_is_not_kept(walk):
    from ketenwijs.complaints.committee.selectors import site_salt

    walk.tell()
    keys = receipts.keys_from(receipts.stretched(walk.receipt, site_salt()))
    holder = Holder.objects.get()
    assert holder.locator == keys.locator
    assert holder.proof_hash != keys.proof
    assert keys.identity.encode() not in bytes(holder.signing_sealed)
