"""The committee's signed list of public keys and the fingerprint that stands on posters (security.md 4.3)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from ketenwijs.complaints.sealing import signatures
from ketenwijs.complaints.sealing.envelopes import is_recipient, seal, unseal
from ketenwijs.complaints.sealing.refusals import LIST_NOT_SIGNED, LIST_OLDER, LIST_OTHER_ROOT, Refusal

SUITE = 1
LABEL = b"ketenwijs-complaints-keylist-1\n"
FINGERPRINT_DIGITS = 24


@dataclass(frozen=True)
class ListedKey:
    """One member's public keys. `until` is empty while they act; old keys stay, so that old messages can be checked."""

    identifier: str
    name: str
    function: str
    recipient: str
    signing: str
    since: str
    until: str = ""


@dataclass(frozen=True)
class KeyList:
    """A list that was checked."""

    serial: int
    root: str
    members: tuple[ListedKey, ...]
    recovery: str = ""

    @property
    def signers(self) -> dict[str, str]:
        """Public signing key by author, as payloads name them."""
        return {f"member:{one.identifier}": one.signing for one in self.members}

    @property
    def acting(self) -> list[ListedKey]:
        """Keys of those who act now."""
        return [one for one in self.members if not one.until]


def document(key_list: KeyList) -> bytes:
    """The bytes that are signed."""
    data = {
        "suite": SUITE,
        "serial": key_list.serial,
        "root": key_list.root,
        "members": [asdict(one) for one in key_list.members],
        "recovery": key_list.recovery,
    }
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed(key_list: KeyList, root_private: bytes) -> str:
    """The signature of a list, base64. On the server only in tests and the demonstration: the root key lives offline."""
    return base64.b64encode(signatures.sign(root_private, LABEL, document(key_list))).decode()


def checked(text: bytes, signature: str, *, fingerprint_wanted: str = "", least_serial: int = 0) -> KeyList:
    """A list from its bytes and signature.

    Raises Refusal: LIST_NOT_SIGNED, LIST_OTHER_ROOT (not the fingerprint of the poster), LIST_OLDER (than one seen).
    """
    try:
        data = json.loads(text)
        members = tuple(ListedKey(**one) for one in data["members"])
        found = KeyList(int(data["serial"]), data["root"], members, data["recovery"])
        proof = base64.b64decode(signature, validate=True)
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise Refusal(LIST_NOT_SIGNED) from error
    if data["suite"] != SUITE or not signatures.is_signed(found.root, LABEL, text, proof):
        raise Refusal(LIST_NOT_SIGNED)
    if not all(is_recipient(one.recipient) and signatures.is_public(one.signing) for one in found.members):
        raise Refusal(LIST_NOT_SIGNED)
    if fingerprint_wanted and fingerprint(found.root) != fingerprint_wanted:
        raise Refusal(LIST_OTHER_ROOT)
    if found.serial < least_serial:
        raise Refusal(LIST_OLDER)
    return found


def fingerprint(root: str) -> str:
    """24 digits (80 bits) of a root key, in groups of four: the same in every script and over the telephone."""
    number = int.from_bytes(hashlib.sha256(base64.b64decode(root)).digest(), "big")
    digits = str(number % 10**FINGERPRINT_DIGITS).zfill(FINGERPRINT_DIGITS)
    return " ".join(digits[place : place + 4] for place in range(0, FINGERPRINT_DIGITS, 4))


def recovery_packages(identity: str, members: Iterable[ListedKey]) -> dict[tuple[str, str], bytes]:
    """For each two members one package that only both together can open: sealed to the second, then to the first."""
    pairs = itertools.combinations(sorted(members, key=lambda one: one.identifier), 2)
    return {
        (one.identifier, other.identifier): seal(seal(identity.encode(), [other.recipient]), [one.recipient])
        for one, other in pairs
    }


def recovered(package: bytes, identities: Mapping[int, str]) -> str:
    """The recovery identity from one package, opened by the first of the pair (0) and then by the second (1)."""
    return unseal(unseal(package, identities[0]), identities[1]).decode()
