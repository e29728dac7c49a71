"""Pure rules of succession: what members sign about a body, its fingerprint, and whether it may be used on a day."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from ketenwijs.complaints.sealing import keylists, signatures
from ketenwijs.complaints.sealing.envelopes import is_recipient, looks_sealed
from ketenwijs.complaints.sealing.keylists import KeyList

SUITE = 1
LABEL = b"ketenwijs-complaints-successor-1\n"
LONGEST = {"name": 160, "address": 300, "post": 300}
MOST_RECIPIENTS = 40
SIGNATURES_NEEDED = 2
PROPOSED, WAITING, OBJECTED, USABLE = "proposed", "waiting", "objected", "usable"
STANZA = b"-> X25519 "


@dataclass(frozen=True)
class Body:
    """Who goes on with the cases. `root` is empty when the body gave one recipient instead of a signed list; `since`
    is the first day on which cases may go over."""

    serial: int
    name: str
    address: str
    post: str
    since: str
    root: str
    recipients: tuple[str, ...]
    fingerprint: str


def statement_of(body: Body) -> str:
    """Exactly what two members sign."""
    return json.dumps({"suite": SUITE, **asdict(body)}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def parsed(statement: str) -> Body:
    """A body from its statement. Raises ValueError for anything that is not written exactly so, or not sound."""
    try:
        data = json.loads(statement)
        if data.pop("suite") != SUITE:
            raise ValueError("another suite")
        body = Body(**{**data, "recipients": tuple(data["recipients"])})
        date.fromisoformat(body.since)
        is_same = statement_of(body) == statement
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a statement") from error
    words = [body.name, body.address, body.post, body.since, body.root, body.fingerprint, *body.recipients]
    if not is_same or not all(isinstance(one, str) for one in words) or not isinstance(body.serial, int):
        raise ValueError("not a statement")
    _refuse_unsound(body)
    return body


def _refuse_unsound(body: Body) -> None:
    for name, most in LONGEST.items():
        text = getattr(body, name)
        if not text.strip() or len(text) > most:
            raise ValueError(name)
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+", body.address):
        raise ValueError("address")
    own = set(body.recipients)
    if not 0 < len(own) == len(body.recipients) <= MOST_RECIPIENTS or not all(map(is_recipient, own)):
        raise ValueError("recipients")


def recipients_of(found: KeyList) -> tuple[str, ...]:
    """To whom a body that runs this program has cases sealed: its acting members, and its recovery key."""
    recovery = (found.recovery,) if found.recovery else ()
    return tuple(sorted({one.recipient for one in found.acting} | set(recovery)))


def fingerprint_of(recipient: str) -> str:
    """The last 24 characters of a single recipient in groups of four: its holder reads them from its own key file.

    Of these 18 are 90 bits of the key and six its checksum, so no other key can be made to fit.
    """
    end = recipient[-keylists.FINGERPRINT_DIGITS :]
    return " ".join(end[place : place + 4] for place in range(0, len(end), 4))


def compared(text: str) -> str:
    """Only letters and digits of what somebody typed, small, digits of any script as ours."""
    return "".join(str(int(one)) if one.isdecimal() else one.lower() for one in text if one.isalnum())


def digest_of(statement: str) -> str:
    """How consent and the page name one statement."""
    return hashlib.sha256(statement.encode()).hexdigest()


def is_signed_by(signing: str, statement: str, signature: str) -> bool:
    """Whether a public key signed exactly this statement."""
    try:
        proof = base64.b64decode(signature, validate=True)
    except ValueError:
        return False
    return signatures.is_signed(signing, LABEL, statement.encode(), proof)


def standing(*, signed: int, waits_until: date | None, objections: int, today: date) -> str:
    """Where a body stands: proposed by one, waiting, objected to, or usable."""
    if signed < SIGNATURES_NEEDED or waits_until is None:
        return PROPOSED
    if objections:
        return OBJECTED
    return WAITING if today < waits_until else USABLE


def is_sealed_to(sealed: bytes, recipients: Sequence[str]) -> bool:
    """Whether an age file has as many X25519 stanzas as there are recipients; for whom they are nobody can see."""
    head = bytes(sealed).partition(b"\n--- ")[0]
    return looks_sealed(sealed) and sum(line.startswith(STANZA) for line in head.split(b"\n")) == len(recipients)


def missing(wanted: Collection[tuple[str, int]], given: Sequence[tuple[str, int]]) -> bool:
    """Whether what was given is not exactly one key for each thread and epoch wanted."""
    return len(given) != len(set(given)) or set(given) != set(wanted)
