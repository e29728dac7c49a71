"""A map of the world computed on the server: countries in a few kinds, with the numbers for the legend.

The outlines are one carried file; a page only says which countries stand out. Small countries may be too small to see and
some have no outline: the page always puts a table beside the map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KINDS = ("strong", "middle", "light")
"""From most to least; how each looks is the style's."""


@dataclass(frozen=True)
class Country:
    """One country that stands out: its ISO 3166-1 code in capitals and its kind."""

    code: str
    kind: str


@dataclass(frozen=True)
class WorldMap:
    """What `ui/charts/map.html` draws; `legend` holds kind, label and number of countries."""

    title: str
    description: str
    countries: tuple[Country, ...]
    legend: tuple[tuple[str, str, int], ...]


def world_map(title: str, description: str, kinds: Mapping[str, str], labels: Sequence[tuple[str, str]]) -> WorldMap:
    """A map on which `kinds` says which countries stand out and how.

    `labels` holds kind and label in the order of the legend; a kind that no country has is left out. Raises ValueError
    for a kind without a look.
    """
    wrong = sorted(set(kinds.values()) - set(KINDS))
    if wrong:
        raise ValueError(f"no look for {', '.join(wrong)}")
    numbers = Counter(kinds.values())
    countries = tuple(Country(code, kinds[code]) for code in sorted(kinds) if code.isascii() and code.isalpha())
    legend = tuple((kind, label, numbers[kind]) for kind, label in labels if numbers[kind])
    return WorldMap(title, description, countries, legend)
