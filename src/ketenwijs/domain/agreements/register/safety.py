"""Looking at a workbook's parts before any of it is unpacked into cells: size, macros, far cells, repeated
cells.
"""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.ui.errors import DomainError

MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 500
MAX_COLUMNS = 300
LAST_ROW = 20_000

_CELL = re.compile(rb'<c [^>]*?\br="([A-Z]{1,7})([0-9]{1,10})"')
_ODS_ROW = re.compile(rb"<table:table-row([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:table-cell([^>]*[^/])>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]{1,10})"')

UNREADABLE = _("This file cannot be read as a sheet. Save it as xlsx, ods or csv without a password.")
TOO_WIDE = _("This sheet has cells far outside any register. Delete the empty rows and columns around it.")


def refuse_dangerous(content: bytes) -> None:
    """Refuse a file that is no ordinary workbook; a far single cell would make a reader reserve the whole
    area.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise DomainError(_("This file unpacks to more than a register can be. Keep one sheet and try again."))
            if any("vbaproject" in part.filename.lower() for part in parts):
                raise DomainError(_("This file carries macros. Save it as an ordinary xlsx file and try again."))
            for part in parts:
                _look_at(part.filename, archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise DomainError(UNREADABLE) from error


def _look_at(name: str, archive: zipfile.ZipFile) -> None:
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        for column, row in _CELL.findall(archive.read(name)):
            if int(row) > LAST_ROW or _number_of(column) > MAX_COLUMNS:
                raise DomainError(TOO_WIDE)
    elif name == "content.xml":
        _look_at_repetitions(archive.read(name))


def _look_at_repetitions(content: bytes) -> None:
    """OpenDocument repeats rows and cells by a number; filled ones must stay within a register's size."""
    for attributes, cells in _ODS_ROW.findall(content):
        if b"office:value" not in cells and b"<text:p" not in cells:
            continue
        widths = [int(found[1]) for cell in _ODS_CELL.findall(cells) if (found := _REPEATED.search(cell))]
        height = _REPEATED.search(attributes)
        if any(width > MAX_COLUMNS for width in widths) or (height and int(height[1]) > LAST_ROW):
            raise DomainError(TOO_WIDE)


def _number_of(column: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
