"""Figures of all agreements as open data: the columns the schema promises, one line a figure, nothing that runs."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from ketenwijs.domain.agreements.tests.factories import words
from ketenwijs.sites.public.tests.factories import CORK, GROWING, SLATE, figure, observed, published

pytestmark = pytest.mark.django_db
CSV, JSON, SCHEMA = "/agreements/figures.csv", "/agreements/figures.json", "/agreements/figures.schema.json"


def lines(client):
    answer = client.get(CSV)
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(answer.content.decode().splitlines()))


def test_without_agreements_there_is_only_a_header(client):
    assert lines(client) == []
    assert client.get(JSON).json()["figures"] == []


def test_every_figure_of_every_agreement_has_a_line_with_date_and_source(client):
    published()
    published(CORK, observed(CORK, [figure("half", 87.5, date(2018, 1, 1), precision="year", unit="percent")]))
    found = lines(client)
    assert [(one["agreement"], one["value"], one["reference_date"]) for one in found] == [
        (CORK, "87.5", "2018-01-01"),
        (SLATE, "90", "2021-12-31"),
        (SLATE, "20", "2016-07-04"),
    ]
    assert found[0]["precision"] == "year" and found[0]["unit"] == "percent"
    assert all(one["source"] and one["state"] == "ended" for one in found)


def test_the_schema_names_the_columns_and_is_linked_from_the_data(client):
    names = [one["name"] for one in client.get(SCHEMA).json()["fields"]]
    answer = client.get(CSV)
    assert answer.content.decode().splitlines()[0].split(",") == names
    assert SCHEMA in answer.headers["Link"]
    published()
    found = client.get(JSON).json()
    assert found["schema"] == SCHEMA
    assert all(list(one) == names for one in found["figures"])


def test_a_contradiction_says_which_figure_was_chosen(client):
    conflict = {
        "code": "sum", "figures": ["end", "other"], "kept": "end", "reading": words("r"), "decided_by": "Example",
    }  # fmt: skip
    published(figures=observed(SLATE, [*GROWING, figure("other", 95, date(2021, 12, 31))], [conflict]))
    chosen = {one["figure"]: (one["conflict"], one["chosen"]) for one in lines(client)}
    assert chosen[f"{SLATE}/end"] == (f"{SLATE}/sum", "yes")
    assert chosen[f"{SLATE}/other"] == (f"{SLATE}/sum", "no")
    assert chosen[f"{SLATE}/start"] == ("", "")


def test_a_text_that_a_spreadsheet_would_run_is_made_inert(client):
    published(figures=observed(SLATE, [figure("bad", 1, date(2020, 1, 1), source="=HYPERLINK(1)")]))
    assert lines(client)[0]["source"] == "'=HYPERLINK(1)"
