"""Writes the boxes around each country's parts from the outlines of the world-atlas package (Natural Earth, public domain).

`python tools/country_boxes.py` after `make setup`; the result is a content file that is reviewed and committed.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from outlines import lines_of, rings_of

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
TARGET = ROOT / "content" / "reference" / "country-boxes.yaml"
HEAD = """\
# Boxes of whole degrees around the parts of each country: south, west, north, east. Coordinates outside of all of them
# cannot lie in the country. Natural Earth (public domain) by way of the world-atlas package; see tools/country_boxes.py.
identifier: reference:country-boxes
"""
Box = tuple[int, int, int, int]


def boxes_of(rings: list[list[tuple[float, float]]]) -> list[Box]:
    """The boxes of all parts, without those that lie inside another."""
    found = set()
    for ring in rings:
        longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
        south, west = math.floor(min(latitudes)), math.floor(min(longitudes))
        found.add((south, west, math.ceil(max(latitudes)), math.ceil(max(longitudes))))
    return sorted(one for one in found if not any(one != other and inside(one, other) for other in found))


def inside(one: Box, other: Box) -> bool:
    """Whether a box lies within another."""
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]


def main() -> None:
    """Write the file."""
    atlas = json.loads((MODULES / "world-atlas" / "countries-50m.json").read_text("utf-8"))
    codes = json.loads((MODULES / "i18n-iso-countries" / "codes.json").read_text("utf-8"))
    alpha2 = {numeric: code for code, _alpha3, numeric, *_rest in codes}
    lines = lines_of(atlas)
    found: dict[str, list[Box]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        code = alpha2.get(str(shape.get("id", "")).zfill(3), "")
        if code:
            found.setdefault(code, []).extend(boxes_of(list(rings_of(shape, lines))))
    rows = [f'  "{code}": {json.dumps([list(box) for box in found[code]])}\n' for code in sorted(found)]
    TARGET.write_text(f"{HEAD}boxes:\n{''.join(rows)}", "utf-8")


if __name__ == "__main__":
    main()
