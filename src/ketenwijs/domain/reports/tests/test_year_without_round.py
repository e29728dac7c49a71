"""The report of the packaged year without a round, from the dated figures of the repository."""

import io
import json
from datetime import date

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from docx import Document

from ketenwijs.domain.agreements.selectors import report_years
from ketenwijs.domain.agreements.tests.factories import staff
from ketenwijs.domain.reports import exports
from ketenwijs.domain.reports.figures import AnnualReport, FigureTable
from ketenwijs.domain.reports.selectors import report_of
from ketenwijs.domain.reports.tests.factories import draft, packaged_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> AnnualReport:
    agreement = packaged_agreement()
    year = next(one for one in report_years(agreement) if not one.held)
    return report_of(draft(staff(agreement), agreement, year.code, date(2025, 3, 1)))


def table(report: AnnualReport, code: str) -> FigureTable:
    return next(one for block in report.blocks for one in block.tables if one.indicator == code)


def test_the_companies_add_up(report):
    total, *parts = table(report, "participation.companies").figures[:4]
    assert total.value == 47
    assert [part.value for part in parts] == [21, 14, 12]
    assert {part.part_of for part in parts} == {total.code}


def test_the_authorities_are_printed_with_a_footnote_that_the_parts_make_another_sum(report):
    found = table(report, "participation.authorities")
    total, *parts = found.figures
    assert total.value == 63
    assert [part.value for part in parts] == [12, 52]
    assert total.notes
    reading = found.footnotes[total.notes[0] - 1]["nl"]
    assert all(number in reading for number in ("63", "12", "52", "64"))
    assert all(total.notes[0] in part.notes for part in parts)


def test_where_a_round_is_needed_the_reason_stands_in_words_and_no_figure(report):
    for code in ("chains.factories_known", "assessment.outcomes", "assessment.meets_demands"):
        found = table(report, code)
        assert found.figures == ()
        assert found.reason == report.period.reason
    assert "geen beoordelingsronde" in exports.html_file(report, "nl").decode()


def test_the_number_of_the_report_follows_from_the_period(report):
    assert report.period.number == 5
    assert "5" in report.title["nl"]
    assert "vierde" not in exports.html_file(report, "nl").decode()


def test_a_register_that_does_not_hold_the_year_gives_no_breakdown_beside_a_published_total(report):
    assert table(report, "participation.companies_by_group").figures == ()
    assert "47" in table(report, "participation.companies_by_group").reason["en"]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_pdf_is_tagged_and_has_title_and_language(report, language):
    made = exports.pdf_file(report, language)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == language
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == report.title[language]
            assert str(metadata["pdfuaid:part"]) == "1"


def test_the_word_file_opens_with_headings_tables_and_the_footnote(report):
    document = Document(io.BytesIO(exports.word_file(report, "en")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    assert any(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs)
    assert document.core_properties.title == report.title["en"]
    assert any(cell.startswith("47") for cell in cells)
    assert any(cell.startswith("63 1)") for cell in cells)
    assert any(text.startswith("1)") and "64" in text for text in texts)


def test_the_list_of_figures_is_complete_as_csv_and_json(report):
    lines = exports.csv_file(report, "nl").decode("utf-8-sig").splitlines()
    assert lines[0].startswith("indicator;code;label;value")
    authorities = [line for line in lines if line.startswith("participation.authorities;")]
    assert ";63;" in authorities[0]
    assert "64" in authorities[0]
    assert any(line.startswith("assessment.outcomes;") and "geen beoordelingsronde" in line for line in lines)
    stored = json.loads(exports.json_file(report, "nl"))
    assert AnnualReport.model_validate(stored) == report


def test_the_same_frozen_inputs_give_the_same_files(report):
    again = AnnualReport.model_validate_json(exports.json_file(report, "nl"))
    for suffix in ("html", "docx", "csv", "json", "pdf"):
        made = exports.FORMATS[suffix][1]
        assert made(report, "nl") == made(again, "nl"), suffix


def test_the_public_part_shows_the_same_from_the_published_payload_alone(report):
    with override("nl"):
        shown = render_to_string("reports/_public_report.html", {"payload": report.model_dump(mode="json")})
    assert "63<sup> 1)</sup>" in shown
    assert "64" in shown
    assert "geen beoordelingsronde" in shown
    assert shown.count("<table") == sum(1 for block in report.blocks for one in block.tables if one.figures)
