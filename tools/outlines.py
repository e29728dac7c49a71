"""Turns the country outlines of the world-atlas package into one SVG file whose paths pages refer to by country code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ketenwijs.foundation.ui.projection import HEIGHT, WIDTH, Frame, Point, on_page


def lines_of(atlas: dict[str, Any]) -> list[list[Point]]:
    """The atlas' arcs in degrees; they are stored as differences in whole steps."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    lines = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def rings_of(shape: dict[str, Any], lines: list[list[Point]]) -> Iterator[list[Point]]:
    """Closed lines of one country; a negative number is an arc walked backwards."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for number in ring:
                line = lines[number] if number >= 0 else lines[~number][::-1]
                points += line[1:] if points else line
            yield points


def path_of(shape: dict[str, Any], lines: list[list[Point]]) -> str:
    """One country as SVG path data in whole steps, each point told from the one before.

    A ring that leaves the page at one side and comes back at the other is drawn as two.
    """
    return "".join(drawn(part) for ring in rings_of(shape, lines) for part in parts_of(ring))


def parts_of(ring: list[Point]) -> Iterator[list[tuple[int, int]]]:
    """The ring on the page, without points that fall together, cut where it jumps from one side to the other."""
    part: list[tuple[int, int]] = []
    for longitude, latitude in ring:
        x, y = on_page(longitude, latitude)
        point = (round(x), round(y))
        if part and abs(point[0] - part[-1][0]) > WIDTH / 2:
            yield part
            part = []
        if not part or part[-1] != point:
            part.append(point)
    yield part


def drawn(points: list[tuple[int, int]]) -> str:
    """One closed line; less than a triangle is nothing."""
    if len(points) < 4:
        return ""
    steps = [f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in zip(points, points[1:], strict=False)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"


def outlines(modules: Path) -> str:
    """The whole file: each country under its ISO 3166-1 alpha-2 code, and all of them under `world`."""
    atlas = json.loads((modules / "world-atlas" / "countries-110m.json").read_text("utf-8"))
    codes = json.loads((modules / "i18n-iso-countries" / "codes.json").read_text("utf-8"))
    alpha2 = {numeric: code for code, _alpha3, numeric, *_rest in codes}
    lines = lines_of(atlas)
    paths = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        code = alpha2.get(str(shape.get("id", "")).zfill(3), "")
        data = path_of(shape, lines) if code != "AQ" else ""
        if data:
            name = f' id="{code}"' if code else ""
            paths.append(f'<path{name} d="{data}"/>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
    return f'{head}<g id="world">{"".join(paths)}</g></svg>\n'


def province_picture(data: dict[str, Any], plain: Callable[[str], str]) -> str:
    """The provinces of one country: each under its plain name, all of them under `all`."""
    frame = Frame(*data["frame"])
    paths = []
    for one in data["provinces"]:
        rings = [[_rounded(frame.on_page(x, y)) for x, y in ring] for ring in one["rings"]]
        inside = [ring for ring in rings if any(0 <= x <= frame.width and 0 <= y <= frame.height for x, y in ring)]
        if inside:
            paths.append(f'<path id="{plain(one["name"])}" d="{"".join(drawn(_distinct(ring)) for ring in inside)}"/>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}">'
    return f'{head}<g id="all">{"".join(paths)}</g></svg>\n'


def _rounded(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _distinct(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [point for at, point in enumerate(ring) if not at or point != ring[at - 1]]
