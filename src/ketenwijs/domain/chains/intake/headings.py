"""Understands one heading: which field, which unit, which currency, which year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz, process

from .numbers import currency_named, unit_named
from .vocabulary import Vocabulary
from .wording import fold

GENERIC = ("name", "place", "region", "code", "kind", "origin")
"""Meanings that need their surroundings: whose name, whose place."""

_MADE_PRECISE = (*GENERIC, "country", "site")

_ALIKE, _ALMOST_EQUAL = 84.0, 92.0

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_THOUSANDS = (
    r"\bx\s?1[.,]?000\b|\b1[.,]?000\s*(?:€|euro?s?)|(?:€|\beuro?s?)\s*x?\s*1[.,]?000\b|\bk\s?(?:€|eur\b)|€\s?k\b"
    r"|\bduizend\w*|\bmilliers?\b|\bthousands?\b|\btausend\b|'000|\btsd\b|\bteur\b"
)
_MILLIONS = r"\bm(?:ln|io|illions?|iljoen|illionen)\b\.?|\bm€|€\s?m\b"
_SCALE = re.compile(rf"(?P<thousand>{_THOUSANDS})|(?P<million>{_MILLIONS})", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_UNIT_WORD = re.compile(r"(?<![^\W\d_])(m²|m³|m2|m3|[^\W\d_]{1,12})(?![\w²³])")
_LINKS = ("", "s", "n", "en", "es", "er", "e")
_FIELD_OF_WHAT = {
    "local_script": "local_name",
    "material": "material", "value": "value_eur", "amount": "tonnes", "latitude": "latitude",
    "longitude": "longitude", "coordinates": "coordinates",
}  # fmt: skip
_OF_ONE_SITE = ("local_script", "latitude", "longitude", "coordinates")
"""Said of a factory they are the factory's; without an owner they are the quarry's, or those of a line of a list."""

_MEASURES = {"value": "value_eur", "amount": "tonnes", "purchase": "measure"}
_TELLING = ("local_script", "code", "latitude", "longitude", "coordinates", "country", "region", "kind")
_OWN_FIELD = {
    "name": "", "place": "_place", "region": "_region", "country": "_country", "code": "_code",
    "kind": "_kind", "origin": "_country",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """`field` is a field, one of `GENERIC`, "measure" (the unit decides), "other" or None."""

    field: str | None
    confidence: float = 0.0
    reason: str = "nothing"
    unit: str | None = None
    currency: str | None = None
    scale: Decimal = Decimal(1)
    year: int | None = None
    languages: frozenset[str] = frozenset()


class HeadingReader:
    """Reads headings with one vocabulary; every distinct text is worked out once."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self.read = lru_cache(maxsize=4096)(self._read)

    def _read(self, text: str) -> Heading:
        if not text or len(text) > 120:
            return Heading(None)
        unit, currency, scale = measure_in(text)
        years = {int(year) for year in _YEAR.findall(text)}
        measured = Heading(
            None, unit=unit, currency=currency, scale=scale, year=years.pop() if len(years) == 1 else None
        )
        bare = _SCALE.sub(" ", _YEAR.sub(" ", text))
        outside = _BRACKETED.sub(" ", bare)
        found = self._best(fold(outside), fold(bare), either="/" in outside)
        return self._with_measure(found or self._nearly(fold(outside)) or Heading(None), measured)

    def _best(self, outside: str, whole: str, *, either: bool) -> Heading | None:
        """What stands between brackets explains: it only counts where it makes a general heading precise."""
        found = self._whole(outside) or self._nearly(outside, _ALMOST_EQUAL) or self._composed(outside, either=either)
        if whole != outside and (found is None or found.confidence < 0.7 or found.field in _MADE_PRECISE):
            fuller = self._whole(whole) or self._composed(whole, either=either)
            precise = fuller and (found is None or found.confidence < 0.7 or _is_precise(fuller.field))
            found = fuller if precise else found
        if found and found.field and found.field.endswith("_place") and self._asks_name(whole, outside):
            found = replace(found, field=found.field.removesuffix("_place"))
        return found if found and found.confidence >= 0.7 else None

    def _asks_name(self, whole: str, outside: str) -> bool:
        """ "Groevelocatie (naam)" wants the name, whatever the words before it."""
        explained = set(whole.split()) - set(outside.split())
        return any("name" in self._words.what.get(token, ()) for token in explained)

    def _whole(self, folded: str) -> Heading | None:
        field = self._words.headings.get(folded)
        if field is None:
            return None
        return Heading(field, 1.0, "heading", languages=self._words.heading_languages.get(folded, frozenset()))

    def _composed(self, folded: str, *, either: bool = False) -> Heading | None:
        """Puts the heading together from its words: whose property it is, and which property."""
        who: list[str] = []
        what: list[str] = []
        known, counted = 0, 0
        for token in folded.split():
            if token in self._words.noise or unit_named(token) or currency_named(token):
                continue
            counted += 1
            owners, properties = self._token(token)
            known += bool(owners or properties)
            who.extend(owners)
            what.extend(properties)
        if not known:
            return None
        field = _compose(who, what, either=either)
        return Heading(field, round(0.92 * known / counted, 2), "composed") if field else None

    def _token(self, token: str) -> tuple[list[str], list[str]]:
        owners, properties = self._exact(token)
        if owners or properties:
            return owners, properties
        compound = self._split(token)
        if compound:
            return compound
        if len(token) >= 6:
            near = process.extractOne(token, self._words.part_words, scorer=fuzz.ratio, score_cutoff=86.0)
            if near:
                return self._exact(near[0])
        return [], []

    def _exact(self, token: str) -> tuple[list[str], list[str]]:
        return sorted(self._words.who.get(token, ())), sorted(self._words.what.get(token, ()))

    def _split(self, token: str) -> tuple[list[str], list[str]] | None:
        """Dutch and German write two words as one: groevelocatie, Lieferantenland."""
        if len(token) < 7:
            return None
        for first in self._words.part_words:
            if len(first) < 4 or not token.startswith(first):
                continue
            for link in _LINKS:
                rest = token[len(first) + len(link) :]
                if token[len(first) :].startswith(link) and len(rest) >= 3 and any(self._exact(rest)):
                    owners, properties = self._exact(first)
                    more_owners, more_properties = self._exact(rest)
                    return owners + more_owners, properties + more_properties
        return None

    def _nearly(self, folded: str, likeness: float = _ALIKE) -> Heading | None:
        if len(folded) < 5:
            return None
        near = process.extractOne(
            folded, self._words.long_headings, scorer=fuzz.token_sort_ratio, score_cutoff=likeness
        )
        if not near:
            return None
        return Heading(self._words.headings[near[0]], round(near[1] / 100 * 0.85, 2), "similar")

    def _with_measure(self, found: Heading, measured: Heading) -> Heading:
        """The unit decides between an amount and a value, and gives meaning to a heading that is nothing but
        a unit.
        """
        field, confidence, reason = found.field, found.confidence, found.reason
        if field in ("tonnes", "value_eur", "measure", None):
            if measured.currency and field != "other" and not measured.unit:
                field = "value_eur" if field or _only_unit(found) else None
            elif measured.unit and not measured.currency:
                field = "tonnes" if field or _only_unit(found) else None
            elif field == "measure":
                field = "value_eur" if measured.currency else "measure"
        if found.field is None and field is not None:
            confidence, reason = 0.6, "unit"
        return replace(measured, field=field, confidence=confidence, reason=reason, languages=found.languages)


def _is_precise(field: str | None) -> bool:
    return field == "local_name" or (field or "").partition("_")[0] in (
        "quarry",
        "factory",
        "supplier",
        "site",
    )


def _only_unit(found: Heading) -> bool:
    return found.field is None


def measure_in(text: str) -> tuple[str | None, str | None, Decimal]:
    """Unit, currency and factor (1000 for "x 1.000") that a heading names."""
    scale = _SCALE.search(text)
    factor = Decimal(1)
    if scale:
        factor = Decimal(1000) if scale.group("thousand") else Decimal(1_000_000)
    currency = currency_named(text) or (
        "EUR" if scale and re.search(r"k€|keur|teur", scale.group(0), re.IGNORECASE) else None
    )
    units = [unit for word in _UNIT_WORD.findall(text) if (unit := unit_named(word))]
    return (units[-1] if units else None), currency, factor


def _compose(who: list[str], what: list[str], *, either: bool) -> str | None:
    """`either`: the heading names alternatives ("Leverancier / fabriek"), so the first one named is meant."""
    if "other" in what or ("paper" in what and not {"value", "amount"} & set(what)):
        return "other"
    measure = next((measure for measure in _MEASURES if measure in what), None)
    if measure and not {"place", "code", "country"} & set(what):
        return _MEASURES[measure]
    owner = _owner_of(who, either=either)
    meaning = _meaning_of(what)
    if meaning == "country" and "origin" in what and owner in (None, "supplier"):
        return "origin_country"
    if meaning == "kind" and "material" in what:
        return "material"
    if meaning in _FIELD_OF_WHAT:
        own = owner == "factory" and meaning in _OF_ONE_SITE
        return f"factory_{_FIELD_OF_WHAT[meaning]}" if own else _FIELD_OF_WHAT[meaning]
    if owner is None:
        return meaning
    if meaning == "origin" and owner != "supplier":
        # The origin of a stone is its quarry; only of a seller it is a country.
        meaning = "name"
    return owner + _OWN_FIELD.get(meaning or "name", "")


def _owner_of(who: list[str], *, either: bool) -> str | None:
    owner = next((owner for owner in ("quarry", "factory", "supplier", "site") if owner in who), None)
    if either and owner == "factory" and "supplier" in who and who.index("supplier") < who.index("factory"):
        return "supplier"
    return owner


def _meaning_of(what: list[str]) -> str | None:
    """The most telling property named; a region beside a place only explains it."""
    meaning = next((name for name in _TELLING if name in what), None)
    if meaning is None or (meaning == "region" and "place" in what):
        return next((name for name in ("place", "origin", "material", "name") if name in what), meaning)
    return meaning
