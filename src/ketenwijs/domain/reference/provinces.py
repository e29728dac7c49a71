"""Provinces of countries that stone comes from: names by which lists mention them, and outlines in degrees.

What a list calls a province may have no outline here, because it is younger than the outlines or no province: such an area
is listed and not drawn.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

Ring = list[list[float]]


@dataclass(frozen=True)
class Province:
    """A first-level division. `slug` names its line in the picture; rings are longitude and latitude in degrees."""

    slug: str
    name: str
    rings: tuple[Ring, ...]

    @property
    def geometry(self) -> dict[str, Any]:
        """The outline as a MultiPolygon of RFC 7946; outer rings run against the clock."""
        return {"type": "MultiPolygon", "coordinates": [[_counterclockwise(ring)] for ring in self.rings]}


@dataclass(frozen=True)
class Provinces:
    """All provinces of a country by folded name. `frame` is south, west, north, east of what the picture shows."""

    country: str
    frame: tuple[float, float, float, float]
    by_name: dict[str, Province]

    def named(self, text: str) -> Province | None:
        """The province a list means; None where the text names none that has an outline."""
        return self.by_name.get(plain(text))


def provinces_of(country: str) -> Provinces | None:
    """The provinces of a country (ISO 3166-1); None where no outlines are shipped."""
    return _provinces(country) if country.isascii() and country.isalpha() and len(country) == 2 else None


def plain(text: str) -> str:
    """A name for comparing: without case, accents, and anything but letters and digits."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


@lru_cache(maxsize=64)
def _provinces(country: str) -> Provinces | None:
    path = Path(settings.CONTENT_DIR) / "reference" / "provinces" / f"{country}.json"
    if not path.is_file():
        return None
    data = json.loads(path.read_text("utf-8"))
    by_name = {}
    for one in data["provinces"]:
        province = Province(plain(one["name"]), one["name"], tuple(one["rings"]))
        by_name.update(dict.fromkeys(map(plain, (one["name"], *one["aliases"])), province))
    return Provinces(country, tuple(data["frame"]), by_name)


def _counterclockwise(ring: Ring) -> Ring:
    turn = sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, ring[1:], strict=False))
    return ring if turn > 0 else ring[::-1]
