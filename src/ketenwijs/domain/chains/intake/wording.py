"""Makes texts of cells comparable and keeps them readable: folding, cleaning, hidden characters."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache

_NOT_A_WORD = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")
# Control characters, directional overrides and isolates, zero-width marks: a name that needs them hides
# something.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PECULIAR = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th"}
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Without capitals, accents and punctuation, single spaces: what two spellings of one word have in
    common.
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PECULIAR))
        text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_PECULIAR)
    return _NOT_A_WORD.sub(" ", text).strip()


def clean(text: str) -> str:
    """As written, in Unicode's composed form, hidden characters gone, runs of white space as one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if _HIDDEN.search(text):
        text = _HIDDEN.sub("", text)
    return _SPACES.sub(" ", text).strip()


def has_hidden_characters(text: str) -> bool:
    """True where control characters or directional marks are in the text (line breaks are allowed)."""
    return _HIDDEN.search(text) is not None


def as_text(cell: object) -> str:
    """A cell as a person would read it: whole numbers without a decimal point, dates in ISO form."""
    if isinstance(cell, str):
        return clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return clean(str(cell))
