"""The signed manifest of a release: what the pages for people without account load and say (security.md 4.8).

The committee's root key signs it, which the host does not have. Whoever watches compares it with what really comes.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ketenwijs.complaints.sealing import keylists, signatures

SUITE = 1
LABEL = b"ketenwijs-complaints-manifest-1\n"


class NotSigned(Exception):
    """A manifest that does not count; its text says why, for the console."""


@dataclass(frozen=True)
class Manifest:
    """What one release serves. `files`: SHA-256 by address, byte for byte; `pages`: SHA-256 of every way in which the page
    of an address may come, without what differs each time; `parts`: every element of those pages, to say what is new;
    `policy`: what the browser is told about scripts; `reviewed_only`: whether only reviewed languages are offered."""

    serial: int
    made_on: str
    program: str
    root: str
    reviewed_only: bool
    policy: str
    files: Mapping[str, str]
    pages: Mapping[str, tuple[str, ...]]
    parts: tuple[str, ...]


def document(manifest: Manifest) -> str:
    """Exactly what is signed."""
    return json.dumps({"suite": SUITE, **asdict(manifest)}, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def signed(text: str, root_private: bytes) -> str:
    """The signature under a document, base64. Only where the root key is, never on the host."""
    return base64.b64encode(signatures.sign(root_private, LABEL, text.encode())).decode()


def read(text: str) -> Manifest:
    """A manifest from its document, unchecked. Raises NotSigned for what is none."""
    try:
        data = json.loads(text)
        if data.pop("suite") != SUITE:
            raise NotSigned("This manifest is written in a way that this version does not know.")
        pages = {str(address): tuple(map(str, ways)) for address, ways in data.pop("pages").items()}
        files = {str(address): str(digest) for address, digest in data.pop("files").items()}
        found = Manifest(**{**data, "pages": pages, "files": files, "parts": tuple(map(str, data["parts"]))})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotSigned("This is no manifest of a release.") from error
    if not isinstance(found.serial, int) or not isinstance(found.root, str):
        raise NotSigned("This is no manifest of a release.")
    return found


def checked(text: str, signature: str, *, check_number: str, least_serial: int = 0) -> Manifest:
    """A manifest from its document and signature.

    Raises NotSigned: not signed, signed by another root than that of the check number, older than one seen before.
    """
    found = read(text)
    try:
        proof = base64.b64decode(signature, validate=True)
    except binascii.Error:
        proof = b""
    if not signatures.is_signed(found.root, LABEL, text.encode(), proof):
        raise NotSigned("The manifest is not signed by the root key that it names.")
    if _digits(keylists.fingerprint(found.root)) != _digits(check_number):
        raise NotSigned("The manifest is signed by another root key than that of this check number.")
    if found.serial < least_serial:
        raise NotSigned(f"Manifest {found.serial} is older than {least_serial}, which was seen before.")
    return found


def _digits(text: str) -> str:
    return "".join(str(int(one)) for one in text if one.isdecimal())
