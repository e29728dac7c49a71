"""Posters and cards of one agreement: its own name, its own page, its own ways; one sheet in every language."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pikepdf
import pytest

from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.committee.tests.test_terms import BODY, content  # noqa: F401 - a fixture
from ketenwijs.complaints.intake.phrases import all_sheets
from ketenwijs.complaints.register.posters import pdf, words_of

pytestmark = pytest.mark.django_db
LANGUAGES = sorted(all_sheets())
OWN = {"kind": "telephone", "value": "+32 00 11"}


@pytest.fixture
def served(content):  # noqa: F811 - a fixture
    """Slate: own committee with a telephone of its own; sand: another body; gravel: no file of its own."""
    (content.folder.parent / "agreements" / "gravel").mkdir()
    content.installation(agreements=["slate", "sand", "gravel"], kind="own")
    content.term(kind="own", without=("outside",), other_ways=[OWN])
    names = {"nl": "Zandafspraak", "fr": "Accord sable", "en": "Sand agreement"}
    content.term("sand-one", agreement="sand", agreement_name=names, kind="outside")
    return full_committee()


def pages(made):
    with pikepdf.open(io.BytesIO(made)) as opened:
        return len(opened.pages)


def test_a_poster_of_an_agreement_leads_to_its_own_page_and_shows_its_own_name_and_ways(served):
    words = words_of(all_sheets()["fr"], "slate")
    assert words["address"].endswith("/fr/of/slate/")
    assert (words["agreement"], words["agreement_lang"]) == ("Accord", "fr")
    assert [way.value for way in words["reception"].ways] == ["+32 00 11"]
    assert words["reception"].bodies == ()
    assert words["fingerprint"]


def test_a_name_in_a_language_that_has_none_is_the_english_one_and_says_so(served):
    words = words_of(all_sheets()["hi"], "sand")
    assert (words["agreement"], words["agreement_lang"]) == ("Sand agreement", "en")


def test_where_another_body_takes_complaints_the_poster_names_it_and_no_check_number_of_ours(served):
    words = words_of(all_sheets()["nl"], "sand")
    assert [one.outside.name for one in words["reception"].bodies] == [BODY["name"]]
    assert not words["reception"].own
    assert words["fingerprint"] == ""
    assert "+31 00 000 00 00" in [way.value for way in words["reception"].ways]


def test_the_poster_of_all_leads_to_the_common_page(served):
    words = words_of(all_sheets()["nl"])
    assert words["address"].endswith("/nl/")
    assert words["agreement"] == ""
    assert {way.value for way in words["reception"].ways} > {"+32 00 11"}


def test_the_page_of_posters_offers_each_agreement_that_has_a_page_of_its_own(served, client):
    shown = client.get("/register/posters/").content.decode()
    assert '<option value="sand">' in shown
    assert "gravel" not in shown
    chosen = client.get("/register/posters/?of=sand&site=Quarry").content.decode()
    assert "/register/posters/hi/card.pdf?of=sand&amp;site=Quarry" in chosen
    assert "of the agreement Sand agreement" in chosen
    unknown = client.get("/register/posters/?of=<b>").content.decode()
    assert '/register/posters/hi/card.pdf"' in unknown


def test_a_poster_of_an_agreement_is_named_after_it_and_an_unknown_one_is_not_there(served, client):
    made = client.get("/register/posters/nl/card.pdf?of=sand")
    assert made.headers["Content-Disposition"] == 'attachment; filename="card-sand-nl.pdf"'
    assert client.get("/register/posters/nl/card.pdf?of=gravel").status_code == 404
    assert client.get("/register/posters/nl/card.pdf?of=marble").status_code == 404


def test_the_page_of_an_agreement_shows_its_own_telephone(served, client):
    assert "+32 00 11" in client.get("/en/of/slate/").content.decode()
    assert "+32 00 11" not in client.get("/en/of/sand/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_poster_and_card_fits_on_one_sheet(served, language):
    for agreement in ("", "slate", "sand"):
        for size in ("poster", "card"):
            made = pdf(all_sheets()[language], size, "Example quarry 3, hall B", agreement)
            if folder := os.environ.get("SCREENSHOTS"):
                Path(folder, f"{size}-{agreement or 'all'}-{language}.pdf").write_bytes(made)
            assert pages(made) == 1, (agreement, size)
