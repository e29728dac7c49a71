"""A published ruling is taken back by two keepers, as it was published by two."""

from __future__ import annotations

import pytest

from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.tests.conftest import tell
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.register import services
from ketenwijs.complaints.register.models import Ruling
from ketenwijs.complaints.register.tests.test_register import signed
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(db):
    return full_committee()


@pytest.fixture
def ruling(committee):
    case = tell().case
    for function in ("chair", "secretary", "member_firms"):
        declare(actor=committee[function].member, case=case, free=True)
    for function in ("chair", "secretary"):
        made = services.sign_ruling(**signed(committee[function]))
    return made


def status(client, ruling):
    return client.get(f"/register/rulings/{ruling.pk}/").status_code


def test_the_second_keeper_withdraws_what_the_first_proposed_and_both_are_journalled(committee, ruling, client):
    services.ask_withdrawal(actor=committee["secretary"].member, ruling=ruling)
    assert status(client, ruling) == 200
    services.withdraw_ruling(actor=committee["chair"].member, ruling=ruling)
    assert status(client, ruling) == 410
    journalled = JournalEntry.objects.filter(event__contains="withdraw").values_list("event", "actor")
    assert list(journalled) == [
        ("register.withdrawal.asked", committee["secretary"].member.reference),
        ("register.ruling.withdrawn", committee["chair"].member.reference),
    ]


def test_one_keeper_alone_does_not_withdraw(committee, ruling, client):
    chair = committee["chair"].member
    with pytest.raises(StaleVersion, match="Nobody proposes"):
        services.withdraw_ruling(actor=chair, ruling=ruling)
    services.ask_withdrawal(actor=chair, ruling=ruling)
    with pytest.raises(NotAllowed, match="yourself"):
        services.withdraw_ruling(actor=chair, ruling=ruling)
    with pytest.raises(StaleVersion, match="already"):
        services.ask_withdrawal(actor=committee["secretary"].member, ruling=ruling)
    assert status(client, ruling) == 200
    assert not JournalEntry.objects.filter(event="register.ruling.withdrawn").exists()


def test_a_proposal_can_be_dropped_and_then_counts_no_more(committee, ruling):
    with pytest.raises(StaleVersion):
        services.drop_withdrawal(actor=committee["chair"].member, ruling=ruling)
    services.ask_withdrawal(actor=committee["secretary"].member, ruling=ruling)
    services.drop_withdrawal(actor=committee["chair"].member, ruling=ruling)
    with pytest.raises(StaleVersion):
        services.withdraw_ruling(actor=committee["chair"].member, ruling=ruling)
    assert JournalEntry.objects.filter(event="register.withdrawal.dropped").count() == 1


@pytest.mark.parametrize("act", [services.ask_withdrawal, services.withdraw_ruling, services.drop_withdrawal])
def test_an_ordinary_member_and_a_keeper_who_is_not_free_have_no_say(committee, ruling, act):
    if act is not services.ask_withdrawal:
        services.ask_withdrawal(actor=committee["secretary"].member, ruling=ruling)
    for function in ("member_firms", "deputy_chair"):
        with pytest.raises(NotAllowed):
            act(actor=committee[function].member, ruling=ruling)
    assert Ruling.objects.get().withdrawn_on is None


def test_the_ruling_of_an_erased_case_is_withdrawn_by_any_two_keepers(committee, ruling):
    Case.objects.all().delete()
    services.ask_withdrawal(actor=committee["deputy_chair"].member, ruling=ruling)
    services.withdraw_ruling(actor=committee["chair"].member, ruling=ruling)
    with pytest.raises(DomainError, match="not public"):
        services.ask_withdrawal(actor=committee["chair"].member, ruling=ruling)


def test_the_page_offers_the_second_step_to_another_only(committee, ruling, client):
    address = f"/committee/rulings/{ruling.pk}/"
    client.force_login(committee["secretary"].person)
    client.post(address, {"withdrawal": "ask"})
    own = client.get("/committee/rulings/").content.decode()
    assert "Secretary proposed on" in own
    assert 'value="agree"' not in own
    assert client.post(address, {"withdrawal": "agree"}, follow=True).status_code == 200
    assert Ruling.objects.get().withdrawn_on is None
    client.force_login(committee["chair"].person)
    assert 'value="agree"' in client.get("/committee/rulings/").content.decode()
    client.post(address, {"withdrawal": "agree"})
    assert Ruling.objects.get().withdrawn_on is not None
