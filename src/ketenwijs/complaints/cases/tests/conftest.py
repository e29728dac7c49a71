"""A committee, and a case that arrived without script."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils import timezone

from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.selectors import envelopes_of, newest_threads, wraps_for_member
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.services.opening import open_case
from ketenwijs.complaints.committee.selectors import site_salt
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.sealing import envelopes, receipts
from ketenwijs.complaints.sealing.payloads import COMMITTEE, Payload, Place, sealed


@pytest.fixture
def committee(db):
    return full_committee()


@dataclass
class Told:
    """A case and what only the complainant knows."""

    case: Case
    secret: bytes
    receipt: str


def tell(text="words", **how):
    receipt = receipts.new_receipt()
    secret = receipts.stretched(receipt, site_salt())
    new = arrival.seal_case(stretched=secret, body={"text": text}, nonce="n", now=timezone.now(), **how)
    return Told(open_case(new), secret, receipt)


@pytest.fixture
def told(committee):
    return tell()


@pytest.fixture
def case(told, committee):
    """A case of which the chair and the secretary declared themselves free."""
    for function in ("chair", "secretary"):
        declare(actor=committee[function].member, case=told.case, free=True)
    return told.case


def identity_of(sitting, case, name, epoch=1):
    """The thread identity as the member's browser unwraps it."""
    _key, wrap = wraps_for_member(case, sitting.member)[name, epoch]
    return envelopes.unseal(wrap, sitting.identity).decode().strip()


def sealed_by(sitting, case, text, name=COMMITTEE, kind="text", **body):
    """Sequence and envelope of a member's message, as the member's browser makes them."""
    before, thread = envelopes_of(case, name), newest_threads(case)[name]
    previous = envelopes.digest(before[-1].sealed) if before else ""
    place = Place(case.identifier, name, thread.epoch, len(before) + 1, previous)
    payload = Payload(place, f"member:{sitting.key.identifier}", "2026-11-24T10:00", kind, {"text": text, **body})
    return {"sequence": place.sequence, "sealed": sealed(payload, private=sitting.private, recipient=thread.recipient)}
