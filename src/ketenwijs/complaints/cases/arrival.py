"""Sealing on arrival, for people whose browser cannot: done in memory within the request, then forgotten.

Also opening again with the receipt's keys, for reading without script. Nothing here touches disk or log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ketenwijs.complaints.cases.models import COMPLAINANT, Holder, new_identifier
from ketenwijs.complaints.cases.selectors import envelopes_of, newest_threads, signers_for, wraps_for_holder
from ketenwijs.complaints.cases.services.opening import SealedCase, SealedHolder, SealedThread
from ketenwijs.complaints.cases.services.writing import add_file, add_message
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.sealing import envelopes, signatures
from ketenwijs.complaints.sealing.payloads import FIRST, INTAKE, Payload, Place, sealed
from ketenwijs.complaints.sealing.receipts import keys_from, once_token
from ketenwijs.complaints.sealing.threads import Read, read_thread


@dataclass(frozen=True)
class Arrived:
    """A file as it came: already cleaned of place and camera data."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Opened:
    """A holder's threads with the keys that opened them; lives for one request."""

    holder: Holder
    private: bytes
    identities: Mapping[tuple[str, int], str]
    messages: Mapping[str, list[Read]]


def seal_case(
    *,
    stretched: bytes,
    body: Mapping[str, Any],
    nonce: str,
    now: datetime,
    without_chair: bool = False,
    kind: str = "complaint",
) -> SealedCase:
    """Everything of a new case, sealed. `body` holds the words; `stretched` is what the receipt became."""
    keys, identifier = keys_from(stretched), new_identifier()
    private, signing = signatures.new_signing_key()
    recipient = envelopes.recipient_of(keys.identity)
    readers = {key.identifier: key.recipient for key in committee.first_readers(without_chair=without_chair)}
    intake, internal = _thread(readers, holder=recipient), _thread(readers)
    # Signed with the words: whom the committee may seal new keys to, and which key its own thread began with.
    told = {**body, "signing": signing, "keys": {"holder": recipient, "committee": internal.recipient}}
    payload = Payload(Place(identifier, INTAKE, 1, 1, FIRST), COMPLAINANT, _moment(now), "text", told, _seen())
    return SealedCase(
        identifier=identifier,
        holder=SealedHolder(keys.locator, keys.proof, recipient, signing, envelopes.seal(private, [recipient])),
        intake=intake,
        internal=internal,
        first=sealed(payload, private=private, recipient=intake.recipient),
        once=once_token(stretched, nonce, str(body.get("text", ""))),
        without_chair=without_chair,
        kind=kind,
    )


def open_for(holder: Holder, stretched: bytes) -> Opened:
    """Everything a holder may read, checked message by message. Raises Refusal when the receipt's keys do not fit."""
    keys = keys_from(stretched)
    private = envelopes.unseal(bytes(holder.signing_sealed), keys.identity)
    identities = {
        place: envelopes.unseal(wrap, keys.identity).decode().strip()
        for place, wrap in wraps_for_holder(holder).items()
    }
    signers = {**signers_for(holder), **committee.key_list().signers}
    messages = {}
    for name in dict.fromkeys(name for name, _epoch in identities):
        messages[name] = read_thread(
            envelopes_of(holder.case, name),
            case=holder.case.identifier,
            thread=name,
            identities={epoch: one for (thread, epoch), one in identities.items() if thread == name},
            signers=signers,
        )
    return Opened(holder, private, identities, messages)


def is_proven(opened: Opened, name: str) -> bool:
    """Whether the newest key of a thread was made by the holder or a member, not by the host: a message in its epoch
    is signed by one of them. Sealing is anonymous, so a key that was only sealed to somebody proves nothing."""
    epoch = max(number for thread, number in opened.identities if thread == name)
    makers = [one.payload.author for one in opened.messages[name] if one.payload and one.payload.place.epoch == epoch]
    own = COMPLAINANT if epoch == 1 else ""
    return any(author == own or author.startswith("member:") for author in makers)


def write(opened: Opened, *, name: str, kind: str, body: Mapping[str, Any], now: datetime, once: str = "") -> None:
    """Seal and append one message of the holder."""
    sequence, message = next_message(opened, name, kind, body, now)
    add_message(case=opened.holder.case, name=name, sequence=sequence, sealed=message, once=once)


def write_file(opened: Opened, *, name: str, file: Arrived, now: datetime) -> None:
    """Seal and append one file of the holder."""
    case, identifier = opened.holder.case, new_identifier()
    thread = newest_threads(case)[name]
    body = {
        "file": identifier,
        "name": file.name,
        "type": file.type,
        "size": len(file.content),
        "sha256": hashlib.sha256(file.content).hexdigest(),
    }
    sequence, message = next_message(opened, name, "file", body, now)
    add_file(
        case=case,
        name=name,
        identifier=identifier,
        file=envelopes.seal_file(file.content, _recipient(opened, name, thread.epoch)),
        sequence=sequence,
        message=message,
    )


def open_file(opened: Opened, name: str, body: Mapping[str, Any], epoch: int, stored: bytes) -> bytes:
    """A file's bytes. Raises Refusal(DAMAGED) when it is not what its message named."""
    return envelopes.unseal_file(
        stored, opened.identities[name, epoch], size=int(body["size"]), sha256=str(body["sha256"])
    )


def next_message(opened: Opened, name: str, kind: str, body: Mapping[str, Any], now: datetime) -> tuple[int, bytes]:
    """Number and envelope of the holder's next message, not kept yet."""
    holder, case = opened.holder, opened.holder.case
    thread, before = newest_threads(case)[name], envelopes_of(case, name)
    previous = envelopes.digest(before[-1].sealed) if before else FIRST
    sequence = before[-1].sequence + 1 if before else 1
    place = Place(case.identifier, name, thread.epoch, sequence, previous)
    payload = Payload(place, holder.role, _moment(now), kind, body, _seen())
    return sequence, sealed(payload, private=opened.private, recipient=_recipient(opened, name, thread.epoch))


def _recipient(opened: Opened, name: str, epoch: int) -> str:
    """Of the identity that was opened, never of the row: a row can be changed."""
    return envelopes.recipient_of(opened.identities[name, epoch])


def _thread(readers: Mapping[str, str], holder: str = "") -> SealedThread:
    identity, recipient = envelopes.new_identity()
    content, recovery = identity.encode() + b"\n", committee.key_list().recovery
    return SealedThread(
        recipient=recipient,
        wraps={key: envelopes.seal(content, [reader]) for key, reader in readers.items()},
        for_holder=envelopes.seal(content, [holder]) if holder else b"",
        for_recovery=envelopes.seal(content, [recovery]) if recovery else b"",
    )


def _seen() -> dict[str, Any]:
    """The key list that counted when this was written; a later one may not be older or of another root."""
    found = committee.key_list()
    return {"serial": found.serial, "root": found.root}


def _moment(now: datetime) -> str:
    """The exact moment stands inside the seal only."""
    return now.isoformat(timespec="minutes")
