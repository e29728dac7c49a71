"""Reads names of countries as codes, from the data file that the intake of sheets uses too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .normalising import place_lines
from .words import Words


@cache
def load_countries(file: Path, words: Words) -> Mapping[str, str]:
    """Folded names and codes of countries by ISO 3166-1 alpha-2 code, from `country-names.yaml`."""
    with file.open("rb") as stream:
        raw: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)  # noqa: S506 - CSafeLoader is a safe loader
    codes, spellings = [], []
    for code, names in raw["countries"].items():
        for spelling in (code, *_spellings(names.values())):
            codes.append(code)
            spellings.append(spelling)
    found: dict[str, str] = {}
    for folded, code in zip(place_lines(spellings, words), codes, strict=True):
        found.setdefault(folded, code)
    return found


def _spellings(groups: Iterable[str | list[str]]) -> Iterable[str]:
    for group in groups:
        yield from [group] if isinstance(group, str) else group


def country_codes(texts: Sequence[str], countries: Mapping[str, str], words: Words) -> list[str]:
    """The code of each country; the folded text itself where it is not known, so that equal ones still agree."""
    different = sorted(set(texts))
    folded = dict(zip(different, place_lines(different, words), strict=True))
    return [countries.get(folded[text], folded[text]) for text in texts]
