"""The way to the complaints body from a published outcome: on screen, in the letter, within the agreement's term."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from docx import Document

from ketenwijs.domain.agreements.tests.factories import (
    ROBOT,
    SLUG,
    agreement_content,
    checked,
    setting,
    words,
)
from ketenwijs.domain.assessments.letters import letter_of, word_file
from ketenwijs.domain.assessments.tests.factories import world
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.domain.reference.tests.factories import content_receiving
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.content.services import apply_checked

pytestmark = pytest.mark.django_db
ADDRESS = "https://complaints.example/"
BODY = {"code": "committee", "kind": "complaints_body", "name": words("Example disputes committee"), "source": "test"}


@pytest.fixture(autouse=True)
def received_here(settings, tmp_path):
    settings.LANGUAGE_CODE = "en"
    settings.COMPLAINTS_LINK = ADDRESS
    settings.CONTENT_DIR = content_receiving(SLUG, tmp_path)


@pytest.fixture
def cast():
    found = world()
    found.open_round()
    return found


def with_body(body="own", days=42):
    content = agreement_content(version="2", complaints_body=body, bodies=[BODY], appeal_days=setting(days))
    result = checked(agreement=content)
    assert result.faults == []
    result.loaded = [one for one in result.loaded if one.kind == "agreement"]
    apply_checked(actor=ROBOT, result=result)


def page_of(cast, client):
    sign_in(client, cast.owner)
    return client.get(reverse("assessments:dossier", args=[cast.dossier().pk])).content.decode()


def test_a_published_outcome_says_where_and_until_when_it_can_be_contested(cast, client):
    with_body()
    cast.until_decided()
    assert ADDRESS not in page_of(cast, client)
    today = timezone.localdate()
    cast.confirm_and_publish(on=today)
    text = page_of(cast, client)
    assert ADDRESS in text and "Example disputes committee" in text
    with fenced_for(cast.lead), override("en"):
        letter = letter_of(cast.dossier())
        paper = "\n".join(one.text for one in Document(io.BytesIO(word_file(letter))).paragraphs)
    last = today + timedelta(days=42)
    assert "Example disputes committee" in letter.appeal and str(last.year) in letter.appeal
    assert letter.appeal in paper


def test_after_the_term_the_page_says_so_and_leads_nowhere(cast, client):
    with_body(days=10)
    cast.until_decided()
    cast.confirm_and_publish(on=timezone.localdate() - timedelta(days=11))
    text = page_of(cast, client)
    assert ADDRESS not in text and "could be contested until" in text


@pytest.mark.parametrize("body", ["none", "external", "unknown"])
def test_an_agreement_without_a_body_of_its_own_promises_none(cast, client, body):
    with_body(body)
    cast.until_decided()
    cast.confirm_and_publish(on=timezone.localdate())
    assert ADDRESS not in page_of(cast, client)
    with fenced_for(cast.lead), override("en"):
        assert letter_of(cast.dossier()).appeal == ""


def test_without_an_address_the_way_is_told_in_words(cast, client, settings):
    settings.COMPLAINTS_LINK = ""
    with_body("both")
    cast.until_decided()
    cast.confirm_and_publish(on=timezone.localdate())
    text = page_of(cast, client)
    assert "Example disputes committee" in text and "Contest this outcome" not in text


def test_an_agreement_whose_complaints_come_in_elsewhere_gets_no_link(cast, client, settings, tmp_path):
    settings.CONTENT_DIR = content_receiving("another", tmp_path / "elsewhere")
    with_body()
    cast.until_decided()
    cast.confirm_and_publish(on=timezone.localdate())
    text = page_of(cast, client)
    assert "Example disputes committee" in text and ADDRESS not in text
