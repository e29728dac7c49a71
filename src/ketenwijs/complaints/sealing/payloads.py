"""What lies in an envelope: one line of JSON, one line of signature, spaces up to the size step.

So the ordinary `age` program shows a readable text. Every payload is signed and names its place: case, thread, epoch,
number in the row, and the digest of the envelope before it.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ketenwijs.complaints.sealing import signatures
from ketenwijs.complaints.sealing.envelopes import padded_size, seal, unseal
from ketenwijs.complaints.sealing.refusals import DAMAGED, NOT_GENUINE, OUT_OF_PLACE, UNKNOWN_SUITE, Refusal

SUITE = 1
LABEL = b"ketenwijs-complaints-message-1\n"
INTAKE, COMMITTEE, PARTY = "intake", "committee", "party"
MOST_PARTIES = 9
THREAD_NAME = r"^(intake|committee|party(-[2-9])?)$"
"""Each heard party has a thread of its own: `party`, then `party-2` up to `party-9`."""


def party_name(place: int) -> str:
    """The thread of the first, second … heard party of a case, which is its role as well."""
    return PARTY if place == 1 else f"{PARTY}-{place}"


def is_party(name: str) -> bool:
    """Whether a thread or role is that of a heard party."""
    return name == PARTY or name.startswith(f"{PARTY}-")


FIRST = ""
"""What the first message of a row names as its predecessor."""


@dataclass(frozen=True)
class Place:
    """Where a message stands."""

    case: str
    thread: str
    epoch: int
    sequence: int
    previous: str


@dataclass(frozen=True)
class Payload:
    """One message. `author`: complainant, party, or member:KEY; `kind` and `body` as the pages agree."""

    place: Place
    author: str
    sent_at: str
    kind: str
    body: Mapping[str, Any]
    key_list: Mapping[str, Any] = field(default_factory=dict)
    suite: int = SUITE


def written(payload: Payload) -> bytes:
    """One line of JSON."""
    place = payload.place
    data = {
        "suite": payload.suite,
        "case": place.case,
        "thread": place.thread,
        "epoch": place.epoch,
        "sequence": place.sequence,
        "previous": place.previous,
        "author": payload.author,
        "sent_at": payload.sent_at,
        "kind": payload.kind,
        "body": payload.body,
        "key_list": payload.key_list,
    }
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sealed(payload: Payload, *, private: bytes, recipient: str) -> bytes:
    """Sign, pad and seal one message to a thread."""
    line = written(payload)
    content = line + b"\n" + base64.b64encode(signatures.sign(private, LABEL, line)) + b"\n"
    return seal(content + b" " * (padded_size(len(content)) - len(content)), [recipient])


def opened(envelope: bytes, *, identity: str, place: Place, signers: Mapping[str, str]) -> Payload:
    """Open one message and check signature and place. `signers`: public key by author.

    Raises Refusal with DAMAGED, UNKNOWN_SUITE, NOT_GENUINE or OUT_OF_PLACE.
    """
    line, _newline, rest = unseal(envelope, identity).partition(b"\n")
    payload = read(line)
    if payload.suite != SUITE:
        raise Refusal(UNKNOWN_SUITE)
    public = signers.get(payload.author, "")
    try:
        signature = base64.b64decode(rest.strip(), validate=True)
    except binascii.Error as error:
        raise Refusal(NOT_GENUINE) from error
    if not public or not signatures.is_signed(public, LABEL, line, signature):
        raise Refusal(NOT_GENUINE)
    if payload.place != place:
        raise Refusal(OUT_OF_PLACE)
    return payload


def read(line: bytes) -> Payload:
    """A payload from its line, unchecked. Raises Refusal(DAMAGED) when it is none."""
    try:
        data = json.loads(line)
        author, sent_at, kind = (str(data[name]) for name in ("author", "sent_at", "kind"))
        place = Place(data["case"], data["thread"], data["epoch"], data["sequence"], data["previous"])
        body, key_list = dict(data["body"]), dict(data.get("key_list", {}))
        return Payload(place, author, sent_at, kind, body, key_list, data["suite"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(DAMAGED) from error
