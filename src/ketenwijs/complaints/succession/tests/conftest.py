"""A committee, a case with what only its complainant knows, and a body that runs the same program."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.utils import timezone

from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.selectors import newest_threads
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.tests.conftest import identity_of, sealed_by, tell
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.sealing import envelopes, keylists, signatures
from ketenwijs.complaints.sealing.keylists import KeyList, ListedKey
from ketenwijs.complaints.sealing.payloads import COMMITTEE, INTAKE
from ketenwijs.complaints.succession import rules, services
from ketenwijs.complaints.succession.definitions import succession
from ketenwijs.complaints.succession.models import Successor
from ketenwijs.complaints.succession.rules import Body
from ketenwijs.complaints.succession.services import Handed
from ketenwijs.complaints.tests.conftest import _clean_brake, browsers  # noqa: F401 - fixtures of this folder too

CANARY = "canary-Tungabhadra-shed-3"


@dataclass
class Other:
    """The body with everything that only its members know."""

    found: KeyList
    document: str
    signature: str
    identities: list[str]


def other_body(members=2):
    private, root = signatures.new_signing_key()
    identities, listed = [], []
    for number in range(members):
        identity, recipient = envelopes.new_identity()
        signing = signatures.new_signing_key()[1]
        identities.append(identity)
        listed.append(ListedKey(f"{number:016}", f"Example {number}", "chair", recipient, signing, "2026-11-01"))
    found = KeyList(1, root, tuple(listed))
    return Other(found, keylists.document(found).decode(), keylists.signed(found, private), identities)


def body_of(other, **changes):
    body = Body(
        serial=1,
        name="Example body for grievances",
        address="https://grievances.example/",
        post="Example street 1\n0000 AA Exampletown",
        since=timezone.localdate().isoformat(),
        root=other.found.root,
        recipients=rules.recipients_of(other.found),
        fingerprint=keylists.fingerprint(other.found.root),
    )
    return replace(body, **changes)


def signed_by(sitting, statement, private=None):
    return base64.b64encode(signatures.sign(private or sitting.private, rules.LABEL, statement.encode())).decode()


def proposed(sitting, other, **changes):
    statement = rules.statement_of(body_of(other, **changes))
    return services.propose(
        actor=sitting.member,
        statement=statement,
        signature=signed_by(sitting, statement),
        document=other.document,
        list_signature=other.signature,
    )


def confirmed(sitting, successor, fingerprint=None):
    return services.confirm(
        actor=sitting.member,
        digest=successor.digest,
        fingerprint=fingerprint or successor.body.fingerprint,
        signature=signed_by(sitting, successor.statement),
    )


def wait_over(successor):
    """As if the days had gone by."""
    before = timezone.localdate() - timedelta(days=succession().waiting_days)
    Successor.objects.filter(pk=successor.pk).update(proposed_on=before, waits_until=timezone.localdate())
    successor.refresh_from_db()
    return successor


def says(told, successor, agrees, *, holder=None):
    """The complainant's answer, as the page without script seals it."""
    holder = holder or told.case.holders.get(role="complainant")
    opened = arrival.open_for(holder, told.secret)
    words = {"text": "yes" if agrees else "no", "body": successor.digest}
    sequence, message = arrival.next_message(opened, INTAKE, "handover", words, timezone.now())
    return services.answer(
        holder=holder, digest=successor.digest, agrees=agrees, sequence=sequence, sealed=message, once=""
    )


def sealed_keys(sitting, case, successor):
    """What the member's browser makes: every thread identity, sealed to the body's recipients."""
    found = []
    for name, thread in newest_threads(case).items():
        for epoch in range(1, thread.epoch + 1):
            identity = identity_of(sitting, case, name, epoch)
            found.append(Handed(name, epoch, envelopes.seal(f"{identity}\n".encode(), successor.body.recipients)))
    return found


def handed_over(sitting, case, successor, **changes):
    how = {
        "actor": sitting.member,
        "case": case,
        "digest": successor.digest,
        "keys": changes.pop("keys", None) or sealed_keys(sitting, case, successor),
        **sealed_by(sitting, case, "handed over", name=COMMITTEE, kind="reasons"),
    }
    return services.hand_over(**{**how, **changes})


@pytest.fixture
def committee(db):
    return full_committee("chair", "secretary", "deputy_chair", "member_firms", "member_society", "translator")


@pytest.fixture
def told(committee):
    """A case in defence of which chair and secretary declared themselves free."""
    one = tell(CANARY)
    for function in ("chair", "secretary"):
        declare(actor=committee[function].member, case=one.case, free=True)
    Case.objects.filter(pk=one.case.pk).update(state="defence")
    one.case.refresh_from_db()
    return one


@pytest.fixture
def other():
    return other_body()


@pytest.fixture
def successor(committee, other):
    """A body that two signed for, after the time for objections."""
    return wait_over(confirmed(committee["secretary"], proposed(committee["chair"], other)))
