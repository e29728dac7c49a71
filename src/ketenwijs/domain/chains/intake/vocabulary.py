"""The words by which sheets are understood, loaded from data files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from .wording import clean, fold

WORDS_FILE = "intake-words.yaml"
MATERIALS_FILE = "material-names.yaml"
COUNTRIES_FILE = "country-names.yaml"
LANGUAGES = ("nl", "fr", "en", "de")


@dataclass(frozen=True)
class Vocabulary:
    """Look-up tables of folded words. `headings` maps a whole heading to its field; `who` and `what` the
    parts of one.
    """

    headings: Mapping[str, str]
    heading_languages: Mapping[str, frozenset[str]]
    who: Mapping[str, frozenset[str]]
    what: Mapping[str, frozenset[str]]
    noise: frozenset[str]
    countries: Mapping[str, str]
    country_codes: Mapping[str, str]
    materials: Mapping[str, str]
    unknown: frozenset[str]
    unknown_marks: frozenset[str]
    asked: frozenset[str]
    ditto: frozenset[str]
    ditto_marks: frozenset[str]
    totals: frozenset[str]
    notes: frozenset[str]
    evidence: Mapping[str, frozenset[str]]
    site_kinds: Mapping[str, str]
    months: Mapping[str, int]
    date_order: Mapping[str, frozenset[str]]

    @cached_property
    def longest_material(self) -> int:
        """Number of words in the longest name of a material."""
        return max(len(name.split()) for name in self.materials)

    @cached_property
    def long_material_names(self) -> list[str]:
        """One-word names long enough to be found inside a compound word or despite a typing error."""
        return sorted((name for name in self.materials if " " not in name and len(name) >= 6), key=len, reverse=True)

    @cached_property
    def long_country_names(self) -> list[str]:
        """Names long enough to be recognised despite a typing error."""
        return [name for name in self.countries if len(name) >= 6]

    @cached_property
    def long_headings(self) -> list[str]:
        """Whole headings long enough to be recognised despite a typing error."""
        return [name for name in self.headings if len(name) >= 5]

    @cached_property
    def part_words(self) -> list[str]:
        """Words out of which headings are composed, longest first."""
        return sorted({*self.who, *self.what}, key=len, reverse=True)


def load_vocabulary(directory: Path) -> Vocabulary:
    """Reads the three data files in `directory` (content/reference). Raises ValueError where a word is not
    text.
    """
    words = _load(directory / WORDS_FILE)
    materials = _load(directory / MATERIALS_FILE)["materials"]
    countries = _load(directory / COUNTRIES_FILE)["countries"]
    headings, languages = _headings(words["headings"])
    unknown, unknown_marks = _words_and_marks(words["unknown"])
    ditto, ditto_marks = _words_and_marks(words["ditto"])
    totals, _ = _words_and_marks(words["total"])
    return Vocabulary(
        headings=headings,
        heading_languages=languages,
        who=_sets_by_word(words["parts"]["who"]),
        what=_sets_by_word(words["parts"]["what"]),
        noise=frozenset(fold(word) for word in _all(words["parts"]["noise"])),
        countries={fold(name): code for code, names in countries.items() for name in _country_names(names)},
        country_codes=_country_codes(countries),
        materials={fold(name): code for code, names in materials.items() for name in _all(names)},
        unknown=unknown,
        unknown_marks=unknown_marks,
        asked=frozenset(fold(word) for word in _all(words["asked"])),
        ditto=ditto,
        ditto_marks=ditto_marks,
        totals=totals,
        notes=frozenset(fold(word) for word in _all(words["note"])),
        evidence={kind: frozenset(fold(word) for word in names) for kind, names in words["evidence"].items()},
        site_kinds={fold(word): kind for kind, names in words["site_kinds"].items() for word in names},
        months={fold(word): int(month) for month, names in words["months"].items() for word in names},
        date_order={order: frozenset(fold(word) for word in _all(by)) for order, by in words["date_order"].items()},
    )


def _load(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)  # noqa: S506 - CSafeLoader is a safe loader
    return loaded


def _all(group: Mapping[str, Iterable[str]]) -> Iterable[str]:
    for key, words in group.items():
        for word in words:
            if not isinstance(word, str):
                raise ValueError(f"{key}: {word!r} is not text; put it between quotation marks")
            yield word


def _country_names(names: Mapping[str, Any]) -> Iterable[str]:
    return _all({key: value for key, value in names.items() if key != "alpha3"})


def _country_codes(countries: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    codes = {code: code for code in countries}
    codes.update({str(names["alpha3"]): code for code, names in countries.items()})
    return codes


def _headings(
    group: Mapping[str, Mapping[str, list[str]]],
) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """First mention wins, so a word that two languages share keeps one meaning."""
    fields: dict[str, str] = {}
    languages: dict[str, set[str]] = {}
    for name, by_language in group.items():
        for language, words in by_language.items():
            for word in _all({language: words}):
                folded = fold(word)
                fields.setdefault(folded, name)
                languages.setdefault(folded, set()).add(language)
    return fields, {word: frozenset(found) for word, found in languages.items()}


def _sets_by_word(group: Mapping[str, Mapping[str, list[str]]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for meaning, by_language in group.items():
        for word in _all(by_language):
            found.setdefault(fold(word), set()).add(meaning)
    return {word: frozenset(meanings) for word, meanings in found.items()}


def _words_and_marks(group: Mapping[str, list[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Words compare folded; marks such as "?" would fold to nothing and compare as written."""
    words = {fold(word) for word in _all(group)} - {""}
    marks = {clean(word).casefold() for word in _all(group)}
    return frozenset(words), frozenset(marks)
