"""Turns texts into what is compared: Latin letters, one spelling of a sound, words of trade by their meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from .romanising import romanise
from .sounds import fold_sounds
from .wade_giles import as_pinyin
from .words import Words

_NOT_A_WORD = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_NOT_A_WORD.update({ord("'"): "", ord("`"): "", ord("&"): " and ", ord("#"): " no "})
_SPACES = re.compile(" {2,}")
_INITIALS = re.compile(r"\b[a-z](?:\. ?[a-z]\b){1,4}\.?(?![a-z])")
_COUNTED = r"(?:unit|plant|factory|fabrika|fab|fty|tesis|nha may|nm|xuong|no|nr|n|nro|num|number|branch|division|div|filial|phase|shed)"
_NUMERALS = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
# Numbers of units: "Unit I", "Plant-2", "2. Tesis", "# 3", "No. 4 Factory".
_ROMAN_UNIT = re.compile(rf"\b(?=[bdfnpstux])({_COUNTED}) ([ivx]{{1,4}})\b")
_UNIT = re.compile(
    rf"\b(?=[bdfnpstux])(?:{_COUNTED} )+([0-9]+|[a-h])\b(?: {_COUNTED}\b)?|\b([0-9]+) (?:unit|plant|tesis|fab|branch|filial)\b"
)
_SHORTENED = re.compile(r"\b([a-z]{3,9})\.(?![a-z])")
_NUMBER_IN_WORD = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")


def name_lines(texts: Sequence[str], words: Words) -> list[str]:
    """Names, folded, one space between words: without legal forms, words of trade as their meaning.

    A name that is nothing but legal forms keeps them.
    """

    def shortened(text: str) -> str:
        return _SHORTENED.sub(lambda found: words.beginnings.get(found.group(1), found.group(1)) + " ", text)

    def known(text: str) -> str:
        text = _unit_numbers(text)
        text = words.any_sequence.sub(lambda found: f" {words.sequences[found.group()]} ", text)
        return _translated(text, words.in_names)

    texts = [text if text.isascii() and "'" not in text else as_pinyin(text) for text in texts]
    lines = _lines(texts, words, known, shortened)
    bare = [index for index, line in enumerate(lines) if not line and texts[index]]
    for index, line in zip(bare, _lines([texts[index] for index in bare], words, str), strict=True):
        lines[index] = line
    return lines


def address_lines(texts: Sequence[str], words: Words) -> list[str]:
    """Addresses, folded, with one spelling for street, number, district …"""
    return _lines(texts, words, lambda text: _translated(text, words.address))


def place_lines(texts: Sequence[str], words: Words) -> list[str]:
    """Places and regions, folded; another name of a place as the name that the list of words gives."""
    lines = _lines(texts, words, lambda text: _translated(text, words.place_words))
    return [words.places.get(line) or words.cities.get(line, line) for line in lines]


def _lines(
    texts: Sequence[str], words: Words, known: Callable[[str], str], before: Callable[[str], str] | None = None
) -> list[str]:
    """All texts at once: string work on one long text is a hundred times faster than text by text.

    `known` sees words without marks; `before` sees the marks too.
    """
    if not texts:
        return []
    latin = [text if text.isascii() else romanise(text, words).replace("\n", " ") for text in texts]
    joined = " \n ".join(latin).lower()
    if "." in joined:
        joined = _INITIALS.sub(lambda found: found.group().replace(".", "").replace(" ", "") + " ", joined)
    joined = before(joined) if before is not None and "." in joined else joined
    joined = _NUMBER_IN_WORD.sub(" ", joined.translate(_NOT_A_WORD))
    joined = _SPACES.sub(" ", fold_sounds(known(_SPACES.sub(" ", joined))))
    return [line.strip() for line in joined.split("\n")]


def _unit_numbers(text: str) -> str:
    """Numbers of units as bare figures: who numbers calls them units, plants, factories or nothing."""
    text = _ROMAN_UNIT.sub(lambda found: f"{found.group(1)} {_NUMERALS.get(found.group(2), found.group(2))}", text)
    return _UNIT.sub(lambda found: found.group(1) or found.group(2), text)


def _translated(text: str, meanings: Mapping[str, str]) -> str:
    get = meanings.get
    return " ".join([get(word, word) for word in text.split(" ")])
