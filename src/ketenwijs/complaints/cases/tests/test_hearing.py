"""Several parties heard in one case: each its own number, thread, day and state, and no sign of another."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from ketenwijs.complaints import jobs
from ketenwijs.complaints.cases import arrival, rules
from ketenwijs.complaints.cases.models import Case, Envelope, HeardParty, Holder
from ketenwijs.complaints.cases.selectors import holder_of, newest_threads, signers_for
from ketenwijs.complaints.cases.services.hearing import close_hearing, extend_hearing, hear, next_party
from ketenwijs.complaints.cases.services.keys import current_readers, declare, holder_for, renew
from ketenwijs.complaints.cases.services.opening import SealedHolder
from ketenwijs.complaints.cases.services.writing import Letter, add_message, note_read
from ketenwijs.complaints.cases.tests.conftest import sealed_by
from ketenwijs.complaints.cases.tests.test_keys import new_thread
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.selectors import site_salt
from ketenwijs.complaints.sealing import envelopes, receipts, signatures
from ketenwijs.complaints.sealing.payloads import COMMITTEE, PARTY
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
CANARY = "canary-name-of-a-firm"


@dataclass
class Firm:
    """A heard party and what only it knows."""

    name: str
    holder: Holder
    secret: bytes
    receipt: str


def words(sitting, case, text=CANARY, **how):
    return Letter(**sealed_by(sitting, case, text, **how))


def heard(committee, case, name=None, by="chair", **changes):
    receipt = receipts.new_receipt()
    secret = receipts.stretched(receipt, site_salt())
    keys = receipts.keys_from(secret)
    private, signing = signatures.new_signing_key()
    recipient = envelopes.recipient_of(keys.identity)
    party = SealedHolder(keys.locator, keys.proof, recipient, signing, envelopes.seal(private, [recipient]))
    party = SealedHolder(**{**vars(party), **changes})
    name = next_party(case) if name is None else name
    thread = new_thread(current_readers(case), party)
    note = words(committee[by], case, kind="heard", party=name)
    hear(actor=committee[by].member, case=case, name=name, party=party, thread=thread, note=note)
    return Firm(name, holder_of(keys.locator, keys.proof), secret, receipt)


def write_to(committee, case, firm, text):
    add_message(case=case, name=firm.name, **sealed_by(committee["chair"], case, text, firm.name))


def answer(firm, text="our answer"):
    opened = arrival.open_for(firm.holder, firm.secret)
    arrival.write(opened, name=firm.name, kind="text", body={"text": text}, now=timezone.now(), once="a" * 32)


def test_each_party_has_a_number_of_its_own_and_sees_only_its_own_thread(case, committee):
    one, two = heard(committee, case), heard(committee, case)
    assert (one.name, two.name) == (PARTY, "party-2")
    write_to(committee, case, one, "statement for one")
    write_to(committee, case, two, "statement for two")
    for firm, own in ((one, "statement for one"), (two, "statement for two")):
        opened = arrival.open_for(firm.holder, firm.secret)
        assert set(opened.messages) == {firm.name}
        assert [read.payload.body["text"] for read in opened.messages[firm.name]] == [own]
        assert set(signers_for(firm.holder)) == {firm.name}
    answer(two)
    opened = arrival.open_for(one.holder, one.secret)
    assert "our answer" not in str(opened.messages)


def test_what_a_partys_browser_gets_names_no_other_party(case, committee, client):
    one, two = heard(committee, case), heard(committee, case)
    for firm, other in ((two, one), (one, two)):
        keys = receipts.keys_from(firm.secret)
        shown = client.post(
            "/sealed/threads/",
            json.dumps({"locator": keys.locator, "proof": keys.proof}),
            content_type="application/json",
            headers={"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
        )
        assert shown.status_code == 200
        data = shown.json()
        assert (data["role"], list(data["threads"]), list(data["signers"])) == (firm.name, [firm.name], [firm.name])
        assert other.holder.signing not in shown.content.decode()
        assert other.holder.recipient not in shown.content.decode()


def test_without_script_a_second_party_reads_and_answers_in_its_own_thread(case, committee, client):
    one, two = heard(committee, case), heard(committee, case)
    write_to(committee, case, one, "statement for one")
    write_to(committee, case, two, "statement for two")
    client.post("/en/follow/", {"number": two.receipt})
    shown = client.get("/en/case/").content.decode()
    assert "statement for two" in shown
    assert "statement for one" not in shown
    assert "<textarea" in shown
    key = shown.split('name="key" value="')[1].split('"')[0]
    assert client.post("/en/case/", {"key": key, "text": "the quarry answers"}).status_code == 302
    assert "the quarry answers" in client.get("/en/case/").content.decode()
    assert HeardParty.objects.get(name="party-2").answered_week == rules.week_of(timezone.localdate())
    assert HeardParty.objects.get(name=PARTY).answered_week is None


def test_who_a_party_is_stands_in_the_committees_thread_only(case, committee):
    firm = heard(committee, case)
    assert Envelope.objects.filter(case=case, name=COMMITTEE).count() == 1
    assert CANARY not in str(list(HeardParty.objects.values())) + str(list(JournalEntry.objects.values()))
    assert not Envelope.objects.filter(name=firm.name).exists()


def test_a_hearing_that_somebody_else_opened_first_is_stale_and_nothing_is_kept(case, committee):
    heard(committee, case)
    for name in (PARTY, "party-3", ""):
        with pytest.raises(StaleVersion):
            heard(committee, case, name=name)
    assert Holder.objects.filter(case=case).count() == 2
    assert set(newest_threads(case)) == {"intake", COMMITTEE, PARTY}


def test_no_more_than_nine_parties_are_heard(case, committee):
    for place in range(1, 10):
        name = PARTY if place == 1 else f"{PARTY}-{place}"
        HeardParty.objects.create(case=case, name=name, asked_week=case.received_week, due_on=case.received_week)
    assert next_party(case) == ""


def test_what_is_not_sealed_and_who_may_not_keep_the_case_open_no_hearing(case, committee):
    with pytest.raises(DomainError, match="not sealed"):
        heard(committee, case, signing_sealed=b"plain")
    declare(actor=committee["member_firms"].member, case=case, free=True)
    for function in ("member_firms", "deputy_chair"):
        with pytest.raises(NotAllowed):
            heard(committee, case, by=function)
    assert not HeardParty.objects.exists()


def test_each_party_has_a_day_of_its_own_that_can_be_moved_with_a_reason(case, committee):
    one, two = heard(committee, case), heard(committee, case)
    first = rules.due(rules.week_of(timezone.localdate()), mechanism().party_answer_days)
    later = timezone.localdate() + timedelta(days=90)
    extend_hearing(
        actor=committee["secretary"].member,
        case=case,
        name=two.name,
        due=later,
        why=words(committee["secretary"], case),
    )
    days = dict(HeardParty.objects.values_list("name", "due_on"))
    assert days == {one.name: first, two.name: later}
    assert JournalEntry.objects.filter(event="cases.party.extended").count() == 1


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_is_over_or_more_than_a_year_away_is_refused(case, committee, days):
    firm = heard(committee, case)
    due, why = timezone.localdate() + timedelta(days=days), words(committee["chair"], case)
    with pytest.raises(DomainError, match="within a year"):
        extend_hearing(actor=committee["chair"].member, case=case, name=firm.name, due=due, why=why)


def test_a_closed_hearing_takes_no_word_more_and_the_others_go_on(case, committee, client):
    one, two = heard(committee, case), heard(committee, case)
    write_to(committee, case, two, "statement for two")
    why = words(committee["chair"], case)
    close_hearing(actor=committee["chair"].member, case=case, name=two.name, why=why)
    with pytest.raises(DomainError, match="closed"):
        answer(two)
    with pytest.raises(DomainError, match="closed"):
        write_to(committee, case, two, "more")
    with pytest.raises(StaleVersion):
        close_hearing(actor=committee["chair"].member, case=case, name=two.name, why=words(committee["chair"], case))
    write_to(committee, case, one, "still open")
    client.post("/en/follow/", {"number": two.receipt})
    shown = client.get("/en/case/").content.decode()
    assert "statement for two" in shown
    assert "Closed" in shown
    assert "<textarea" not in shown


def test_after_a_member_left_every_thread_gets_a_new_key_also_of_a_closed_hearing(case, committee):
    one, two = heard(committee, case), heard(committee, case)
    chair = committee["chair"]
    close_hearing(actor=chair.member, case=case, name=two.name, why=words(chair, case))
    readers = current_readers(case)
    threads = {}
    for name in newest_threads(case):
        made = new_thread(readers, holder_for(case, name))
        place = Envelope.objects.filter(case=case, name=name).count() + 1
        first = envelopes.seal(b"who made this key", [made.recipient])
        threads[name] = type(made)(**{**vars(made), "first": first, "sequence": place})
    renew(actor=chair.member, case=case, threads=threads)
    assert {thread.epoch for thread in newest_threads(case).values()} == {2}
    assert holder_for(case, one.name) == one.holder


def test_the_board_and_the_mail_know_of_a_party_that_is_late(case, committee, client):
    firm = heard(committee, case)
    heard(committee, case)
    note_read(case, 1)
    Case.objects.update(due_on=None)
    assert jobs.notify(half="early") == 0
    HeardParty.objects.filter(name=firm.name).update(due_on=timezone.localdate() - timedelta(days=1))
    assert jobs.notify(half="late") == 2
    client.force_login(committee["chair"].person)
    shown = client.get("/committee/cases/").content.decode()
    assert "Party 1" in shown
    assert "Party 2" in shown
    assert shown.count("Late") == 1
    write_to(committee, case, firm, "statement")
    answer(firm)
    assert "Party 1" not in client.get("/committee/cases/").content.decode()


def test_over_the_wire_the_shape_is_held_to(case, committee, client):
    firm = heard(committee, case)
    client.force_login(committee["chair"].person)
    made = sealed_by(committee["chair"], case, "why")
    sent = {"sequence": made["sequence"], "sealed": base64.b64encode(made["sealed"]).decode()}
    address = f"/committee/cases/{case.number}/hearing/"

    def post(**data):
        return client.post(address, json.dumps({**sent, **data}), content_type="application/json").status_code

    assert post(name="party-10", act="close") == 400
    assert post(name="party-2", act="close") == 409
    assert post(name=firm.name, act="reopen") == 400
    assert post(name=firm.name, act="extend") == 400
    assert post(name=firm.name, act="close") == 200
    shown = client.get(f"/committee/cases/{case.number}/data/").json()
    assert [(one["name"], bool(one["closed_week"])) for one in shown["parties"]] == [(PARTY, True)]
    assert shown["next_party"] == "party-2"
