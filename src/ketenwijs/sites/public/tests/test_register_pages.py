"""The register: what is kept between visits never outlives a change, a search or the day it belongs to."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ketenwijs.domain.agreements.services import leave, set_level
from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, ROBOT, SLUG, example_agreement, member
from ketenwijs.domain.participants.services import register_organisation
from ketenwijs.sites.public import remembering

pytestmark = pytest.mark.django_db
ADDRESS = f"/register/{SLUG}/"


@pytest.fixture
def agreement():
    return example_agreement()


def text(client, address=ADDRESS, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def coloured(membership, value="green"):
    set_level(
        actor=ROBOT, membership=membership, scheme="colours", value=value, number=1, since=date(2020, 12, 1),
        reason="judged", report_year="2019-2020",
    )  # fmt: skip


def test_an_empty_register_says_what_it_means(client, agreement):
    assert "No company matches" in text(client)


def test_a_member_stands_with_group_and_outcome_and_has_a_page(client, agreement):
    membership = member(agreement, "Voorbeeld Leisteen BV")
    coloured(membership)
    page = text(client)
    reference = membership.organisation.reference
    assert f'<a href="/register/{SLUG}/{reference}/">Voorbeeld Leisteen BV</a>' in page
    assert "green en" in page and "1 October 2019" in page
    shown = text(client, f"/register/{SLUG}/{reference}/")
    assert "Voorbeeld Leisteen BV" in shown and "green en" in shown


def test_a_change_is_on_the_page_at_the_next_visit(client, agreement):
    first = member(agreement, "Voorbeeld Een")
    assert "Voorbeeld Twee" not in text(client)
    member(agreement, "Voorbeeld Twee")
    assert "Voorbeeld Twee" in text(client)
    coloured(first, "red")
    assert "red en" in text(client)


def test_a_day_that_begins_brings_what_was_waiting_for_it(client, agreement, monkeypatch):
    membership = member(agreement, "Voorbeeld Weg")
    today = timezone.localdate()
    leave(actor=ROBOT, membership=membership, left_on=today + timedelta(days=2), reason="closed", note="")
    assert "–" not in text(client).split("Voorbeeld Weg")[1].split("</td>")[0]
    monkeypatch.setattr(timezone, "localdate", lambda *_given: today + timedelta(days=2))
    assert "–" in text(client).split("Voorbeeld Weg")[1].split("</td>")[0]


def test_a_search_shows_only_what_fits_and_spoils_no_later_visit(client, agreement):
    member(agreement, "Voorbeeld Graniet")
    member(agreement, "Voorbeeld Marmer")
    found = text(client, name="marm")
    assert "Voorbeeld Marmer" in found and "Voorbeeld Graniet" not in found
    everything = text(client)
    assert "Voorbeeld Marmer" in everything and "Voorbeeld Graniet" in everything


def test_two_languages_and_two_agreements_do_not_mix(client, agreement):
    coloured(member(agreement, "Voorbeeld Leisteen BV"))
    other = example_agreement(OTHER_SLUG)
    member(other, "Voorbeeld Kurk BV")
    assert "green en" in text(client)
    assert "Voorbeeld Leisteen BV" not in text(client, f"/register/{OTHER_SLUG}/")
    client.cookies["django_language"] = "fr"
    assert "green fr" in text(client)


def test_an_unknown_firm_and_a_firm_of_another_agreement_look_the_same(client, agreement):
    elsewhere = member(example_agreement(OTHER_SLUG), "Voorbeeld Kurk BV").organisation.reference
    for reference in (elsewhere, "nobody12"):
        for page in ("", "extract/"):
            assert client.get(f"/register/{SLUG}/{reference}/{page}").status_code == 404
    assert client.get(f"/plans/{SLUG}/{elsewhere}/2023-2024/").status_code == 404
    assert client.get(f"/reports/{SLUG}/1999-2000/").status_code == 404


def test_an_extract_carries_a_code_that_is_checked_right_and_wrong(client, agreement):
    reference = member(agreement).organisation.reference
    extract = text(client, f"/register/{SLUG}/{reference}/extract/")
    code = re.search(r"<strong>([A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4})</strong>", extract)
    assert code is not None
    given = {"agreement": SLUG, "firm": reference, "day": timezone.localdate().isoformat(), "code": code[1]}
    assert "kw-message--success" in text(client, "/check/", **given)
    assert "kw-message--warning" in text(client, "/check/", **{**given, "code": "AAAA-AAAA-AAAA"})
    assert "kw-message--warning" in text(client, "/check/", **{**given, "day": "yesterday"})


def test_authorities_and_areas_have_pages_also_when_empty(client, agreement):
    assert "No authorities are listed yet" in text(client, f"{ADDRESS}authorities/")
    assert "No list of areas is published yet" in text(client, f"/areas/{SLUG}/")


def test_the_register_as_data(client, agreement):
    coloured(member(agreement, "=Voorbeeld"))
    assert "'=Voorbeeld" in text(client, f"{ADDRESS}register.csv")
    (firm,) = client.get(f"{ADDRESS}register.json").json()["firms"]
    assert (firm["name"], firm["outcome"]) == ("=Voorbeeld", "green en 1")


def queries_of(client) -> int:
    remembering._kept.clear()
    with CaptureQueriesContext(connection) as queries:
        text(client)
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_number_of_members(client, agreement):
    member(agreement, "Voorbeeld 0")
    few = queries_of(client)
    for number in range(1, 12):
        member(agreement, f"Voorbeeld {number}")
    assert queries_of(client) == few <= 12
    with CaptureQueriesContext(connection) as again:
        text(client)
    assert len(again) <= 4


def test_what_is_kept_is_bounded(client, agreement, monkeypatch):
    monkeypatch.setattr(remembering, "LIMIT", 5)
    for number in range(12):
        reference = member(agreement, f"Voorbeeld {number}").organisation.reference
        text(client, f"/register/{SLUG}/{reference}/")
    assert len(remembering._kept) <= 5


def test_an_organisation_that_is_no_member_is_nowhere(client, agreement):
    outsider = register_organisation(
        actor=ROBOT, name="Buitenstaander BV", kind="company", subkind="importer", country="NL"
    )
    assert "Buitenstaander" not in text(client)
    assert client.get(f"/register/{SLUG}/{outsider.reference}/").status_code == 404


def test_nothing_is_kept_for_ever_however_things_stand(client, agreement, monkeypatch):
    member(agreement)
    text(client)
    with CaptureQueriesContext(connection) as soon:
        text(client)
    monkeypatch.setattr(remembering, "LONGEST", 0.0)
    with CaptureQueriesContext(connection) as late:
        text(client)
    assert len(late) > len(soon)
