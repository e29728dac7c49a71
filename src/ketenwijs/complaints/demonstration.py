"""An example committee with keys whose passphrase everybody may know, and one example case. Demonstration only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import date

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.utils import timezone

from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.services.moving import move_case
from ketenwijs.complaints.cases.services.opening import open_case
from ketenwijs.complaints.committee import selectors, services
from ketenwijs.complaints.committee.models import MemberKey, Seat
from ketenwijs.complaints.register.services import release_register
from ketenwijs.complaints.sealing import envelopes, keylists, receipts, signatures
from ketenwijs.complaints.sealing.keylists import KeyList, ListedKey
from ketenwijs.foundation.accounts.models import DemoAccount, Person

PASSPHRASE = "voorbeeld steen groeve water licht"  # noqa: S105 - an example that everybody may know
"""Of every example key and of the example root; stands on the sign-in page of the demonstration."""
PEOPLE = (
    ("chair", "Voorbeeld Voorzitter"),
    ("secretary", "Voorbeeld Secretaris"),
    ("deputy_chair", "Voorbeeld Plaatsvervanger"),
    ("member_firms", "Voorbeeld Lid ondernemingen"),
    ("member_society", "Voorbeeld Lid vakbond"),
)
EXAMPLE = "Voorbeeld: in de zaagloods krijgen wij geen maskers tegen het stof. Er werken ook jongens van veertien."


def is_there() -> bool:
    """Whether it was filled before."""
    return Seat.objects.exists()


@transaction.atomic
def build() -> tuple[str, str]:
    """Fill it. Returns the number of the example case and the wrapped root key as text."""
    today = timezone.localdate()
    private, root = signatures.new_signing_key()
    members = [_member(function, name, position, today) for position, (function, name) in enumerate(PEOPLE)]
    listed = tuple(
        ListedKey(key.identifier, key.person.name, seat.function, key.recipient, key.signing, today.isoformat())
        for key, seat in selectors.listable()
    )
    found = KeyList(1, root, listed)
    document = keylists.document(found).decode()
    services.take_list(actor=members[0], document=document, signature=keylists.signed(found, private))
    receipt = receipts.new_receipt()
    secret = receipts.stretched(receipt, selectors.site_salt())
    body = {"text": EXAMPLE, "language": "nl", "sealed_by": "service"}
    case = open_case(arrival.seal_case(stretched=secret, body=body, nonce="example", now=timezone.now()))
    declare(actor=members[1], case=case, free=True)
    move_case(actor=members[1], case=Case.objects.get(pk=case.pk), move="acknowledge", seen="received")
    release_register(actor=members[0], about={})
    return receipts.grouped(receipt), base64.b64encode(_wrapped(base64.b64encode(private))).decode()


def _member(function: str, name: str, position: int, today: date) -> selectors.Member:
    person = Person.objects.create_user(f"{function.replace('_', '-')}@committee.example", name=name, language="nl")
    names = selectors.mechanism().seat_names()[function].by_language
    role = {code: f"{text} ({PASSPHRASE})" for code, text in names.items()}
    DemoAccount.objects.create(person=person, role=role, position=position)
    seat = Seat.objects.create(person=person, function=function, since=today)
    identity, recipient = envelopes.new_identity()
    private, signing = signatures.new_signing_key()
    file = f"# signing {base64.b64encode(private).decode()}\n{identity}\n".encode()
    MemberKey.objects.create(
        person=person,
        identifier=services.identifier_of(recipient, signing),
        recipient=recipient,
        signing=signing,
        by_passphrase=_wrapped(file),
        by_paper=envelopes.seal(file, [recipient]),
        made_on=today,
        tested_on=today,
    )
    return selectors.Member(person, seat)


def _wrapped(content: bytes) -> bytes:
    """An age file to the example passphrase, of one chunk. The library wants a gigabyte for this, too much for a
    telephone that looks at the demonstration; real keys are wrapped in the member's own browser."""
    cost, key, salt, nonce = 15, secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    stretched = hashlib.scrypt(
        PASSPHRASE.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=2**cost,
        r=8,
        p=1,
        maxmem=2**26,
        dklen=32,
    )
    body = ChaCha20Poly1305(stretched).encrypt(bytes(12), key, None)
    head = b"age-encryption.org/v1\n-> scrypt " + _text(salt) + f" {cost}\n".encode() + _text(body) + b"\n---"
    proof = hmac.new(_derived(key, b"", b"header"), head, hashlib.sha256).digest()
    chunk = ChaCha20Poly1305(_derived(key, nonce, b"payload")).encrypt(bytes(11) + b"\x01", content, None)
    return head + b" " + _text(proof) + b"\n" + nonce + chunk


def _derived(key: bytes, salt: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=use).derive(key)


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
