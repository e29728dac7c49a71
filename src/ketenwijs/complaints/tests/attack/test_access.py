"""Who has no key of a case learns nothing: secretariat, administrator, host, other members, whoever left (15, 28)."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.tests.conftest import tell
from ketenwijs.complaints.intake.tests.conftest import CANARY
from ketenwijs.complaints.register.services import release_register
from ketenwijs.foundation.accounts.models import Person

pytestmark = pytest.mark.django_db
NUMBER = {
    "<int:number>": "1",
    "<int:message>": "1",
    "<int:seat>": "1",
    "<int:year>": "2026",
    "<str:identifier>": "a" * 32,
    "<str:language>": "en",
    "<str:size>": "card",
}
PUBLIC = ("accounts/", "language/", "health", "register/", "sealed/", "exit/", "<str:language>/", "")


def addresses(patterns=None, before=""):
    """Every address of this program, as the resolver knows it."""
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def filled(address):
    for gap, value in NUMBER.items():
        address = address.replace(gap, value)
    return "/" + address


OWN = sorted({one for one in addresses() if one.startswith("committee/")})
OF_A_CASE = [one for one in OWN if one.startswith("committee/cases/<int:number>/")]


def test_every_address_is_either_the_committees_or_open_to_everybody_on_purpose():
    assert len(OWN) > 25
    assert len(OF_A_CASE) >= 13
    others = {one for one in addresses() if not one.startswith("committee/")}
    assert not [one for one in others if not one.startswith(PUBLIC) or "admin" in one]


@pytest.fixture
def case(committee):
    told = tell(CANARY)
    for function in ("chair", "secretary"):
        declare(actor=committee[function].member, case=told.case, free=True)
    return Case.objects.get()


def powerful(email):
    """All that Django knows of power; no seat."""
    person = Person.objects.create_user(email, "long enough to sign in", name=email)
    for field in ("is_staff", "is_superuser"):
        if hasattr(Person, field):
            setattr(person, field, True)
    person.save()
    return person


def both_ways(client, address, **how):
    """The answer to reading and to an empty and a full post."""
    yield client.get(address, **how)
    yield client.post(address, {"free": "yes", "kind": "dispute"}, **how)
    yield client.post(
        address, json.dumps({"move": "acknowledge", "seen": "received"}), content_type="application/json", **how
    )


@pytest.mark.parametrize("address", OWN)
@pytest.mark.parametrize("email", ["lead@secretariat.example", "administrator@host.example"])
def test_the_secretariats_and_the_administrators_accounts_find_nothing_at_any_address(case, email, address):
    client = Client(raise_request_exception=False)
    client.force_login(powerful(email))
    for how in ({}, {"headers": {"Accept": "application/json"}}):
        for answer in both_ways(client, filled(address), **how):
            assert answer.status_code == 404
            assert CANARY not in answer.content.decode()
    case.refresh_from_db()
    assert (case.kind, case.state) == ("complaint", "received")


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def without_chance(answer):
    """The page without what differs from request to request: reference, token of the form, own address."""
    page = answer.content.decode().replace(answer.headers["X-Reference"], "").replace("/99/", "/1/")
    return TOKEN.sub("", page)


@pytest.mark.parametrize("address", [one for one in OF_A_CASE if not one.endswith("declare/")])
def test_a_member_without_key_and_one_who_left_see_the_same_as_for_a_case_that_never_was(case, committee, address):
    declare(actor=committee["secretary"].member, case=case, free=False)
    for function in ("member_firms", "deputy_chair", "secretary"):
        client = Client(raise_request_exception=False)
        client.force_login(committee[function].person)
        here, never = filled(address), filled(address.replace("<int:number>", "99"))
        for answer, absent in zip(both_ways(client, here), both_ways(client, never), strict=True):
            assert answer.status_code == absent.status_code
            assert answer.status_code in (404, 405)
            assert without_chance(answer) == without_chance(absent)
    case.refresh_from_db()
    assert (case.kind, case.state) == ("complaint", "received")


@pytest.mark.parametrize("address", OF_A_CASE)
def test_a_member_with_a_key_opens_nothing_before_the_word_on_interest(committee, address):
    tell(CANARY)
    client = Client(raise_request_exception=False)
    client.force_login(committee["chair"].person)
    answer = client.get(filled(address), headers={"Accept": "application/json"})
    assert answer.status_code in (200, 403, 404, 405)
    assert b"age-encryption.org" not in answer.content
    assert b"YWdlLWVuY3J5cHRpb24" not in answer.content
    assert Case.objects.get().read_to == 0


def test_without_account_everything_of_the_committee_leads_to_signing_in(case):
    for address in OWN:
        for answer in both_ways(Client(raise_request_exception=False), filled(address)):
            assert answer.status_code == 302
            assert answer.url.startswith("/accounts/login/")


def test_the_public_sees_counts_of_released_copies_and_no_word(case, committee, client):
    release_register(actor=committee["chair"].member, about={})
    for address in ("/register/", "/register/released.json", "/register/self-check/", "/register/posters/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert CANARY not in answer.content.decode()
    released = client.get("/register/released.json").json()
    assert not re.search(r"age-encryption|identifier|locator|recipient", json.dumps(released))
