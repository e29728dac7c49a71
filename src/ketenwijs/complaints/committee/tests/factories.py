"""A committee with keys, as the tests and the demonstration of this program need it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

from django.utils import timezone

from ketenwijs.complaints.committee import selectors
from ketenwijs.complaints.committee.models import MemberKey, Seat, SignedKeyList
from ketenwijs.complaints.committee.services import identifier_of
from ketenwijs.complaints.sealing import envelopes, keylists, signatures
from ketenwijs.complaints.sealing.keylists import KeyList, ListedKey
from ketenwijs.foundation.accounts.models import Person


@dataclass
class Sitting:
    """One member with everything that only their browser knows."""

    person: Person
    seat: Seat
    key: MemberKey
    identity: str
    private: bytes

    @property
    def member(self):
        return selectors.Member(self.person, self.seat)


@dataclass
class Committee:
    """All members and the root that signs."""

    members: dict[str, Sitting]
    root_private: bytes
    root: str

    def __getitem__(self, function):
        return self.members[function]


def scrypt_like(content: bytes) -> bytes:
    """Stands in for what the browser wraps with a passphrase: only its first lines are looked at by the server."""
    return envelopes.MAGIC + b"-> scrypt AAAA 18\n" + content


def sitting(function, *, tested=True, name=None):
    name = name or function
    person = Person.objects.create_user(f"{name}@committee.example", "long enough to sign in", name=name.title())
    seat = Seat.objects.create(person=person, function=function, since=timezone.localdate())
    identity, recipient = envelopes.new_identity()
    private, signing = signatures.new_signing_key()
    key = MemberKey.objects.create(
        person=person,
        identifier=identifier_of(recipient, signing),
        recipient=recipient,
        signing=signing,
        by_passphrase=scrypt_like(b"x" * 200),
        by_paper=envelopes.seal(identity.encode(), [recipient]),
        made_on=timezone.localdate(),
        tested_on=timezone.localdate() if tested else None,
    )
    return Sitting(person, seat, key, identity, private)


def listed(one: Sitting) -> ListedKey:
    key = one.key
    return ListedKey(key.identifier, one.person.name, one.seat.function, key.recipient, key.signing, "2026-11-23")


def put_up_list(committee: Committee, serial=None):
    before = selectors.key_list()
    found = KeyList(
        serial or before.serial + 1, committee.root, tuple(listed(one) for one in committee.members.values())
    )
    return SignedKeyList.objects.create(
        serial=found.serial,
        document=keylists.document(found).decode(),
        signature=keylists.signed(found, committee.root_private),
        taken_on=timezone.localdate(),
    )


def full_committee(*functions):
    functions = functions or ("chair", "secretary", "deputy_chair", "member_firms", "member_society")
    private, root = signatures.new_signing_key()
    committee = Committee({one: sitting(one) for one in functions}, private, root)
    put_up_list(committee)
    return committee


def age_opens(identity: str, sealed: bytes, folder) -> bytes:
    """What the ordinary age program makes of an envelope."""
    (folder / "key").write_text(identity + "\n")
    return subprocess.run(
        ["age", "-d", "-i", str(folder / "key")], input=sealed, capture_output=True, check=True
    ).stdout
