"""What one cell says: a country, a kind of stone, "we do not know", "we asked on that day", "as above"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz, process

from .dates import FoundDate, find_date
from .vocabulary import Vocabulary
from .wording import fold

_PARTS = re.compile(r"[,;:()\[\]/|–—]| - |\n")
_EXPLAINED = re.compile(r" [-–—(]|: ")
_CODE_SHAPE = re.compile(r"^[A-Z]{2,3}$")
_DATE_LIKE = re.compile(r"\d{1,4}[-/. ]\d{1,2}|\d{4}")
_TYPING_ERROR = 87.0


@dataclass(frozen=True, slots=True)
class Found:
    """A code taken from a text. `sure` False: read despite a spelling that is not in the list.

    `several` True: the text names more than one, so no code is taken.
    """

    code: str | None
    sure: bool = True
    several: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """The cell says that the answer is not known; `asked` that the firm asked, `asked_on` when."""

    asked: bool = False
    asked_on: date | None = None
    incomplete_date: bool = False
    assumed_order: bool = False


class ValueReader:
    """Reads cells with one vocabulary; every distinct text is worked out once."""

    def __init__(self, words: Vocabulary, *, month_first: bool | None = None, year_of_dates: int | None = None) -> None:
        self._words = words
        self._year_of_dates = year_of_dates
        self._month_first = month_first
        self.country = lru_cache(maxsize=None)(self._country)
        self.material = lru_cache(maxsize=None)(self._material)
        self.unknown = lru_cache(maxsize=None)(self._unknown)
        self.is_ditto = lru_cache(maxsize=None)(self._is_ditto)
        self.site_kind = lru_cache(maxsize=None)(self._site_kind)

    def date(self, text: str) -> FoundDate | None:
        """The first date in a text, as the dates of this sheet are written."""
        return find_date(text, self._words.months, month_first=self._month_first, year=self._year_of_dates)

    def _country(self, text: str) -> Found | None:
        """The country that a text names, or None. "Kolar, India" counts; "India / China" is `several`."""
        if _CODE_SHAPE.match(text) and text in self._words.country_codes:
            return Found(self._words.country_codes[text])
        whole = self._words.countries.get(fold(text))
        if whole:
            return Found(whole)
        parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
        codes = {code for part in parts if (code := self._country_part(part, alone=len(parts) == 1))}
        if len(codes) > 1:
            return Found(None, several=True)
        if codes:
            return Found(codes.pop())
        return self._misspelt_country(fold(text))

    def _country_part(self, part: str, *, alone: bool) -> str | None:
        if not alone and _CODE_SHAPE.match(part) and part in self._words.country_codes:
            return self._words.country_codes[part]
        return self._words.countries.get(fold(part))

    def _misspelt_country(self, folded: str) -> Found | None:
        if len(folded) < 6 or len(folded) > 40:
            return None
        near = process.extractOne(folded, self._words.long_country_names, scorer=fuzz.ratio, score_cutoff=_TYPING_ERROR)
        return Found(self._words.countries[near[0]], sure=False) if near else None

    def _material(self, text: str) -> Found | None:
        """The kind of stone that a text names, also inside a description such as "graniet G654, gevlamd"."""
        folded = fold(text)
        whole = self._words.materials.get(folded)
        if whole:
            return Found(whole)
        codes = self._materials_in(folded.split()[:30])
        if not codes:
            return self._misspelt_material(folded)
        return Found(codes.pop()) if len(codes) == 1 else Found(None, several=True)

    def _materials_in(self, tokens: list[str]) -> set[str]:
        """Longest names first, so that "petit granit" is bluestone and not granite."""
        codes: set[str] = set()
        position = 0
        while position < len(tokens):
            for length in range(min(self._words.longest_material, len(tokens) - position), 0, -1):
                code = self._words.materials.get(" ".join(tokens[position : position + length]))
                if code:
                    codes.add(code)
                    position += length - 1
                    break
            else:
                code = self._compound_material(tokens[position])
                if code:
                    codes.add(code)
            position += 1
        return codes

    def _compound_material(self, token: str) -> str | None:
        """Dutch and German glue words together: graniettegels, Sandsteinplatten."""
        if len(token) < 8:
            return None
        for name in self._words.long_material_names:
            if token.startswith(name) or token.endswith(name):
                return self._words.materials[name]
        return None

    def _misspelt_material(self, folded: str) -> Found | None:
        if len(folded) < 5 or len(folded) > 30:
            return None
        near = process.extractOne(
            folded,
            self._words.long_material_names,
            scorer=fuzz.ratio,
            score_cutoff=82.0 if len(folded) > 6 else 85.0,
        )
        return Found(self._words.materials[near[0]], sure=False) if near else None

    def _unknown(self, text: str) -> Unknown | None:
        """Unknown where the cell says so in any words, None where it holds an answer. An empty cell is
        unknown.
        """
        folded = fold(text)
        if not folded or folded in self._words.unknown or text.casefold() in self._words.unknown_marks:
            return Unknown()
        tokens = folded.split()
        if len(tokens) > 14:
            return None
        asked = self._asked(text, tokens)
        if asked:
            return asked
        head = fold(_EXPLAINED.split(text, maxsplit=1)[0])
        explained = len(head) >= 4 and head in self._words.unknown
        return Unknown() if explained or self._begins_unknown(tokens) or self._ends_unknown(tokens) else None

    def _asked(self, text: str, tokens: list[str]) -> Unknown | None:
        """Such as "nagevraagd 3-11-2025", "demandé le 3/11/2025", "onbekend, opgevraagd in mei 2025"."""
        starts = _phrase_at(tokens, 0, self._words.asked)
        later = any(_phrase_at(tokens, position, self._words.asked) for position in range(1, len(tokens)))
        found = None
        if _DATE_LIKE.search(text) and (starts or later):
            found = self.date(text)
        if not starts and not (later and (found or self._begins_unknown(tokens))):
            return None
        if found is None:
            return Unknown(asked=True) if not starts or self._is_only_asking(tokens) else None
        return Unknown(True, found.on, incomplete_date=found.on is None, assumed_order=found.assumed)

    def _is_only_asking(self, tokens: list[str]) -> bool:
        """ "nagevraagd", "asked the supplier", "demandé par mail"; a name that begins with such a word goes
        on otherwise.
        """
        return any(
            " ".join(tokens[:length]) in self._words.asked and length == len(tokens) for length in (1, 2, 3, 4)
        ) or any("supplier" in self._words.who.get(token, ()) or token.endswith("mail") for token in tokens)

    def asked_in_remark(self, text: str) -> Unknown | None:
        """A remark that says when the firm asked, or None."""
        asked = self._asked(text, fold(text).split()) if len(text) < 200 else None
        return asked if asked and asked.asked_on else None

    def _begins_unknown(self, tokens: list[str]) -> bool:
        """ "onbekend (via agent)", "non communiqué par le fournisseur"; short words such as NB count only
        alone.
        """
        for length in range(min(4, len(tokens)), 0, -1):
            phrase = " ".join(tokens[:length])
            if len(phrase) >= 6 and phrase in self._words.unknown:
                return True
        return len(tokens) == 1 and len(tokens[0]) >= 7 and self._nearly_unknown(tokens[0])

    def _ends_unknown(self, tokens: list[str]) -> bool:
        """ "groeve onbekend", "quarry not known"; a name that merely contains such a word ends otherwise."""
        return len(tokens) <= 5 and any(
            len(phrase := " ".join(tokens[-length:])) >= 7 and phrase in self._words.unknown for length in (1, 2, 3)
        )

    def _nearly_unknown(self, token: str) -> bool:
        return process.extractOne(token, self._words.unknown, scorer=fuzz.ratio, score_cutoff=86.0) is not None

    def _is_ditto(self, text: str) -> bool:
        """True for marks and words that repeat the cell above."""
        return text.casefold() in self._words.ditto_marks or fold(text) in self._words.ditto

    def _site_kind(self, text: str) -> str | None:
        """The code of a kind of site, or None where the word is not in the list."""
        folded = fold(text)
        return self._words.site_kinds.get(folded) or self._words.site_kinds.get(folded.removesuffix("s"))


def _phrase_at(tokens: list[str], position: int, phrases: frozenset[str]) -> bool:
    return any(" ".join(tokens[position : position + length]) in phrases for length in (1, 2, 3, 4))
