"""No page, hint, count, time, export or message tells a firm that anybody shares its sites (security cases 1-9)."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.tests.access import ACCESS, MATCHERS
from ketenwijs.domain.chains.tests.factories import YEAR, opened, sign_in
from ketenwijs.domain.chains.tests.register import register_of
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.mail.models import OutgoingMessage

pytestmark = pytest.mark.django_db
CANARY = "kanarie-location"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|reference [0-9a-f-]+')


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def register():
    return register_of()


def firm_pages(firm):
    parts = [firm.membership.organisation.reference, firm.membership.agreement.slug, YEAR]
    for name in ("overview", "add", "export", "upload", "together"):
        yield reverse(f"chains:{name}", args=parts)
    yield reverse("chains:change", args=[*parts, firm.chain.pk])
    yield "/desk/"
    yield reverse("chains:home")


def looked_at(firm):
    """Text and number of queries of every page of a firm; the workbook differs by its time of making and is left out."""
    client, found = Client(), {}
    sign_in(client, firm.viewer)
    for page in firm_pages(firm):
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(page)
        assert answer.status_code in (200, 302), page
        text = "" if "export" in page else TOKEN.sub("", answer.content.decode())
        found[page] = (answer.status_code, text, len(captured))
    return found


def share(register):
    """Everything the secretariat can do to the site of the first firm, with a canary in each name."""
    with fenced_for(register.lead):
        does = {"actor": register.lead, "agreement": register.agreement}
        location = register.shared_by_all()
        values = services.LocationValues(kind="quarry", name=CANARY, other_names=(f"{CANARY}-other",), country="IN")
        services.change_location(**does, location=location, version=1, values=values)
    return location


def test_a_firms_pages_are_the_same_with_the_same_queries_whether_its_site_is_shared_or_not(register):
    before = looked_at(register.firms[0])
    share(register)
    after = looked_at(register.firms[0])
    assert after == before
    assert CANARY not in str(after)


def test_writing_takes_the_same_number_of_queries_whether_the_site_is_shared_or_not():
    counts = []
    for number, slug in enumerate(("example-slate", "example-cork")):
        found = register_of(slug=slug)
        firm = found.firms[0]
        if number:
            share(found)
        client = Client()
        sign_in(client, firm.viewer)
        typed = {
            "version": 1, "supplier": "Own", "country": "IN", "material": "granite", "quarry_name": firm.site.name,
            "quarry_place": firm.site.place, "may_name_area": "on", "open_to_acting": "on",
        }  # fmt: skip
        parts = [firm.membership.organisation.reference, slug, YEAR]
        client.get(reverse("chains:overview", args=parts))
        for name, more in (("add", []), ("change", [firm.chain.pk])):
            with CaptureQueriesContext(connection) as captured:
                answer = client.post(reverse(f"chains:{name}", args=[*parts, *more]), {**typed, "supplier": name})
            assert answer.status_code == 302
            counts.append(len(captured))
    assert counts[:2] == counts[2:]


def test_a_site_that_is_in_the_register_is_added_by_another_firm_without_a_hint(register):
    share(register)
    firm = register.firms[1]
    client = Client()
    sign_in(client, firm.viewer)
    parts = [firm.membership.organisation.reference, register.agreement.slug, YEAR]
    typed = {"version": 0, "supplier": "New", "country": "IN", "material": "granite", "quarry_name": CANARY}
    answer = client.post(reverse("chains:add", args=parts), typed, follow=True)
    assert answer.redirect_chain
    assert "The chain was added." in answer.content.decode()
    assert register.firms[0].membership.organisation.name not in answer.content.decode()


def test_every_page_of_the_register_refuses_a_firm_the_same_way_whatever_exists(register):
    location = share(register)
    client = Client()
    sign_in(client, register.firms[0].viewer)
    for row in ACCESS:
        if row["roles"] != MATCHERS or row["url"] == "chains:locations_home":
            continue
        name = str(row["url"])
        needs_pk = name not in {
            "chains:locations",
            "chains:queue",
            "chains:locations_map",
            "chains:register_new",
            "chains:sure",
            "chains:decisions",
        }
        answers = []
        for pk in (location.pk, 999_999):
            args = [register.agreement.slug, pk] if needs_pk else [register.agreement.slug]
            answers += [client.get(reverse(name, args=args)), client.post(reverse(name, args=args), {"location": pk})]
        assert {answer.status_code for answer in answers} == {403}, name
        assert CANARY not in "".join(answer.content.decode() for answer in answers)


def test_a_firm_cannot_guess_an_invitation_of_others(register):
    share(register)
    firm = register.firms[0]
    client = Client()
    sign_in(client, firm.viewer)
    parts = [firm.membership.organisation.reference, register.agreement.slug, YEAR]
    for pk in (1, 999_999):
        answer = client.post(reverse("chains:together_answer", args=[*parts, pk]), {"answer": "yes"})
        assert answer.status_code == 404


def test_matching_sends_no_message(register):
    share(register)
    assert OutgoingMessage.objects.count() == 0


def test_what_is_handed_in_and_exported_holds_nothing_of_the_register(register):
    from ketenwijs.domain.chains import exports, part, selectors

    share(register)
    firm = register.firms[0]
    with fenced_for(firm.viewer):
        workspace = opened(firm.viewer, firm.membership)
        assert CANARY not in str(part.freeze(workspace))
        assert CANARY.encode() not in exports.workbook_of(selectors.chains_in(workspace), title="x")
