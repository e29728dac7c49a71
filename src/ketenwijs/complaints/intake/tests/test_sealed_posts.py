"""What browsers that seal send: plain text is never taken, not beside an envelope and not as one."""

from __future__ import annotations

import base64
import json
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.models import Case, Envelope, SealedFile
from ketenwijs.complaints.committee.selectors import site_salt
from ketenwijs.complaints.intake import brakes
from ketenwijs.complaints.intake.tests.conftest import CANARY
from ketenwijs.complaints.sealing import envelopes, receipts

pytestmark = pytest.mark.django_db


def text(data):
    return base64.b64encode(data).decode()


def thread(found):
    wraps = {key: text(wrap) for key, wrap in found.wraps.items()}
    return {
        "recipient": found.recipient,
        "wraps": wraps,
        **({"for_holder": text(found.for_holder)} if found.for_holder else {}),
    }


def new_post():
    """A case as a browser posts it, and the right to it."""
    secret = receipts.stretched(receipts.new_receipt(), site_salt())
    new = arrival.seal_case(stretched=secret, body={"text": CANARY}, nonce="n", now=timezone.now())
    holder = vars(new.holder) | {"signing_sealed": text(new.holder.signing_sealed)}
    return {
        "identifier": new.identifier,
        "holder": holder,
        "intake": thread(new.intake),
        "internal": thread(new.internal),
        "first": text(new.first),
        "once": new.once,
    }


@pytest.fixture
def posted(committee):
    return new_post()


def post(client, address, data):
    return client.post(f"/sealed/{address}/", json.dumps(data), content_type="application/json")


def shown(posted):
    return {"locator": posted["holder"]["locator"], "proof": posted["holder"]["proof"]}


def test_a_sealed_case_is_kept_and_sent_again_it_is_the_same(client, posted):
    for _again in range(3):
        answer = post(client, "case", posted)
        assert answer.json() == {"kept": True, "case": posted["identifier"]}
    assert Case.objects.count() == Envelope.objects.count() == 1
    assert not answer.cookies


@pytest.mark.parametrize(
    "change",
    [
        {"text": CANARY},
        {"encrypted": True},
        {"first": text(CANARY.encode())},
        {"first": CANARY},
        {"first": text(b"age-encryption.org/v1\n" + CANARY.encode())},
        {"once": "short"},
        {"identifier": "../../etc"},
        {"intake": {}},
        {"holder": None},
    ],
    ids=str,
)
def test_plain_text_beside_or_instead_of_an_envelope_is_refused_and_nowhere_kept(client, posted, change, caplog):
    answer = post(client, "case", {**posted, **change})
    assert answer.status_code == 400
    assert CANARY not in answer.content.decode()
    assert CANARY not in caplog.text
    assert Case.objects.count() == 0


def test_what_is_no_json_is_refused(client, committee):
    for body in (b"", b"[]", b"\xff", b"text=" + CANARY.encode()):
        assert client.post("/sealed/case/", body, content_type="application/json").status_code == 400


def test_a_wrong_proof_and_a_case_that_never_was_get_the_same_answer(client, posted):
    post(client, "case", posted)
    wrong = post(client, "threads", {**shown(posted), "proof": "0" * 64})
    never = post(client, "threads", {"locator": "0" * 32, "proof": "0" * 64})
    assert (wrong.status_code, wrong.content) == (never.status_code, never.content)
    assert wrong.status_code == 404
    assert post(client, "threads", shown(posted)).json()["case"] == posted["identifier"]


def test_a_message_needs_the_proof_the_place_and_a_seal(client, posted):
    post(client, "case", posted)
    sealed = text(envelopes.seal(b"x" * 100, [posted["intake"]["recipient"]]))
    good = {**shown(posted), "sequence": 2, "sealed": sealed, "once": "a" * 32}
    assert post(client, "message", {**good, "proof": "0" * 64}).status_code == 404
    assert post(client, "message", {**good, "sequence": 3}).status_code == 409
    assert post(client, "message", {**good, "sealed": text(b"plain words")}).status_code == 400
    assert post(client, "message", good).status_code == 200
    assert post(client, "message", good).status_code == 200
    assert Envelope.objects.count() == 2


def test_a_file_is_kept_only_sealed_and_only_with_the_proof(client, posted):
    post(client, "case", posted)
    sealed = envelopes.seal(b"x" * 3000, [posted["intake"]["recipient"]])

    def send(file=sealed, **fields):
        parts = {"file": SimpleUploadedFile("f", file), "message": SimpleUploadedFile("m", sealed)}
        return client.post(
            "/sealed/file/", {**shown(posted), "identifier": "b" * 32, "sequence": "2", **fields, **parts}
        )

    assert send(proof="0" * 64).status_code == 404
    assert send(file=b"plain " + CANARY.encode()).status_code == 400
    assert send(identifier="../x").status_code == 400
    assert send().status_code == 200
    assert SealedFile.objects.count() == 1
    wanted = {**shown(posted), "identifier": "b" * 32}
    assert post(client, "file/get", wanted).content == sealed
    assert post(client, "file/get", {**wanted, "identifier": "c" * 32}).status_code == 404


def test_a_foreign_site_cannot_post(client, posted):
    answer = client.post(
        "/sealed/case/", json.dumps(posted), content_type="application/json", headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403


def test_many_sendings_bring_up_a_sum_here_too(client, posted):
    for _one in range(brakes.PER_SITE):
        brakes.brake.note("send")
    asked = post(client, "case", posted)
    assert asked.status_code == 429
    found = asked.json()
    assert found["phrase"] == "question"
    assert post(client, "case", {**posted, "sum": found["sum"], "answer": "1"}).json()["phrase"] == "question_wrong"
    solved = {"sum": found["sum"], "answer": str(found["a"] + found["b"])}
    assert post(client, "case", {**posted, **solved}).status_code == 200


def test_a_case_sealed_in_the_browser_costs_the_server_little(client, posted):
    client.get("/sealed/keys/")
    started = time.process_time()
    assert post(client, "case", posted).status_code == 200
    assert time.process_time() - started < 0.1
