"""A map of the world computed on the server: countries in a few kinds, with the numbers for the legend.

The outlines are one carried file; a page only says which countries stand out. Small countries may be too small to see and
some have no outline: the page always puts a table beside the map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ketenwijs.foundation.ui.projection import Frame, on_page

KINDS = ("strong", "middle", "light")
"""From most to least; how each looks is the style's."""

SMALLEST_DOT, LARGEST_DOT = 16, 64


@dataclass(frozen=True)
class Country:
    """One country that stands out: its ISO 3166-1 code in capitals and its kind."""

    code: str
    kind: str


@dataclass(frozen=True)
class Spot:
    """A place by coordinates (decimal degrees). `weight` is what it counts; with an `href` it leads to a page."""

    latitude: float
    longitude: float
    label: str
    weight: int = 1
    href: str = ""


@dataclass(frozen=True)
class Dot:
    """A spot on the picture: middle and radius in the picture's own steps."""

    x: int
    y: int
    radius: int
    label: str
    href: str


@dataclass(frozen=True)
class WorldMap:
    """What `ui/charts/map.html` draws; `legend` holds kind, label and number of countries."""

    title: str
    description: str
    countries: tuple[Country, ...]
    legend: tuple[tuple[str, str, int], ...]
    dots: tuple[Dot, ...] = ()
    dots_label: str = ""


def world_map(
    title: str,
    description: str,
    kinds: Mapping[str, str],
    labels: Sequence[tuple[str, str]],
    spots: Sequence[Spot] = (),
    spots_label: str = "",
) -> WorldMap:
    """A map on which `kinds` says which countries stand out and how.

    `labels` holds kind and label in the order of the legend; a kind that no country has is left out. `spots` become dots
    whose area grows with their weight, the heaviest below so that the small stay in sight. Raises ValueError for a kind
    without a look.
    """
    wrong = sorted(set(kinds.values()) - set(KINDS))
    if wrong:
        raise ValueError(f"no look for {', '.join(wrong)}")
    numbers = Counter(kinds.values())
    countries = tuple(Country(code, kinds[code]) for code in sorted(kinds) if code.isascii() and code.isalpha())
    legend = tuple((kind, label, numbers[kind]) for kind, label in labels if numbers[kind])
    heaviest_first = sorted(spots, key=lambda one: (-one.weight, one.label))
    return WorldMap(title, description, countries, legend, tuple(_dot(one) for one in heaviest_first), spots_label)


def _dot(spot: Spot) -> Dot:
    x, y = on_page(spot.longitude, spot.latitude)
    radius = min(LARGEST_DOT, round(SMALLEST_DOT * max(1, spot.weight) ** 0.5))
    return Dot(round(x), round(y), radius, spot.label, spot.href)


@dataclass(frozen=True)
class CountryMap:
    """What `ui/charts/provinces.html` draws: a country of which some provinces stand out. Sizes in the picture's steps."""

    title: str
    file: str
    width: int
    height: int
    marked: tuple[str, ...]


def country_map(title: str, country: str, frame: Frame, marked: Sequence[str]) -> CountryMap:
    """A country (ISO 3166-1) of which the outlines are shipped; `marked` are names of lines in its picture."""
    return CountryMap(title, f"vendor/provinces-{country}.svg", frame.width, frame.height, tuple(sorted(set(marked))))
