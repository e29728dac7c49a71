"""The yearly self-check of earlier years: to read, to answer while it is not public, never to change afterwards."""

from __future__ import annotations

import pytest
from django.utils import timezone

from ketenwijs.complaints.committee.models import SignedKeyList
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.register import services
from ketenwijs.complaints.register.definitions import self_check
from ketenwijs.complaints.register.models import SelfCheckAnswer
from ketenwijs.complaints.register.selectors import public_years, years_to_check
from ketenwijs.foundation.ui.errors import DomainError

pytestmark = pytest.mark.django_db
THIS = timezone.localdate().year


@pytest.fixture
def committee(db):
    made = full_committee()
    SignedKeyList.objects.update(taken_on=timezone.localdate().replace(year=THIS - 2, day=1))
    return made


def answers(words):
    return {criterion.code: ("partly", f"{words} {criterion.code}") for criterion in self_check().criteria}


def published(committee, year, words):
    services.answer_self_check(actor=committee["chair"].member, year=year, answers=answers(words), publish=True)


def test_the_years_run_from_the_first_list_of_keys_to_this_one(committee):
    assert years_to_check(timezone.localdate()) == [THIS, THIS - 1, THIS - 2]


def test_every_public_year_is_to_be_read_and_the_newest_comes_first(committee, client):
    published(committee, THIS - 2, "Long ago")
    published(committee, THIS - 1, "Last year")
    assert public_years() == [THIS - 1, THIS - 2]
    newest = client.get("/register/self-check/").content.decode()
    assert "Last year dialogue" in newest
    assert "Long ago" not in newest
    assert f"/register/self-check/{THIS - 2}/" in newest
    assert "Long ago dialogue" in client.get(f"/register/self-check/{THIS - 2}/").content.decode()


def test_a_year_that_is_not_public_is_not_found_in_public(committee, client):
    services.answer_self_check(actor=committee["chair"].member, year=THIS, answers=answers("Draft"), publish=False)
    for year in (THIS, THIS - 1, 1999):
        assert client.get(f"/register/self-check/{year}/").status_code == 404
    assert "Draft" not in client.get("/register/self-check/").content.decode()


def test_last_year_is_answered_and_made_public_in_this_one(committee, client):
    client.force_login(committee["secretary"].person)
    address = f"/committee/self-check/{THIS - 1}/"
    fields = {f"verdict_{code}": verdict for code, (verdict, _words) in answers("").items()}
    fields |= {f"evidence_{code}": words for code, (_verdict, words) in answers("Seen").items()}
    assert client.post(address, {**fields, "publish": "yes"}).status_code == 302
    shown = client.get(address).content.decode()
    assert "Public since" in shown
    assert "Seen learning" in shown
    assert "<textarea" not in shown
    assert client.post(address, fields).status_code == 400
    assert "<textarea" in client.get("/committee/self-check/").content.decode()


@pytest.mark.parametrize("year", [THIS + 1, THIS - 3, 0])
def test_years_to_come_and_before_the_committee_are_refused(committee, client, year):
    with pytest.raises(DomainError, match="nothing to answer"):
        published(committee, year, "x")
    client.force_login(committee["chair"].person)
    if year:
        assert client.get(f"/committee/self-check/{year}/").status_code == 404
    assert not SelfCheckAnswer.objects.exists()


def test_an_ordinary_member_reads_every_year_and_changes_none(committee, client):
    services.answer_self_check(actor=committee["chair"].member, year=THIS - 1, answers=answers("Old"), publish=False)
    client.force_login(committee["member_firms"].person)
    shown = client.get(f"/committee/self-check/{THIS - 1}/").content.decode()
    assert "Old dialogue" in shown
    assert "<textarea" not in shown
    assert client.post(f"/committee/self-check/{THIS - 1}/", {}).status_code == 400
