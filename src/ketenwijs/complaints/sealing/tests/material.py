"""Keys and messages that the tests share."""

from __future__ import annotations

from dataclasses import dataclass, field

from ketenwijs.complaints.sealing import envelopes, payloads, signatures
from ketenwijs.complaints.sealing.threads import Stored


@dataclass
class Row:
    """A thread that grows."""

    case: str = "case-1"
    thread: str = payloads.INTAKE
    stored: list[Stored] = field(default_factory=list)
    private: bytes = b""
    signing: str = ""
    identity: str = ""
    recipient: str = ""

    def __post_init__(self):
        self.private, self.signing = signatures.new_signing_key()
        self.identity, self.recipient = envelopes.new_identity()

    @property
    def signers(self):
        return {"complainant": self.signing}

    def add(self, text, *, private=None, author="complainant", epoch=1, key_list=None):
        previous = envelopes.digest(self.stored[-1].sealed) if self.stored else payloads.FIRST
        sequence = len(self.stored) + 1
        place = payloads.Place(self.case, self.thread, epoch, sequence, previous)
        payload = payloads.Payload(place, author, "2026-11-23T10:00", "text", {"text": text}, key_list or {})
        sealed = payloads.sealed(payload, private=private or self.private, recipient=self.recipient)
        self.stored.append(Stored(sequence, epoch, sealed))
        return self.stored[-1]
