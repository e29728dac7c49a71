"""The words by which the matcher compares: legal forms, words of trade, parts of addresses, other names of places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "data" / "words.yaml"


@dataclass(frozen=True)
class Words:
    """Look-up tables, built once per process from the data file."""

    legal: frozenset[tuple[str, ...]]
    legal_first: frozenset[str]
    longest_legal: int
    generic: Mapping[str, str]
    generic_sequences: Mapping[tuple[str, ...], str]
    meanings: frozenset[str]
    address: Mapping[str, str]
    places: Mapping[str, str]
    place_words: Mapping[str, str]
    phrases: Mapping[str, str]
    latin_phrases: re.Pattern[str]
    han: Mapping[str, str]
    han_readings: re.Pattern[str]
    han_pieces: re.Pattern[str]
    han_places: frozenset[str]
    han_divisions: frozenset[str]


@cache
def load_words() -> Words:
    """The words of the data file that is part of this package."""
    with _FILE.open("rb") as stream:
        raw: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)  # noqa: S506 - CSafeLoader is a safe loader
    legal = frozenset(tuple(form.split()) for form in raw["legal"])
    generic = _by_spelling(raw["generic"])
    phrases = _by_spelling(raw["phrases"])
    divisions = frozenset(raw["han_divisions"])
    places = frozenset(raw["han_places"])
    return Words(
        legal=legal,
        legal_first=frozenset(raw["legal_first"]),
        longest_legal=max(len(form) for form in legal),
        generic={word: meaning for word, meaning in generic.items() if " " not in word},
        generic_sequences={tuple(word.split()): meaning for word, meaning in generic.items() if " " in word},
        meanings=frozenset(raw["generic"]),
        address=_by_spelling(raw["address"]),
        places=_by_spelling(raw["places"]),
        place_words=_by_spelling(raw["place_words"]),
        phrases=phrases,
        latin_phrases=re.compile(r"\b(?:" + _any_of(p for p in phrases if _is_latin(p)) + r")\b", re.IGNORECASE),
        han=raw["han"],
        han_readings=re.compile(_any_of(raw["han"])),
        han_pieces=re.compile("(" + _any_of([*(p for p in phrases if _is_han(p)), *places, *divisions]) + ")"),
        han_places=places,
        han_divisions=divisions,
    )


def _by_spelling(group: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """First mention wins, so that a spelling two meanings share keeps one."""
    found: dict[str, str] = {}
    for meaning, spellings in group.items():
        for spelling in (meaning, *spellings):
            found.setdefault(str(spelling), meaning)
    return found


def _any_of(spellings: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(spellings, key=len, reverse=True))


def _is_han(text: str) -> bool:
    return any("\u3400" <= letter <= "\u9fff" for letter in text)


def _is_latin(text: str) -> bool:
    return not text.isascii() and all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in text)
