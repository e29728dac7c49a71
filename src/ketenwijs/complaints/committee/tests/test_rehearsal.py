"""The yearly try of the recovery key: its term, who proves what, what is refused, and that no case is touched."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ketenwijs.complaints.cases.models import Wrap
from ketenwijs.complaints.cases.tests.conftest import tell
from ketenwijs.complaints.committee import rehearsal, selectors, services
from ketenwijs.complaints.committee.models import Rehearsal, SignedKeyList
from ketenwijs.complaints.committee.rehearsal import FAILED, NEVER, NO_KEY, OVERDUE, WELL, standing
from ketenwijs.complaints.committee.tests.factories import full_committee, listed
from ketenwijs.complaints.sealing import envelopes, keylists, signatures
from ketenwijs.complaints.sealing.keylists import KeyList
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

TODAY = date(2026, 3, 1)


@dataclass
class Try:
    on: date
    opened: bool = True


def stand(*tries, has_key=True, every_days=365):
    return standing(has_key=has_key, tries=tries, every_days=every_days, today=TODAY)


def test_a_key_that_was_never_tried_and_no_key_at_all_are_told_apart():
    assert stand(has_key=False).state == NO_KEY
    assert stand().state == NEVER


def test_a_try_counts_for_its_term_and_is_late_from_the_day_after():
    last = TODAY - timedelta(days=364)
    assert stand(Try(last)).state == WELL
    late = stand(Try(last - timedelta(days=1)))
    assert (late.state, late.last, late.due) == (OVERDUE, last - timedelta(days=1), TODAY)


def test_a_try_that_failed_counts_until_one_works_again():
    earlier, later = Try(TODAY - timedelta(days=9)), Try(TODAY - timedelta(days=2), opened=False)
    assert stand(earlier, later).state == FAILED
    assert stand(earlier, later).last == earlier.on
    assert stand(later, earlier).state == WELL
    assert stand(later).state == FAILED


def with_recovery(committee):
    """Puts up a list with a recovery key; gives its identity and the packages by pair of identifiers."""
    identity, recipient = envelopes.new_identity()
    members = tuple(listed(one) for one in committee.members.values())
    found = KeyList(selectors.key_list().serial + 1, committee.root, members, recipient)
    SignedKeyList.objects.create(
        serial=found.serial,
        document=keylists.document(found).decode(),
        signature=keylists.signed(found, committee.root_private),
        taken_on=timezone.localdate(),
    )
    return identity, keylists.recovery_packages(identity, members)


@dataclass
class Scene:
    """A committee whose first pair tries its package."""

    first: object
    second: object
    identity: str
    package: bytes

    @property
    def recovery(self):
        return selectors.key_list().recovery

    def half(self, **changed):
        """What the first member's browser makes."""
        inner = hashlib.sha256(envelopes.unseal(self.package, self.first.identity)).hexdigest()
        day = changed.pop("day", timezone.localdate())
        content = rehearsal.half_signed(self.recovery, inner, day)
        signature = text(signatures.sign(self.first.private, rehearsal.HALF_LABEL, content))
        return replace(services.Half(self.first.key.identifier, day, inner, signature), **changed)

    def done(self, **changed):
        """What the second member's browser makes of a challenge."""
        words = b"w" * 32
        signature = text(signatures.sign(self.second.private, rehearsal.DONE_LABEL, words))
        expected = hashlib.sha256(words).digest()
        proof = {"recovery": self.recovery, "expected": expected, "answer": words, "signature": signature}
        return {"actor": self.second.member, "half": self.half(), **proof, **changed}


def text(data):
    return base64.b64encode(data).decode()


@pytest.fixture
def scene(db):
    committee = full_committee("chair", "secretary", "member_firms")
    identity, packages = with_recovery(committee)
    by_key = {one.key.identifier: one for one in committee.members.values()}
    pair = next(iter(packages))
    return Scene(by_key[pair[0]], by_key[pair[1]], identity, packages[pair])


def test_a_try_that_worked_is_kept_with_its_day_and_both_members_and_journalled(scene):
    kept = services.record_rehearsal(**scene.done())
    assert (kept.on, kept.opened, kept.recovery) == (timezone.localdate(), True, scene.recovery)
    assert (kept.first, kept.second) == (scene.first.person, scene.second.person)
    entry = JournalEntry.objects.get(event="committee.recovery.rehearsed")
    assert entry.actor == scene.second.member.reference
    assert selectors.recovery_standing(selectors.key_list()).state == WELL


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": b"another thing"},
        {"expected": b""},
        {"signature": text(b"s" * 64)},
        {"recovery": "age1another"},
    ],
)
def test_what_proves_nothing_is_not_kept(scene, wrong):
    with pytest.raises(DomainError):
        services.record_rehearsal(**scene.done(**wrong))
    assert not Rehearsal.objects.exists()


def test_the_first_half_must_be_of_another_member_fresh_and_signed(scene):
    today = timezone.localdate()
    halves = [
        scene.half(key="0" * 16),
        scene.half(key=scene.second.key.identifier),
        scene.half(signature="no base64"),
        scene.half(inner="0" * 64),
        scene.half(day=today - timedelta(days=rehearsal.HALF_COUNTS_DAYS + 1)),
        scene.half(day=today + timedelta(days=2)),
    ]
    for half in halves:
        with pytest.raises(DomainError, match="first half"):
            services.record_rehearsal(**scene.done(half=half))
    services.record_rehearsal(**scene.done(half=scene.half(day=today - timedelta(days=rehearsal.HALF_COUNTS_DAYS))))


def test_nobody_does_both_halves_alone(scene):
    both = scene.done()
    both["actor"] = scene.first.member
    both["signature"] = text(signatures.sign(scene.first.private, rehearsal.DONE_LABEL, both["answer"]))
    with pytest.raises(DomainError, match="another member"):
        services.record_rehearsal(**both)


def test_a_member_whose_key_is_not_listed_cannot_record_a_try(scene):
    scene.second.key.ended_on = timezone.localdate()
    scene.second.key.save()
    with pytest.raises(NotAllowed):
        services.record_rehearsal(**scene.done())


def test_a_new_recovery_key_was_never_tried(scene):
    services.record_rehearsal(**scene.done())
    committee_list = selectors.key_list()
    assert selectors.recovery_standing(committee_list).state == WELL
    newer = replace(committee_list, recovery=envelopes.new_identity()[1])
    assert selectors.recovery_standing(newer).state == NEVER


def test_a_try_that_failed_is_kept_once_a_day_and_seen_until_one_works(scene):
    first = services.record_failed_rehearsal(actor=scene.first.member)
    assert services.record_failed_rehearsal(actor=scene.second.member) == first
    assert JournalEntry.objects.filter(event="committee.recovery.failed").count() == 1
    assert selectors.recovery_standing(selectors.key_list()).state == FAILED
    services.record_rehearsal(**scene.done())
    assert selectors.recovery_standing(selectors.key_list()).state == WELL


@pytest.mark.django_db
def test_without_a_recovery_key_there_is_nothing_to_try():
    committee = full_committee()
    with pytest.raises(DomainError, match="no recovery key"):
        services.record_failed_rehearsal(actor=committee["chair"].member)
    client = Client()
    client.force_login(committee["chair"].person)
    assert client.post("/committee/rehearsal/challenge/").status_code == 400
    assert "names no recovery key yet" in client.get("/committee/").content.decode()
    assert 'id="rehearse"' not in client.get("/committee/rehearsal/").content.decode()


def test_the_whole_try_by_the_pages_opens_what_was_made_for_it_and_nothing_of_a_case(scene):
    tell("canary of a real case")
    before = list(Wrap.objects.order_by("pk").values())
    client = Client()
    client.force_login(scene.second.person)
    assert "never tried" in client.get("/committee/").content.decode()
    made = base64.b64decode(client.post("/committee/rehearsal/challenge/").json()["challenge"])
    recovered = keylists.recovered(scene.package, {0: scene.first.identity, 1: scene.second.identity})
    assert recovered == scene.identity
    answer = envelopes.unseal(made, recovered)
    half = scene.half()
    sent = {
        "answer": text(answer),
        "signature": text(signatures.sign(scene.second.private, rehearsal.DONE_LABEL, answer)),
        "half": {"key": half.key, "day": half.day.isoformat(), "inner": half.inner, "signature": half.signature},
    }
    kept = client.post("/committee/rehearsal/", json.dumps(sent), content_type="application/json")
    assert kept.json() == {"kept": True}
    again = client.post("/committee/rehearsal/", json.dumps(sent), content_type="application/json")
    assert again.status_code == 400  # a challenge counts once
    page = client.get("/committee/rehearsal/").content.decode()
    assert scene.first.person.name in page
    assert "never tried" not in client.get("/committee/").content.decode()
    assert list(Wrap.objects.order_by("pk").values()) == before


def test_the_page_of_the_committee_says_when_the_try_is_late(scene):
    kept = services.record_rehearsal(**scene.done())
    Rehearsal.objects.filter(pk=kept.pk).update(on=timezone.localdate() - timedelta(days=366))
    client = Client()
    client.force_login(scene.first.person)
    page = client.get("/committee/").content.decode()
    assert "The next try was due on" in page
    client.post("/committee/rehearsal/failed/")
    assert "did not open at the last try" in client.get("/committee/").content.decode()
    assert client.get("/committee/rehearsal/failed/").status_code == 405
