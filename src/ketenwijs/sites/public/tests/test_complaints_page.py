"""Complaints and awareness in public: always beside each other, as released, and never a firm or site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.awareness import services
from ketenwijs.domain.awareness.tests.factories import (
    CANARY,
    NEXT_YEAR,
    TODAY,
    YEAR,
    as_file,
    example_agreement,
    fenced_for,
    filled_firms,
    release,
    staff,
    year_of,
)
from ketenwijs.domain.reference.tests.factories import content_receiving
from ketenwijs.foundation.access.viewer import system
from ketenwijs.sites.public.tests.test_places import SLUG

pytestmark = pytest.mark.django_db
PAGE = f"/complaints/{SLUG}/"
WARNING = "Zero complaints says little when few people know the route."


@pytest.fixture(autouse=True)
def agreement():
    return example_agreement()


def take(agreement, content=None):
    data = as_file(release()) if content is None else content
    return services.take_release(actor=system("test"), agreement=agreement, content=data, today=TODAY)


def publish_numbers(agreement, firms):
    filled_firms(agreement, firms)
    lead = staff(agreement)
    with fenced_for(lead):
        services.publish_numbers(actor=lead, agreement=agreement, year=year_of(agreement), today=TODAY)


def test_before_anything_is_published_the_page_says_so_and_the_menu_has_no_entry(client):
    shown = client.get(PAGE).content.decode()
    assert "released nothing here yet" in shown and "No numbers about this" in shown
    assert PAGE not in client.get(f"/agreements/{SLUG}/").content.decode()


def test_counts_cases_and_rulings_stand_beside_the_awareness_numbers(client, agreement):
    minimum = definition_of(agreement).publication.minimum_contributors
    publish_numbers(agreement, minimum)
    take(agreement)
    shown = client.get(PAGE).content.decode()
    assert WARNING in shown
    assert "Example committee en. Copy 3, released on 1 October 2025." in " ".join(shown.split())
    for told in (YEAR, "Kannada", "Hearing en", "Early warning en", "India", "dust", "Masks in the cutting hall",
                 "The firm gives masks.", 'href="https://klachten.example/register/rulings/1/"', "50%"):  # fmt: skip
        assert told in shown, told
    assert shown.count(">·<") == 3  # a count of early warnings, and the country and theme of the first case
    assert PAGE in client.get(f"/agreements/{SLUG}/").content.decode()


def test_no_name_of_a_firm_or_site_is_on_the_page(client, agreement):
    publish_numbers(agreement, definition_of(agreement).publication.minimum_contributors)
    shown = client.get(PAGE).content.decode()
    assert CANARY not in shown and "Voorbeeldfirma" not in shown


def test_counts_without_awareness_numbers_say_what_is_missing(client, agreement):
    take(agreement)
    shown = client.get(PAGE).content.decode()
    assert WARNING in shown and "say little without them" in shown


def test_numbers_of_too_few_companies_are_dots(client, agreement):
    publish_numbers(agreement, 1)
    shown = client.get(PAGE).content.decode()
    assert shown.count(">·</td>") == 5
    assert NEXT_YEAR not in shown


def test_words_of_the_complaints_body_cannot_act_as_markup(client, agreement):
    content = release()
    content["rulings"][0]["text"] = "<script>alert(1)</script>"
    content["release"]["running"][1]["theme"] = "<b>dust</b>"
    take(agreement, as_file(content))
    shown = client.get(PAGE).content.decode()
    assert "<script>alert" not in shown and "<b>dust" not in shown


def test_the_example_of_the_complaints_program_is_taken_as_it_is(client, agreement):
    """That program's own tests compare what it releases with the same file."""
    example = (Path(settings.CONTENT_DIR) / "demo" / "complaints-released.json").read_bytes()
    take(agreement, example)
    shown = client.get(PAGE).content.decode()
    assert json.loads(example)["names"]["mechanism"]["en"] in shown
    assert "example: no real cases" in shown


def test_the_page_asks_few_questions_whatever_it_shows(client, agreement):
    numbers = []
    for serial, cases in ((3, 1), (4, 400)):
        running = [{**release()["release"]["running"][0], "number": number} for number in range(1, cases + 1)]
        take(agreement, as_file(release(serial=serial, running=running)))
        client.get(PAGE)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(PAGE)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 4


def test_where_complaints_come_in_here_the_page_leads_there(client, settings, tmp_path):
    settings.COMPLAINTS_LINK = "https://complaints.example/"
    assert "https://complaints.example/" not in client.get(PAGE).content.decode()
    settings.CONTENT_DIR = content_receiving(SLUG, tmp_path)
    assert 'href="https://complaints.example/"' in client.get(PAGE).content.decode()
    settings.COMPLAINTS_LINK = ""
    assert "Tell something or bring a dispute" not in client.get(PAGE).content.decode()
