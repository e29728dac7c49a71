"""A member of the committee over the wire: what their browser does with their keys, done in Python."""

from __future__ import annotations

import base64
import json
import re
import urllib.parse
from datetime import UTC, datetime

import pyrage

from ketenwijs.complaints.demonstration import PASSPHRASE, PEOPLE
from ketenwijs.complaints.register.rules import LABEL, ruling_bytes
from ketenwijs.complaints.sealing import envelopes, signatures
from ketenwijs.complaints.sealing.payloads import Payload, Place, sealed
from ketenwijs.complaints.sealing.receipts import keys_from, new_receipt, stretched
from ketenwijs.complaints.sealing.threads import Stored
from ketenwijs.complaints.tests.attack.served import Browser


def text(data):
    return base64.b64encode(data).decode()


class OverTheWire:
    """Signs in as an example member, opens the own key, reads and writes cases."""

    def __init__(self, address, function):
        self.browser = Browser(address)
        shown = self.browser.ask("/accounts/login/").text
        forms = re.findall(r'<form[^>]*action="/accounts/demo/".*?</form>', shown, re.DOTALL)
        form = forms[[one for one, _name in PEOPLE].index(function)]
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        assert self.browser.ask("/accounts/demo/", urllib.parse.urlencode(fields).encode()).status == 302
        found = self.get("/committee/key/wrapped/")
        lines = pyrage.passphrase.decrypt(base64.b64decode(found["by_passphrase"]), PASSPHRASE).decode().split("\n")
        self.private = base64.b64decode(lines[0].removeprefix("# signing "))
        self.identity, self.identifier = lines[1], found["identifier"]

    def get(self, path):
        answer = self.browser.ask(path, Accept="application/json")
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def token(self):
        return re.search(
            r'name="csrfmiddlewaretoken" value="(\w+)"', self.browser.ask("/committee/members/").text
        ).group(1)

    def post(self, path, data):
        headers = {"X-CSRFToken": self.token(), "Accept": "application/json"}
        answer = self.browser.ask(path, json.dumps(data).encode(), "application/json", **headers)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def declare(self, number, free="yes"):
        fields = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token(), "free": free}).encode()
        assert self.browser.ask(f"/committee/cases/{number}/declare/", fields).status == 302

    def opened(self, number):
        """The case, with the newest identity of each thread."""
        data = self.get(f"/committee/cases/{number}/data/")
        for one in data["threads"].values():
            wraps = {int(epoch): base64.b64decode(wrap) for epoch, wrap in one["wraps"].items()}
            one["identities"] = {
                epoch: envelopes.unseal(w, self.identity).decode().strip() for epoch, w in wraps.items()
            }
            rows = one["envelopes"]
            one["stored"] = [Stored(r["sequence"], r["epoch"], base64.b64decode(r["sealed"])) for r in rows]
        return data

    def made(self, data, name, kind, body):
        """Number and envelope of the member's next message in a thread."""
        thread = data["threads"][name]
        before = thread["stored"]
        previous = envelopes.digest(before[-1].sealed) if before else ""
        place = Place(data["case"], name, thread["epoch"], len(before) + 1, previous)
        moment = datetime.now(UTC).isoformat(timespec="minutes")
        payload = Payload(place, f"member:{self.identifier}", moment, kind, body)
        message = sealed(payload, private=self.private, recipient=thread["recipient"])
        return {"sequence": place.sequence, "sealed": text(message)}

    def write(self, number, name, words, kind="text"):
        made = self.made(self.opened(number), name, kind, {"text": words})
        self.post(f"/committee/cases/{number}/message/", {"name": name, **made})

    def move(self, number, step, reasons=""):
        data = self.opened(number)
        made = self.made(data, "committee", "reasons", {"text": reasons, "move": step}) if reasons else {}
        self.post(f"/committee/cases/{number}/move/", {"move": step, "seen": data["state"], **made})

    def new_thread(self, data, holder=""):
        """A thread's new key, sealed to everybody who reads the case now."""
        identity, recipient = envelopes.new_identity()
        content = identity.encode() + b"\n"
        listed = {one["identifier"]: one["recipient"] for one in json.loads(data["document"])["members"]}
        wraps = {one: text(envelopes.seal(content, [listed[one]])) for one in data["readers"]}
        mine = {"for_holder": text(envelopes.seal(content, [holder]))} if holder else {}
        return {"recipient": recipient, "wraps": wraps, **mine}

    def hear(self, number):
        """Open a thread with the firm; gives the number to hand over."""
        data, receipt = self.opened(number), new_receipt()
        keys = keys_from(stretched(receipt, bytes.fromhex(data["salt"])))
        recipient = envelopes.recipient_of(keys.identity)
        private, signing = signatures.new_signing_key()
        party = {"locator": keys.locator, "proof": keys.proof, "recipient": recipient, "signing": signing}
        party["signing_sealed"] = text(envelopes.seal(private, [recipient]))
        note = self.made(data, "committee", "heard", {"party": data["next_party"], "text": "The firm", "consent": 0})
        thread = self.new_thread(data, recipient)
        self.post(
            f"/committee/cases/{number}/hear/", {"name": data["next_party"], "party": party, "thread": thread, **note}
        )
        return receipt

    def sign_ruling(self, number, title, words):
        ruling = {"number": number, "interim": False, "language": "nl", "title": title, "text": words}
        signature = text(signatures.sign(self.private, LABEL, ruling_bytes(**ruling)))
        self.post("/committee/rulings/", {**ruling, "signature": signature})
