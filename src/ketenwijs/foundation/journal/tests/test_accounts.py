"""What the journal keeps of sign-ins: that they happened, never the address that was tried."""

import pytest

from ketenwijs.foundation.accounts import events
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.journal.models import JournalDetail, JournalEntry
from ketenwijs.foundation.journal.selectors import broken_entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return Person.objects.create_user("anna@example.org", name="Anna Example")


def try_to_sign_in(client, password):
    client.post("/account/login/", {"login": "anna@example.org", "password": password})


def test_sign_ins_and_failures_are_journalled_without_address_and_name(client, anna):
    anna.set_password("four words in a row")
    anna.save()
    for password in ("wrong", "four words in a row"):
        try_to_sign_in(client, password)
    entries = JournalEntry.objects.order_by("pk")
    assert [one.event for one in entries] == ["accounts.sign_in.failed", "accounts.person.signed_in"]
    assert [one.actor for one in entries] == ["visitor", f"person:{anna.pk}"]
    assert "anna" not in f"{entries.values()} {JournalDetail.objects.values()}".lower()
    assert list(broken_entries()) == []


def test_failures_for_one_address_can_be_told_from_those_for_another(client):
    events.sign_in_failed.send(Person, mark="one")
    events.sign_in_failed.send(Person, mark="two")
    assert [one.values for one in JournalDetail.objects.order_by("pk")] == [
        {"address_mark": "one"},
        {"address_mark": "two"},
    ]


def test_changes_of_password_and_second_factor_are_journalled_apart_from_decisions(anna):
    events.password_changed.send(Person, person=anna, how="reset")
    events.second_factor_changed.send(Person, person=anna, what="totp added")
    entries = JournalEntry.objects.order_by("pk")
    assert [one.event for one in entries] == ["accounts.password.changed", "accounts.second_factor.changed"]
    assert {one.chain for one in entries} == {"accounts"}
