"""A telephone that seals by itself, as the intake's script does, without a browser: many of them make a flood."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime

from ketenwijs.complaints.sealing import envelopes, signatures
from ketenwijs.complaints.sealing.payloads import FIRST, INTAKE, Payload, Place, sealed
from ketenwijs.complaints.sealing.receipts import keys_from, once_token
from ketenwijs.complaints.tests.attack.member import text


def sealed_case(keys, words, secret=None):
    """A new case as it is posted. `keys` is what `/sealed/keys/` said; `secret` what the receipt became."""
    secret = secret or secrets.token_bytes(32)
    own, identifier = keys_from(secret), secrets.token_hex(16)
    recipient = envelopes.recipient_of(own.identity)
    private, signing = signatures.new_signing_key()
    listed = json.loads(keys["document"])
    readers = {one["identifier"]: one["recipient"] for one in listed["members"] if one["identifier"] in keys["readers"]}
    intake, internal = _thread(readers, recipient), _thread(readers)
    place = Place(identifier, INTAKE, 1, 1, FIRST)
    body = {"text": words, "signing": signing, "sealed_by": "browser"}
    seen = {"serial": listed["serial"], "root": listed["root"]}
    payload = Payload(place, "complainant", datetime.now(UTC).isoformat(timespec="minutes"), "text", body, seen)
    return {
        "identifier": identifier,
        "holder": {
            "locator": own.locator,
            "proof": own.proof,
            "recipient": recipient,
            "signing": signing,
            "signing_sealed": text(envelopes.seal(private, [recipient])),
        },
        "intake": intake,
        "internal": internal,
        "first": text(sealed(payload, private=private, recipient=intake["recipient"])),
        "once": once_token(secret, "n", words),
        "without_chair": False,
    }


def _thread(readers, holder=""):
    identity, recipient = envelopes.new_identity()
    content = identity.encode() + b"\n"
    mine = {"for_holder": text(envelopes.seal(content, [holder]))} if holder else {}
    wraps = {one: text(envelopes.seal(content, [key])) for one, key in readers.items()}
    return {"recipient": recipient, "wraps": wraps, **mine}


def post_case(browser, case):
    """Send it, solving the sum when one is asked. Gives the status of the last answer and how many sums there were."""
    sums = 0
    while True:
        answer = browser.ask("/sealed/case/", json.dumps(case).encode(), "application/json")
        if answer.status != 429 or sums == 3:
            return answer.status, sums
        asked, sums = json.loads(answer.body), sums + 1
        case = {**case, "sum": asked["sum"], "answer": str(asked["a"] + asked["b"])}
