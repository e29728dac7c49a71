"""The chain shows every change that somebody with the database in hand could make (security case 46)."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.journal import guard
from ketenwijs.foundation.journal.models import JournalDetail, JournalEntry, JournalHead
from ketenwijs.foundation.journal.selectors import broken_entries
from ketenwijs.foundation.journal.services import erase_values, record

pytestmark = pytest.mark.django_db
CHAIN = "example"


@pytest.fixture(autouse=True)
def five_entries() -> None:
    with transaction.atomic():
        for number in range(5):
            record(
                actor=system("tests"),
                event="content.edition.applied",
                subject=f"example:{number}",
                chain=CHAIN,
                values={"number": number},
            )


@pytest.fixture
def without_guard() -> Iterator[None]:
    """Somebody who may take the triggers down: the owner of the database."""
    guard.take_down(connection)
    yield
    guard.put_up(connection)


def entry(sequence: int) -> JournalEntry:
    return JournalEntry.objects.get(chain=CHAIN, sequence=sequence)


def named() -> list[tuple[int, str]]:
    return [(one.sequence, one.fault) for one in broken_entries() if one.chain == CHAIN]


def test_an_untouched_chain_verifies():
    assert named() == []
    said = StringIO()
    call_command("verify_journal", stdout=said)
    assert "verifies" in said.getvalue()


def test_the_database_itself_refuses_changing_and_deleting_entries():
    for act in (
        lambda: JournalEntry.objects.filter(chain=CHAIN).update(actor="person:1"),
        lambda: JournalEntry.objects.filter(chain=CHAIN)._raw_delete(using="default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert named() == []


def test_a_changed_entry_is_named(without_guard):
    JournalEntry.objects.filter(pk=entry(3).pk).update(actor="person:1")
    assert named() == [(3, "was changed")]
    said = StringIO()
    with pytest.raises(CommandError, match="does not verify"):
        call_command("verify_journal", stderr=said)
    assert f"{CHAIN} entry 3 was changed" in said.getvalue()


def test_a_deleted_entry_is_named(without_guard):
    gone = entry(3)
    JournalDetail.objects.filter(entry=gone).delete()
    JournalEntry.objects.filter(pk=gone.pk)._raw_delete(using="default")
    assert (3, "is missing") in named()


def test_a_replaced_entry_is_named_even_when_its_own_checksum_is_right(without_guard):
    false = entry(3)
    with transaction.atomic():
        made = record(
            actor=system("tests"), event="content.edition.applied", subject="example:9", chain="made", values={}
        )
    fields = {name: getattr(made, name) for name in ("at", "actor", "event", "subject", "commitment", "hash")}
    JournalEntry.objects.filter(pk=false.pk).update(**fields)
    assert 3 in {sequence for sequence, _fault in named()}
    assert (4, "does not follow the entry before it") in named()


def test_two_entries_that_changed_places_are_named(without_guard):
    two, three = entry(2), entry(3)
    JournalEntry.objects.filter(pk=two.pk).update(sequence=99)
    JournalEntry.objects.filter(pk=three.pk).update(sequence=2)
    JournalEntry.objects.filter(pk=two.pk).update(sequence=3)
    assert {2, 3} <= {sequence for sequence, _fault in named()}


def test_entries_cut_off_at_the_end_are_named(without_guard):
    last = entry(5)
    JournalDetail.objects.filter(entry=last).delete()
    JournalEntry.objects.filter(pk=last.pk)._raw_delete(using="default")
    assert named() == [(5, "is named by the head but is not the last entry")]


def test_a_removed_head_and_changed_values_are_named():
    JournalDetail.objects.filter(entry=entry(2)).update(values={"number": 7})
    assert named() == [(2, "has changed values")]
    JournalHead.objects.filter(chain=CHAIN).delete()
    assert {fault for _sequence, fault in named()} == {"belongs to a chain without a head"}


def test_erased_values_leave_the_chain_true():
    erase_values(actor=system("tests"), entry=entry(2), reason="asked")
    assert named() == []
