"""The empty register sheet for download: headings in the reader's language, one example row, the codes on a
second sheet.
"""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.register.checking import KIND_WORDS, Vocabulary, Words
from ketenwijs.domain.agreements.register.columns import COLUMNS, heading_of


def register_template(vocabulary: Vocabulary, language: str) -> bytes:
    """An xlsx file whose first sheet is the empty register and whose second lists the codes each column
    takes.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(_("Register"))
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, 20, text)
        sheet.write_string(0, place, heading_of(column.field, language), bold)
    sheet.freeze_panes(1, 1)
    codes = book.add_worksheet(_("Codes"))
    codes.set_column(0, 2, 32)
    for place, heading in enumerate((_("Column"), _("Code"), _("Meaning"))):
        codes.write_string(0, place, heading, bold)
    line = 1
    for field, words in _listed(vocabulary):
        for code, names in words.items():
            meaning = next(iter(names), "")
            for place, cell in enumerate((heading_of(field, language), code, meaning)):
                codes.write_string(line, place, cell)
            line += 1
    book.close()
    return stream.getvalue()


def _listed(vocabulary: Vocabulary) -> list[tuple[str, Words]]:
    """The columns whose codes are listed; countries are many and known by name, so they are left out."""
    subkinds = [("subkind", words) for words in vocabulary.subkinds.values()]
    outcomes = [("value", words) for words in vocabulary.outcomes.values()]
    return [
        ("kind", KIND_WORDS),
        *subkinds,
        ("group", vocabulary.groups),
        ("section", vocabulary.sections),
        ("exit_reason", vocabulary.exit_reasons),
        ("scheme", {code: () for code in vocabulary.outcomes}),
        *outcomes,
        ("report_year", vocabulary.years),
    ]
