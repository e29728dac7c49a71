"""Every page of this app against every role, and what nobody of one side ever reads of the other."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, company, example_agreement, staff, worker
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.domain.sitereports.models import SiteReport
from ketenwijs.domain.sitereports.tests.access import ACCESS
from ketenwijs.domain.sitereports.tests.factories import ADDRESS, ANSWER, NAMES, SEEN, SENDER, case
from ketenwijs.domain.sitereports.urls import urlpatterns
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.fence import unfenced
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION
from ketenwijs.foundation.mail.models import OutgoingMessage

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {"sitereports:tell", "sitereports:follow"}


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def found():
    return case()


def pattern_of(row):
    return next(one.pattern for one in urlpatterns if f"sitereports:{one.name}" == row["url"])


def address(row, found, slug="", token="none"):  # noqa: S107 - an address, not a secret
    pattern = pattern_of(row)
    known = {"agreement": slug or found.agreement.slug, "pk": found.report.pk, "token": token}
    return reverse(row["url"], kwargs={key: known[key] for key in pattern.converters})


def put(state):
    with unfenced(reason="test"):
        SiteReport.objects.update(state=state)


def test_every_page_stands_in_the_access_table():
    assert sorted(row["url"] for row in ACCESS) == sorted(f"sitereports:{one.name}" for one in urlpatterns)


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_each_role_opens_what_the_table_says_and_nothing_else(client, found, row):
    found.check()
    found.link()
    (question,) = found.ask(0)
    firm = found.firms[0].membership.organisation
    town = company("Voorbeeldstad", kind="authority", subkind="municipality")
    for role in roles.all_roles().values():
        if role.scope == ORGANISATION:
            place = town if "authority" in role.organisation_kinds else firm
            viewer = worker(place, role.code, name=f"walker.{role.code}")
        elif role.scope == AGREEMENT:
            viewer = staff(found.agreement, role.code, name=f"walker.{role.code}")
        else:
            continue
        sign_in(client, viewer)
        for method in row["methods"]:
            put(row["state"])
            answer = client.generic(method, address(row, found, token=question.token))
            if role.code in row["roles"]:
                assert answer.status_code == row["answer"], (role.code, method)
            else:
                assert answer.status_code == 404, (role.code, method)
                assert b"Kanarie" not in answer.content


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_a_visitor_opens_the_two_public_pages_only(client, found, row):
    for method in row["methods"]:
        answer = client.generic(method, address(row, found))
        expected = 200 if row["url"] in OPEN_TO_ALL else 302
        assert answer.status_code == expected
        if expected == 302:
            assert "/account/" in answer.headers["Location"]


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_the_lead_of_another_agreement_never_sees_this_one_not_even_below_the_own_address(client, found, row):
    sign_in(client, staff(example_agreement(OTHER_SLUG), name="elsewhere"))
    for slug in (found.agreement.slug, OTHER_SLUG):
        for method in row["methods"]:
            answer = client.generic(method, address(row, found, slug))
            assert b"Kanarie" not in answer.content
            if "<int:pk>" in str(pattern_of(row)):
                assert answer.status_code == 404
    with unfenced(reason="test"):
        assert SiteReport.objects.get().state == "received"


def everything_seen_by(viewer, found, tokens):
    """All pages somebody can open, in all words."""
    client = Client()
    if viewer is not None:
        sign_in(client, viewer)
    pages = [address(row, found, token=token) for row in ACCESS for token in tokens] + [reverse("desk:home")]
    return " ".join(client.get(page, follow=True).content.decode() for page in dict.fromkeys(pages))


def test_nothing_the_firm_gets_names_the_sender_the_report_or_another_firm(found):
    found.with_firms()
    found.reply(0)
    found.reply(1)
    found.answer()
    found.close()
    firm, other = found.firms[0], found.firms[1]
    with unfenced(reason="test"):
        tokens = list(found.report.questions.order_by("pk").values_list("token", flat=True))
    seen = everything_seen_by(firm.viewer, found, tokens[:1])
    mails = OutgoingMessage.objects.filter(to=firm.viewer.person.email)
    assert mails.exists() and firm.site.name in seen
    got = seen + " ".join(one.subject + one.body for one in mails)
    secrets = (
        SENDER, ADDRESS, SEEN, "Kanarie verhaal", "Rajeshwari,", found.receipt.number, found.receipt.code, ANSWER,
        NAMES[1], NAMES[2], other.site.name, tokens[1],
    )  # fmt: skip
    for secret in secrets:
        assert secret not in got, secret


def test_nothing_the_sender_gets_names_a_firm_or_a_supplier_or_says_that_any_was_asked(found):
    found.with_firms()
    found.reply(0)
    got = {}
    for moment, act in (("asked", None), ("answered", found.answer), ("closed", found.close)):
        if act:
            act()
        client = Client()
        words = {"number": found.receipt.number, "code": found.receipt.code}
        got[moment] = client.post(reverse("sitereports:follow"), words).content.decode()
    mails = OutgoingMessage.objects.filter(to=ADDRESS)
    assert mails.count() == 2 and ANSWER in got["closed"]
    everything = " ".join([*got.values(), *(one.subject + one.body for one in mails)])
    for secret in (*NAMES, "Supplier of", "put to companies", "We asked the owner", "We visit in March", "Kanarie"):
        assert secret not in everything, secret


def test_a_sender_of_a_party_sees_no_more_than_a_visitor(found):
    union = staff(found.agreement, "party_member")
    with unfenced(reason="test"):
        SiteReport.objects.update(sent_by=union.person)
    found.with_firms()
    found.reply(0)
    seen = everything_seen_by(union, found, ["none"])
    assert "being looked into" in seen
    for secret in (*NAMES, "Supplier of", "put to companies", "We asked the owner"):
        assert secret not in seen, secret


def without_names(page):
    """A page without what differs between any two firms: names, and the mark against forged forms."""
    return re.sub(r'Kanarie \w+( BV| N\.V\.)?|value="[A-Za-z0-9]{64}"|company_admin[^<"]*|Example-slate[^<]*', "", page)


def test_pages_of_a_firm_whose_place_was_reported_are_those_of_one_whose_place_was_not(found):
    """Reported, looked into and linked: as long as it is not asked, a firm can tell nothing."""
    found.check()
    found.link()
    pages = []
    for firm in (found.firms[0], found.firms[2]):
        client = Client()
        sign_in(client, firm.viewer)
        page = client.get(reverse("sitereports:questions")).content.decode()
        pages.append(without_names(page.replace(firm.viewer.person.name, "")))
    assert pages[0] == pages[1]
