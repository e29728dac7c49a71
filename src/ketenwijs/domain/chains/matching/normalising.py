"""Turns texts into what is compared: Latin letters, one spelling of a sound, words of trade by their meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .romanising import romanise
from .words import Words

_NOT_ASCII_WORD = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_NOT_ASCII_WORD.update({ord("'"): "", ord("`"): ""})
_SPACES = re.compile(" {2,}")
_DOUBLED = re.compile(r"([a-z])\1+")
_INITIALS = re.compile(r"\b((?:[a-z]\.\s?){1,4}[a-z])\b\.?")
_PIECES = re.compile(r"[a-z]+|[0-9]+")
# One way to write a sound, whatever the script or language it came from. Order matters.
_SOUNDS = (
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("ck", "k"), ("sh", "s"), ("ch", "\x01"), ("c", "k"), ("\x01", "c"),
    ("th", "t"), ("dh", "d"), ("bh", "b"), ("gh", "g"), ("kh", "k"), ("ph", "f"), ("jh", "j"), ("zh", "j"),
    ("rh", "r"), ("x", "ks"), ("w", "v"), ("q", "k"), ("z", "s"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ae", "e"),
    ("oe", "o"), ("ue", "u"), ("y", "i"), ("dj", "j"),
)  # fmt: skip
_NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_VOWELS = str.maketrans("", "", "aeiou")


def latin(text: str, words: Words) -> str:
    """Latin small letters."""
    return (text if text.isascii() else romanise(text, words)).lower()


def folded_lines(texts: Sequence[str], words: Words) -> str:
    """All texts at once for the search, one per line, folded, each with a space before and after its words."""
    lines = [text if text.isascii() else romanise(text, words).replace("\n", " ") for text in texts]
    joined = " \n ".join(lines).lower().translate(_NOT_ASCII_WORD)
    return fold_sounds(f" {_SPACES.sub(' ', joined)} ")


def fold_sounds(text: str) -> str:
    """The text with one spelling per sound and no doubled letters, so that Laxmi is Lakshmi and Husain Hussain."""
    for written, sound in _SOUNDS:
        if written in text:
            text = text.replace(written, sound)
    return _DOUBLED.sub(r"\1", text)


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """One word, folded."""
    return fold_sounds(word)


def skeleton(text: str) -> str:
    """The consonants: what stays when vowels are written otherwise or not at all."""
    return text.translate(_VOWELS)


def pieces(text: str, words: Words) -> list[str]:
    """Words and numbers of a text in Latin letters; initials such as A.S. as one word."""
    written = latin(text, words).replace("'", "").replace("\u2019", "").replace("&", " and ")
    if "." in written:
        written = _INITIALS.sub(lambda found: found.group(1).replace(".", "").replace(" ", "") + " ", written)
    return _PIECES.findall(written)


def without_legal_forms(tokens: list[str], words: Words) -> list[str]:
    """The words without legal forms, wherever those stand; all words where nothing else is left."""
    kept: list[str] = []
    index = 0
    while index < len(tokens):
        length = _legal_length(tokens, index, words)
        if length == 0:
            kept.append(tokens[index])
        index += length or 1
    return kept or tokens


def _legal_length(tokens: list[str], index: int, words: Words) -> int:
    for length in range(min(words.longest_legal, len(tokens) - index), 0, -1):
        if tuple(tokens[index : index + length]) in words.legal:
            at_start = index == 0 and length == 1
            return 0 if at_start and tokens[0] not in words.legal_first else length
    return 0


def with_meanings(tokens: list[str], words: Words) -> list[tuple[str, bool]]:
    """Each word folded, or its meaning where it is a word of trade (then True); Roman numerals as numbers."""
    found: list[tuple[str, bool]] = []
    index = 0
    while index < len(tokens):
        for length in (3, 2):
            meaning = words.generic_sequences.get(tuple(tokens[index : index + length]))
            if meaning is not None:
                break
        else:
            length, meaning = 1, words.generic.get(tokens[index])
        if meaning is not None:
            found.append((meaning, True))
        else:
            token = tokens[index]
            found.append((_NUMERALS.get(token) or fold_word(token), False))
        index += length
    return found
