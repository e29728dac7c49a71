"""Builds invented sheets for the tests of the reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from ketenwijs.domain.chains.intake import Limits, Reading, load_vocabulary, read_sheet

ROOT = Path(__file__).resolve().parents[5]
REFERENCE = ROOT / "content" / "reference"
SAMPLES = ROOT / "tests" / "samples"
WORDS = load_vocabulary(REFERENCE)

Rows = Iterable[Sequence[object]]


def workbook(
    sheets: dict[str, Rows], *, merged: dict[str, list[str]] | None = None, hidden: tuple[str, ...] = ()
) -> bytes:
    """An xlsx file with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
        if name in hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opendocument(rows: Rows, *, extra_row: str = "", head: str = "") -> bytes:
    """An ods file with one sheet; `extra_row` is XML after the rows, `head` before the document."""
    lines = []
    for row in rows:
        cells = []
        for cell in row:
            if cell is None:
                cells.append("<table:table-cell/>")
            elif isinstance(cell, int | float):
                cells.append(f'<table:table-cell office:value-type="float" office:value="{cell}"/>')
            else:
                text = escape(str(cell))
                cells.append(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>')
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{"".join(lines)}{extra_row}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}
    return archive(parts)


def archive(parts: dict[str, bytes], *, packed: bool = True) -> bytes:
    """A zip with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def changed(data: bytes, **parts: bytes | None) -> bytes:
    """The same zip with parts replaced, added, or left out (None). In names `__` stands for / and `_dot_`
    for a point.
    """
    kept = parts_of(data)
    for written, content in parts.items():
        name = written.replace("__", "/").replace("_dot_", ".")
        if content is None:
            kept.pop(name)
        else:
            kept[name] = content
    return archive(kept)


def read(data: bytes | str, name: str = "lijst.csv", limits: Limits | None = None, **options: object) -> Reading:
    """Reads text as UTF-8, bytes as they are."""
    raw = data.encode() if isinstance(data, str) else data
    return read_sheet(raw, name, words=WORDS, limits=limits or Limits(), **options)


def read_book(*rows: Sequence[object], merged: list[str] | None = None) -> Reading:
    """Reads one sheet of a workbook."""
    return read(workbook({"Blad1": rows}, merged={"Blad1": merged or []}), "boek.xlsx")


def codes(reading: Reading, severity: str | None = None) -> list[str]:
    """Codes of the faults."""
    return [fault.code for fault in reading.faults if severity in (None, fault.severity)]
