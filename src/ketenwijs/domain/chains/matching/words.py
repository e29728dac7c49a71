"""The words by which the matcher compares: legal forms, words of trade, parts of addresses, other names of places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .sounds import fold_sounds

_FILE = Path(__file__).parent / "data" / "words.yaml"


_NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}


@dataclass(frozen=True, eq=False)
class Words:
    """Look-up tables, built once per process from the data file. Keys are small Latin letters unless said otherwise."""

    in_names: Mapping[str, str]
    """Words of trade by their meaning; legal forms of one word by nothing."""
    sequences: Mapping[str, str]
    """Legal forms and words of trade of several words, likewise."""
    any_sequence: re.Pattern[str]
    meanings: frozenset[str]
    """The meanings, folded: words that many names share and that weigh little."""
    address: Mapping[str, str]
    address_words: frozenset[str]
    places: Mapping[str, str]
    """Folded spelling of a whole place by the folded spelling that is compared."""
    place_words: Mapping[str, str]
    phrases: Mapping[str, str]
    """Words in their own writing by what is read for them."""
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
    generic = _by_spelling(raw["generic"])
    phrases = _by_spelling(raw["phrases"])
    divisions, places = frozenset(raw["han_divisions"]), frozenset(raw["han_places"])
    alone = {form: "" for form in (*raw["legal"], *raw["empty"]) if " " not in form}
    sequences = {form: meaning for form, meaning in generic.items() if " " in form}
    sequences |= {form: "" for form in raw["legal"] if " " in form}
    return Words(
        in_names=generic | alone | _NUMERALS,
        sequences=sequences,
        any_sequence=re.compile(r"(?<![a-z0-9])(?:" + _any_of(sequences) + r")(?![a-z0-9])"),
        meanings=frozenset(fold_sounds(meaning) for meaning in raw["generic"]),
        address=_by_spelling(raw["address"]),
        address_words=frozenset(fold_sounds(meaning) for meaning in raw["address"]),
        places={fold_sounds(name): fold_sounds(meaning) for name, meaning in _by_spelling(raw["places"]).items()},
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
