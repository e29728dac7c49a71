"""The words by which the matcher compares: legal forms, words of trade, parts of addresses, other names of places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .sounds import fold_sounds

_FILE = Path(__file__).parent / "data" / "words.yaml"
_CITIES = Path(__file__).parent / "data" / "place-names.txt"


_SHORTEST_BEGINNING = 3
_NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}


@dataclass(frozen=True, eq=False)
class Words:
    """Look-up tables, built once per process from the data file. Keys are small Latin letters unless said otherwise."""

    in_names: Mapping[str, str]
    """Words of trade by their meaning; legal forms of one word by nothing."""
    beginnings: Mapping[str, str]
    """Beginnings of words of trade by the meaning, where all words that begin so have one: for "Marm." and "Tekst."."""
    sequences: Mapping[str, str]
    """Legal forms and words of trade of several words, likewise."""
    any_sequence: re.Pattern[str]
    meanings: frozenset[str]
    """The meanings, folded: words that many names share and that weigh little."""
    address: Mapping[str, str]
    address_words: frozenset[str]
    places: Mapping[str, str]
    """Folded spelling of a whole place by the folded spelling that is compared."""
    cities: Mapping[str, str]
    """Folded other names of towns (of GeoNames) by the folded name that is compared."""
    towns: frozenset[str]
    """The folded names that are known to be towns."""
    place_words: Mapping[str, str]
    phrases: Mapping[str, str]
    """Words in their own writing by what is read for them."""
    latin_phrases: re.Pattern[str]
    other_phrases: re.Pattern[str]
    """The same for writings that are read letter by letter: Cyrillic, Greek, Thai, Korean and others."""
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
    generic = _by_spelling(raw["generic"])
    phrases = _by_spelling(raw["phrases"])
    divisions, places = frozenset(raw["han_divisions"]), frozenset(raw["han_places"])
    alone = {form: "" for form in (*raw["legal"], *raw["empty"]) if " " not in form}
    sequences = {form: meaning for form, meaning in generic.items() if " " in form}
    sequences |= {form: "" for form in raw["legal"] if " " in form}
    return Words(
        in_names=generic | alone | _NUMERALS,
        beginnings=_beginnings(generic, generic.keys() | alone.keys()),
        sequences=sequences,
        any_sequence=re.compile(r"(?<![a-z0-9])(?:" + _any_of(sequences) + r")(?![a-z0-9])"),
        meanings=frozenset(fold_sounds(meaning) for meaning in raw["generic"]),
        address=_by_spelling(raw["address"]),
        address_words=frozenset(fold_sounds(meaning) for meaning in raw["address"]),
        places={fold_sounds(name): fold_sounds(meaning) for name, meaning in _by_spelling(raw["places"]).items()},
        cities=(cities := _cities()),
        towns=frozenset(cities.values()),
        place_words=_by_spelling(raw["place_words"]),
        phrases=phrases,
        latin_phrases=re.compile(r"\b(?:" + _any_of(p for p in phrases if _is_latin(p)) + r")\b", re.IGNORECASE),
        other_phrases=re.compile(_any_of(p for p in phrases if _is_other(p))),
        han=raw["han"],
        han_readings=re.compile(_any_of(raw["han"])),
        han_pieces=re.compile("(" + _any_of([*(p for p in phrases if _is_han(p)), *places, *divisions]) + ")"),
        han_places=places,
        han_divisions=divisions,
    )


def _beginnings(meanings: Mapping[str, str], whole: Set[str]) -> dict[str, str]:
    """Beginnings of three letters and more that are no word themselves and leave no doubt."""
    found: dict[str, set[str]] = {}
    for spelling, meaning in meanings.items():
        for length in range(_SHORTEST_BEGINNING, len(spelling)):
            found.setdefault(spelling[:length], set()).add(meaning)
    return {start: next(iter(one)) for start, one in found.items() if len(one) == 1 and start not in whole}


def _cities() -> dict[str, str]:
    """`benchmarks/matching/place_names.py` writes the file: a line per other name, a tab, the name that is compared."""
    lines = _CITIES.read_text(encoding="ascii").splitlines() if _CITIES.exists() else []
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {other: name for other, name in pairs}


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


def _is_other(text: str) -> bool:
    """In none of the writings that are read in a way of their own."""
    letters = [ord(letter) for letter in text]
    return (
        min(letters) >= 0x370
        and not any(0x620 <= one <= 0x6D3 or 0x900 <= one < 0xD80 for one in letters)
        and not (_is_han(text) or _is_latin(text))
    )


def _is_latin(text: str) -> bool:
    return not text.isascii() and all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in text)
