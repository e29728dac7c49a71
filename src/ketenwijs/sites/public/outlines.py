"""Country outlines in degrees, for open data: read back from the picture that the pages draw their maps with.

The picture is in Equal Earth (tools/outlines.py), in whole steps of a tenth of a degree or so; good enough to show which
country is meant, no boundary to measure by.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

WIDTH, HEIGHT = 4000, 1840
SOUTH, NORTH = -57.0, 79.0
A = (1.340264, -0.081106, 0.000893, 0.003796)
"""Size, edges and projection of the picture (Savric, Patterson and Jenny, 2018)."""

ROOT = math.sqrt(3)
STEPS = 8
"""Newton's method is exact to the last digit long before."""

_PATH = re.compile(r'<path id="([A-Z]{2})" d="([^"]+)"')
_RING = re.compile(r"M(-?\d+) (-?\d+)l([^z]*)z")
Point = tuple[float, float]
Ring = list[Point]


def _height(theta: float) -> float:
    return theta * (A[0] + A[1] * theta**2 + A[2] * theta**6 + A[3] * theta**8)


def _slope(theta: float) -> float:
    return A[0] + 3 * A[1] * theta**2 + 7 * A[2] * theta**6 + 9 * A[3] * theta**8


def _theta(latitude: float) -> float:
    return math.asin(ROOT / 2 * math.sin(math.radians(latitude)))


TOP, BOTTOM = _height(_theta(NORTH)), _height(_theta(SOUTH))
RIGHT = 2 * ROOT * math.pi / (3 * _slope(0))


def degrees(x: float, y: float) -> Point:
    """Longitude and latitude of a point of the picture, in hundredths of a degree."""
    across = (2 * x / WIDTH - 1) * RIGHT
    height = TOP - y / HEIGHT * (TOP - BOTTOM)
    theta = height
    for _step in range(STEPS):
        theta -= (_height(theta) - height) / _slope(theta)
    latitude = math.asin(max(-1.0, min(1.0, 2 * math.sin(theta) / ROOT)))
    longitude = 3 * across * _slope(theta) / (2 * ROOT * math.cos(theta))
    return round(max(-180.0, min(180.0, math.degrees(longitude))), 2), round(math.degrees(latitude), 2)


def _rings(path: str) -> list[Ring]:
    rings = []
    for left, top, steps in _RING.findall(path):
        x, y = int(left), int(top)
        ring = [degrees(x, y)]
        numbers = [int(one) for one in steps.split()]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append(degrees(x, y))
        if ring[0] != ring[-1]:
            ring.append(ring[0])
        rings.append(ring)
    return rings


def _turn(ring: Ring) -> float:
    """Twice the signed area: positive where the ring runs against the clock."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, ring[1:], strict=False))


@lru_cache(maxsize=1)
def _outlines() -> dict[str, str]:
    found = finders.find("vendor/outlines.svg")
    return dict(_PATH.findall(Path(str(found)).read_text("utf-8"))) if found else {}


@lru_cache(maxsize=256)
def geometry(country: str) -> dict[str, Any] | None:
    """The country as a MultiPolygon of RFC 7946; None where the picture has no outline of it.

    The picture draws outer lines with the clock and holes against it.
    """
    path = _outlines().get(country)
    polygons: list[list[Ring]] = []
    for ring in _rings(path or ""):
        if _turn(ring) > 0 and polygons:
            polygons[-1].append(ring[::-1])
        else:
            polygons.append([ring if _turn(ring) > 0 else ring[::-1]])
    return {"type": "MultiPolygon", "coordinates": polygons} if polygons else None
