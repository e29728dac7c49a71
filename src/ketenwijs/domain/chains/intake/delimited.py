"""Reads csv and tsv: finds the encoding and the separator, and refuses an encoding it cannot be sure of."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice
from pathlib import PurePath

from .grid import Grid
from .limits import Limits
from .model import UnreadableSheet

_SEPARATORS = (";", ",", "\t", "|")
_SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# Bytes 80-9F that western office texts do use: euro, quotes, dashes, dots, bullets, S and Z with caron,
# ligatures, ‰, ™.
_USUAL_IN_1252 = frozenset(b"\x80\x82\x84\x85\x89\x8a\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x99\x9a\x9c\x9e\x9f")
_WORD_WITH_HIGH_BYTES = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_ODD_IN_WORD = re.compile(rb"[A-Za-z][\x80-\x91\x93-\x99\x9b\xa1-\xa7\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7][A-Za-z]")
# Turkish dotless i, s cedilla and soft g stand where Windows-1252 has letters that only Icelandic uses.
_TURKISH = re.compile(rb"[A-Za-z]?[\xf0\xfe][A-Za-z]")
_SAMPLE_LINES = 60


def read_delimited(data: bytes, name: str, limits: Limits) -> tuple[Grid, str]:
    """The rows of a text file as one grid, and its encoding. Raises UnreadableSheet."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise UnreadableSheet("damaged", {"what": "text", "encoding": encoding}) from error
    if "\x00" in text:
        raise UnreadableSheet("wrong_type", {"content": "binary"})
    declared = _SEPARATOR_LINE.match(text)
    if declared:
        text = text[declared.end() :]
    separator = declared.group(1) if declared else _separator(text)
    rows = _rows(text, separator, limits)
    return Grid(sheet=PurePath(name).stem, rows=rows), encoding.removesuffix("-sig")


def _rows(text: str, separator: str, limits: Limits) -> list[list[object]]:
    csv.field_size_limit(limits.cell_length)
    rows: list[list[object]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True):
            if len(rows) >= limits.last_row:
                raise UnreadableSheet("too_many_rows", {"what": "rows", "allowed": limits.rows})
            if len(row) > limits.columns and any(cell for cell in row[limits.columns :]):
                raise UnreadableSheet("bomb", {"what": "columns", "found": len(row), "allowed": limits.columns})
            rows.append(list(row))
    except csv.Error as error:
        raise UnreadableSheet("damaged", {"what": "text"}) from error
    while rows and not any(rows[-1]):
        rows.pop()
    width = min(limits.columns, max((len(row) for row in rows), default=0))
    for cells in rows:
        del cells[width:]
        cells.extend([""] * (width - len(cells)))
    return rows


def _encoding(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            if encoding == "UTF-32":
                raise UnreadableSheet("unsupported_encoding", {"encoding": encoding})
            return encoding
    sample = data[:4000]
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data)
    return "utf-8"


def _western(data: bytes) -> str:
    """Windows-1252 gives every byte a letter, so other encodings must be recognised by the nonsense they
    would yield.
    """
    words = _WORD_WITH_HIGH_BYTES.findall(data[:2_000_000])
    high = sum(byte >= 0x80 for word in words for byte in word)
    foreign = sum(1 for word in words if re.search(rb"[\x80-\xff]{4}", word))
    odd = sum(1 for word in words if _ODD_IN_WORD.search(word))
    rare = sum(0x80 <= byte < 0xA0 and byte not in _USUAL_IN_1252 for word in words for byte in word)
    if foreign * 4 > len(words) or odd * 4 > len(words) or rare * 20 > max(high, 1):
        raise UnreadableSheet("unsupported_encoding", {"encoding": _likely_encoding(data)})
    if sum(1 for word in words if _TURKISH.search(word)) * 5 > len(words):
        raise UnreadableSheet("unsupported_encoding", {"encoding": "cp1254"})
    try:
        data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableSheet("unsupported_encoding", {"encoding": _likely_encoding(data)}) from error
    return "cp1252"


def _likely_encoding(data: bytes) -> str:
    """A name for the message only: the text is refused in any case."""
    for encoding, letters in (
        ("gb18030", r"[\u4e00-\u9fff]"), ("shift_jis", r"[\u3040-\u30ff]"), ("big5", r"[\u4e00-\u9fff]"),
        ("cp1251", r"[\u0430-\u044f]"), ("mac_roman", r"[éèëïüöäçêàñ]"), ("cp850", r"[éèëïüöäçêàñ]"),
    ):  # fmt: skip
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        outside_ascii = [letter for letter in text if ord(letter) > 127]
        if sum(re.match(letters, letter) is not None for letter in outside_ascii) * 10 >= len(outside_ascii) * 7:
            return encoding
    return "unknown"


def _separator(text: str) -> str:
    """The mark that cuts most lines into the same number of cells; titles above a table may stand alone."""
    best, best_score = ";", 0.0
    lines = list(islice(io.StringIO(text, newline=""), _SAMPLE_LINES))
    for separator in _SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator) if any(row)]
        except csv.Error:
            continue
        usual = Counter(width for width in widths if width > 1).most_common(1)
        if usual:
            width, times = usual[0]
            score = times / len(widths) * min(width, 12) ** 0.5
            if score > best_score * 1.05:
                best, best_score = separator, score
    return best
