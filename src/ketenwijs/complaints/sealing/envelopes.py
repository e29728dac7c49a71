"""Envelopes: plain age files (age-encryption.org/v1), padded to size steps so that length tells little."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pyrage

from ketenwijs.complaints.sealing.refusals import DAMAGED, Refusal

MAGIC = b"age-encryption.org/v1\n"
KIB = 1024
STEPS = (1 * KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB)


def new_identity() -> tuple[str, str]:
    """A fresh X25519 identity and its recipient, as age spells them."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(identity: str) -> str:
    """The public half. Raises Refusal(DAMAGED) for text that is no identity."""
    return str(_identity(identity).to_public())


def is_recipient(text: str) -> bool:
    """Whether text is an X25519 recipient of age."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def padded_size(length: int) -> int:
    """The size step for a length in bytes: 1, 4, 16, 64, 256 KiB, then every 256 KiB."""
    for step in STEPS:
        if length <= step:
            return step
    return -(-length // STEPS[-1]) * STEPS[-1]


def seal(content: bytes, recipients: Sequence[str]) -> bytes:
    """An age file that each of the recipients can open. At least one is needed."""
    if not recipients:
        raise ValueError("nobody could open this")
    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(one) for one in recipients]))


def unseal(envelope: bytes, identity: str) -> bytes:
    """The content. Raises Refusal(DAMAGED) for what is cut, changed, or sealed to somebody else."""
    try:
        return bytes(pyrage.decrypt(bytes(envelope), [_identity(identity)]))
    except (pyrage.DecryptError, ValueError, OSError) as error:
        raise Refusal(DAMAGED) from error


def seal_file(content: bytes, recipient: str) -> bytes:
    """A file, zeros added up to the size step; its true size stands in the signed message beside it."""
    return seal(content + bytes(padded_size(len(content)) - len(content)), [recipient])


def unseal_file(envelope: bytes, identity: str, *, size: int, sha256: str) -> bytes:
    """The file as it was. Raises Refusal(DAMAGED) when it is not exactly what the signed message named."""
    content = unseal(envelope, identity)[:size]
    if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
        raise Refusal(DAMAGED)
    return content


def looks_sealed(data: bytes) -> bool:
    """Whether the bytes have the shape of an age file: its first line and at least one X25519 stanza and a body."""
    data = bytes(data)
    end = data.find(b"\n--- ")
    return data.startswith(MAGIC + b"-> X25519 ") and end > 0 and len(data) >= end + 5 + 43 + 1 + 16 + 16


def digest(envelope: bytes) -> str:
    """What the next message of the row names as its predecessor."""
    return hashlib.sha256(bytes(envelope)).hexdigest()


def _identity(text: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(text.strip())
    except pyrage.IdentityError as error:
        raise Refusal(DAMAGED) from error
