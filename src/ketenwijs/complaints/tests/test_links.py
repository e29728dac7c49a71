"""Every link of this program leads somewhere in this program, for members and for people without account."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.tests.conftest import tell
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.urls import not_allowed

pytestmark = pytest.mark.django_db
LEAVES = ("/static/", "/exit/", "/accounts/logout/", "data:", "http", "mailto:", "tel:", "#")


def dead_links(client, start):
    """Walk every link from `start`. Gives those that are no page, with the page they stand on, and all that were seen."""
    waiting, seen, dead = [(start, "")], set(), []
    while waiting:
        address, source = waiting.pop()
        address = address.partition("#")[0]
        if not address or address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code >= 400:
            dead.append((source, address, answer.status_code))
        elif answer.status_code in (301, 302):
            waiting.append((answer.url, source))
        elif answer.headers["Content-Type"].startswith("text/html"):
            found = re.findall(r'<a\b[^>]*\bhref="([^"]+)"', answer.content.decode())
            waiting += [(unescape(one), address) for one in found if not one.startswith(LEAVES)]
    return dead, seen


@pytest.mark.parametrize("function", ["chair", "secretary", "member_society"])
def test_no_link_of_the_committees_pages_leads_nowhere(function):
    committee = full_committee()
    tell("words")
    for one in ("chair", "secretary", "member_society"):
        if one in committee.members:
            declare(actor=committee[one].member, case=Case.objects.get(), free=True)
    client = Client()
    client.force_login(committee[function].person)
    dead, seen = dead_links(client, "/committee/")
    assert dead == []
    assert {"/committee/", "/committee/key/", "/committee/members/", "/committee/cases/", "/"} <= seen


def test_no_link_for_people_without_account_leads_nowhere():
    full_committee()
    dead, seen = dead_links(Client(), "/")
    assert dead == []
    assert {"/nl/", "/hi/number/", "/hi/follow/"} <= seen
    dead, _seen = dead_links(Client(), "/register/")
    assert dead == []


def test_a_page_that_is_not_here_says_so_and_leads_back(client):
    answer = client.get("/hi/nowhere/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert '<html lang="hi">' in page
    assert resolve(re.search(r'href="(/hi/)"', page).group(1)).url_name == "start"


@pytest.mark.parametrize("address", ["/accounts/login/", "/committee/"])
def test_the_sign_in_page_speaks_of_the_committee_and_not_of_companies(client, address):
    page = client.get(address, follow=True, headers={"Accept-Language": "en"}).content.decode()
    assert str(settings.SIGN_IN_NOTE) in unescape(page)
    for word in ("company", "organisation", "secretariat"):
        assert word not in page


@pytest.mark.parametrize("address", ["/accounts/inactive/", "/accounts/signup/"])
def test_whoever_has_no_account_or_a_closed_one_is_sent_to_the_committee_alone(client, address):
    page = unescape(client.get(address, headers={"Accept-Language": "en"}).content.decode())
    assert str(settings.WHOM_TO_ASK) in page
    for word in ("company", "organisation", "secretariat"):
        assert word not in page


def test_whoever_may_not_open_a_page_of_the_committee_is_sent_to_its_chair(rf):
    request = rf.get("/committee/")
    page = unescape(not_allowed(request).content.decode())
    assert "Your account may not use this page. Ask the chair or the secretary of the committee." in page
    assert "organisation" not in page
