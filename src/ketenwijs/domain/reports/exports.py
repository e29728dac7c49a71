"""A report as files: PDF from the same HTML as the page, editable Word, and the list of figures as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn
from weasyprint import CSS, HTML

from ketenwijs.domain.reports.figures import COMPUTED, AnnualReport, Figure, FigureTable
from ketenwijs.domain.reports.presentation import Printed, Section, Sheet, of_whole, printed, shown

COLUMNS = (
    "indicator", "code", "label", "value", "unit", "numerator", "denominator", "shown", "base", "part_of", "on",
    "source", "confidence", "observations", "footnotes", "suppressed", "example",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def html_file(report: AnnualReport, language: str) -> bytes:
    """The report as a page on its own, without styling; what the PDF is made from."""
    with override(language):
        return render_to_string("reports/print.html", {"report": printed(report, language)}).encode()


def pdf_file(report: AnnualReport, language: str) -> bytes:
    """A tagged PDF/UA-1 file with title and language. Nothing is fetched while it is made."""
    style = finders.find("reports/print.css")
    assert isinstance(style, str)
    page = HTML(string=html_file(report, language).decode(), url_fetcher=_refuse, base_url=None)
    made: bytes = page.write_pdf(stylesheets=[CSS(string=Path(style).read_text("utf-8"))], pdf_variant="pdf/ua-1")
    return made


def _refuse(url: str, *_arguments: Any, **_options: Any) -> dict[str, Any]:
    raise ValueError(f"a report refers to nothing outside itself: {url}")


def word_file(report: AnnualReport, language: str) -> bytes:
    """An editable Word file with real headings and tables; the same report gives the same bytes."""
    with override(language):
        content = printed(report, language)
        document = Document()
        _properties(document, content)
        document.add_heading(content.title, level=0)
        document.add_paragraph(f"{content.agreement}, {content.year}")
        if content.no_round:
            document.add_paragraph(content.no_round).runs[0].bold = True
        for section in content.sections:
            _word_section(document, section)
        _word_colophon(document, content)
    made = io.BytesIO()
    document.save(made)
    return _with_fixed_days(made.getvalue())


def _properties(document: Any, content: Printed) -> None:
    moment = datetime.combine(content.reference_date, time(), UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.language, properties.author = content.title, content.language, ""
    properties.created = properties.modified = moment
    fonts = document.styles["Normal"].element.get_or_add_rPr()
    language = fonts.makeelement(qn("w:lang"), {qn("w:val"): content.language})
    fonts.append(language)


def _word_section(document: Any, section: Section) -> None:
    document.add_heading(section.heading, level=1)
    for text in section.paragraphs:
        document.add_paragraph(text)
    for sheet in section.sheets:
        document.add_heading(sheet.name, level=2)
        if sheet.base:
            document.add_paragraph(_("Counted over: %(base)s") % {"base": sheet.base})
        if sheet.reason:
            document.add_paragraph(sheet.reason)
        if sheet.lines:
            _word_table(document, sheet)
        for number, note in enumerate(sheet.footnotes, start=1):
            document.add_paragraph(f"{number}) {note}")


def _word_table(document: Any, sheet: Sheet) -> None:
    heads = [_("What"), _("Figure"), *([_("Part of whole")] if sheet.has_shares else []), _("Source")]
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for line in sheet.lines:
        marks = " ".join(f"{number})" for number in line.notes)
        figure = f"{line.shown} {marks}".strip()
        values = [line.label, figure, *([line.of] if sheet.has_shares else []), line.source]
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value


def _word_colophon(document: Any, content: Printed) -> None:
    document.add_heading(_("Colophon"), level=1)
    if content.is_example:
        document.add_paragraph(
            _("Example: what is counted in this system is about invented participants. Figures with a source are not.")
        )
    document.add_paragraph(
        _("Report number %(number)s of this agreement; it follows from the period.") % {"number": content.number}
    )
    document.add_paragraph(_("Reference date: %(day)s") % {"day": content.reference_date.isoformat()})
    document.add_paragraph(_("Checksum of the figures: %(checksum)s") % {"checksum": content.checksum})


def _with_fixed_days(packed: bytes) -> bytes:
    """The same archive with one fixed day at every part, so that equal reports are equal files."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            target.writestr(
                zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0)),
                source.read(part.filename),
                zipfile.ZIP_DEFLATED,
            )
    return made.getvalue()


def csv_file(report: AnnualReport, language: str) -> bytes:
    """One row per figure, and one with the reason per indicator without any; UTF-8 with the mark Excel looks for."""
    made = io.StringIO()
    writer = csv.DictWriter(made, COLUMNS, delimiter=";")
    writer.writeheader()
    with override(language):
        for block in report.blocks:
            for table in block.tables:
                rows = [row | _example(row, report) for row in _csv_rows(table, language)]
                writer.writerows([_harmless(row) for row in rows])
    return "\ufeff".encode() + made.getvalue().encode()


def _csv_rows(table: FigureTable, language: str) -> list[dict[str, Any]]:
    if not table.figures:
        return [
            {
                "indicator": table.indicator,
                "label": table.name[language],
                "shown": table.reason.get(language, ""),
            }
        ]
    return [_csv_row(table, figure, language) for figure in table.figures]


def _csv_row(table: FigureTable, figure: Figure, language: str) -> dict[str, Any]:
    share = of_whole(figure)
    return {
        "indicator": table.indicator, "code": figure.code, "label": figure.label.get(language, ""),
        "value": figure.value, "unit": figure.unit, "numerator": figure.numerator, "denominator": figure.denominator,
        "shown": f"{shown(figure, language)} ({share})" if share else shown(figure, language),
        "base": figure.base.get(language, ""), "part_of": figure.part_of, "on": figure.on, "source": figure.source,
        "confidence": figure.confidence, "observations": " ".join(figure.observations),
        "footnotes": " | ".join(table.footnotes[number - 1].get(language, "") for number in figure.notes),
        "suppressed": "yes" if figure.suppressed else "",
    }  # fmt: skip


def _example(row: dict[str, Any], report: AnnualReport) -> dict[str, str]:
    """Whether a row was counted over invented participants."""
    return {"example": "yes" if report.is_example and row.get("confidence") == COMPUTED else ""}


def _harmless(row: dict[str, Any]) -> dict[str, Any]:
    """Texts that a spreadsheet would take for a formula get a quote in front."""
    return {
        name: f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
        for name, value in row.items()
    }


def json_file(report: AnnualReport, language: str) -> bytes:
    """The whole report with every language; `language` changes nothing."""
    return json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=1).encode()


FORMATS: dict[str, tuple[str, Callable[[AnnualReport, str], bytes]]] = {
    "pdf": ("application/pdf", pdf_file),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", word_file),
    "html": ("text/html; charset=utf-8", html_file),
    "csv": ("text/csv; charset=utf-8", csv_file),
    "json": ("application/json", json_file),
}
