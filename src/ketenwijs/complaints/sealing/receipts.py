"""The receipt: twenty digits that are at once the number of a case and the only key of the person (security.md 4.4).

The same steps run in the browser (`static/sealing/receipts.js`); known answers keep the two alike.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ketenwijs.complaints.sealing import bech32
from ketenwijs.complaints.sealing.refusals import RECEIPT_MISTYPED, Refusal

DIGITS = 20
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**16, 8, 1
SCRYPT_MEMORY = 128 * SCRYPT_R * (SCRYPT_N + SCRYPT_P + 2)
LABEL = "ketenwijs-complaints-1 "
SEPARATORS = frozenset("-.,_/·\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff")
# Damm's table: one wrong digit or two neighbours swapped is always noticed.
DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


@dataclass(frozen=True)
class ReceiptKeys:
    """What a receipt becomes. `locator` finds the row, `proof` shows the right to it, `identity` opens what is sealed."""

    locator: str
    proof: str
    identity: str


def new_receipt() -> str:
    """Nineteen random digits (63 bits) and a check digit."""
    digits = "".join(secrets.choice("0123456789") for _place in range(DIGITS - 1))
    return digits + str(_damm(digits))


def normalised(typed: str) -> str:
    """The twenty digits of what somebody typed: digits of any script, spaces and dashes allowed.

    Raises Refusal(RECEIPT_MISTYPED) when it cannot be a receipt.
    """
    found = []
    for letter in typed:
        if letter.isspace() or letter in SEPARATORS or unicodedata.category(letter) == "Pd":
            continue
        digit = unicodedata.decimal(letter, None)
        if digit is None:
            raise Refusal(RECEIPT_MISTYPED)
        found.append(str(digit))
    digits = "".join(found)
    if len(digits) != DIGITS or _damm(digits) != 0:
        raise Refusal(RECEIPT_MISTYPED)
    return digits


def grouped(receipt: str) -> str:
    """As it is shown: five groups of four."""
    return " ".join(receipt[place : place + 4] for place in range(0, len(receipt), 4))


def stretched(receipt: str, salt: bytes) -> bytes:
    """The 32 bytes that a receipt becomes with the site's salt; costs 64 MiB and about 0.2 seconds on purpose."""
    return hashlib.scrypt(
        receipt.encode(), salt=salt, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P, maxmem=SCRYPT_MEMORY, dklen=32
    )


def keys_from(stretched_bytes: bytes) -> ReceiptKeys:
    """Locator, proof and identity from stretched bytes."""
    return ReceiptKeys(
        locator=derived(stretched_bytes, "locator", 16).hex(),
        proof=derived(stretched_bytes, "proof", 32).hex(),
        identity=identity_text(derived(stretched_bytes, "identity", 32)),
    )


def derived(secret: bytes, use: str, length: int = 32) -> bytes:
    """HKDF-SHA256 without salt, one label per use."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=(LABEL + use).encode()).derive(secret)


def identity_text(secret: bytes) -> str:
    """32 bytes as an age identity; X25519 itself clears and sets the bits it needs."""
    return bech32.encode("age-secret-key-", secret).upper()


def once_token(stretched_bytes: bytes, nonce: str, text: str) -> str:
    """Tells a repeated sending from a second message; keyed by the receipt, so it says nothing about the text."""
    told = hashlib.sha256(text.encode()).hexdigest()
    return derived(stretched_bytes, f"once {nonce} {told}", 16).hex()


def _damm(digits: str) -> int:
    row = 0
    for digit in digits:
        row = int(DAMM[row][int(digit)])
    return row
