"""Pictures computed on the server: coverage bar, matrix, layered graph, columns. Templates only draw.

Every picture has a title and a description for people who do not see it; the page puts its table beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDTH = 640
BOX_HEIGHT, GAP, HEADING_HEIGHT = 42, 14, 34
MANY = 8
"""From more boxes than this in one column on, the boxes of a graph stand closer."""


@dataclass(frozen=True)
class Box:
    """A rectangle with an optional label; `kind` is the CSS class that colours it."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    label: str = ""
    detail: str = ""

    @property
    def middle(self) -> float:
        """Where a centred text stands."""
        return self.x + self.width / 2

    @property
    def label_y(self) -> float:
        """Where the label's line of text stands: in the middle, or above the detail."""
        return self.y + (17 if self.detail else self.height / 2 + 4)

    @property
    def detail_y(self) -> float:
        """Where the detail's line of text stands."""
        return self.y + 33


@dataclass(frozen=True)
class Line:
    """A curve from the right side of one box to the left side of another."""

    path: str
    kind: str = "line"


@dataclass(frozen=True)
class Picture:
    """What the templates `ui/charts/*.html` draw: `picture.html`, beside it `legend.html` or `table.html`.

    `headings` and `rows` hold the same numbers for reading; `legend` is kind, label and amount per colour.
    """

    title: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    labels: tuple[tuple[float, float, str, str], ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()
    legend: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_bar(self) -> bool:
        """Without any text inside: it may be stretched to the width there is."""
        return not self.labels


def coverage_bar(title: str, description: str, parts: Sequence[tuple[str, float, str]]) -> Picture:
    """One bar cut into shares. `parts`: label, amount (any unit, from 0), kind (known, unknown, series-n).

    An empty bar is drawn as wholly unknown, never as full.
    """
    total = sum(amount for _label, amount, _kind in parts)
    boxes, x = [], 0.0
    for label, amount, kind in parts:
        width = WIDTH * amount / total if total else 0.0
        if width:
            boxes.append(Box(round(x, 1), 0, round(width, 1), 28, kind, label))
        x += width
    if not boxes:
        boxes.append(Box(0, 0, WIDTH, 28, "unknown"))
    legend = tuple((kind, label, f"{amount:g}") for label, amount, kind in parts)
    rows = tuple((label, f"{amount:g}") for label, amount, _kind in parts)
    return Picture(title, description, WIDTH, 28, tuple(boxes), legend=legend, headings=("", title), rows=rows)


def matrix(
    title: str,
    description: str,
    *,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[str, str]],
    counts: Mapping[tuple[str, str], int],
    heat: Mapping[tuple[str, str], int],
) -> Picture:
    """A grid of counts. `columns`, `rows`: code and label, from the top down; `heat`: 0 to 4 per cell."""
    left = 20 + _room_for(label for _code, label in rows)
    cell_width = max(64, 12 + _room_for(label for _code, label in columns))
    top, cell_height = 30, 54
    boxes, labels = [], []
    for across, (_code, label) in enumerate(columns):
        labels.append((left + across * cell_width + cell_width / 2, 20.0, "middle", label))
    for down, (row, label) in enumerate(rows):
        labels.append((left - 10.0, top + down * cell_height + cell_height / 2 + 4, "end", label))
        for across, (column, _label) in enumerate(columns):
            count = counts.get((row, column), 0)
            kind = f"heat-{heat.get((row, column), 0)}"
            x, y = left + across * cell_width, top + down * cell_height
            boxes.append(Box(x + 1, y + 1, cell_width - 2, cell_height - 2, kind, str(count) if count else ""))
    width, height = left + len(columns) * cell_width, top + len(rows) * cell_height
    table = tuple((label, *(str(counts.get((row, column), 0)) for column, _name in columns)) for row, label in rows)
    headings = ("", *(label for _code, label in columns))
    return Picture(title, description, width, height, tuple(boxes), (), tuple(labels), headings=headings, rows=table)


@dataclass(frozen=True)
class Node:
    """One box of a layered graph: its layer from left to right, a key, label, detail and kind."""

    layer: int
    key: str
    label: str
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class Columns:
    """How far columns stand apart, how wide a box is, and how many letters fit into its two lines."""

    layer: float
    box: float
    letters: int
    small_letters: int


USUAL, NARROW = Columns(230, 182, 24, 28), Columns(182, 154, 18, 20)
MANY_LAYERS = 4
"""With more columns boxes are narrower, so that the picture still fits beside the menu of a desktop."""


def layered_graph(
    title: str,
    description: str,
    *,
    headings: Sequence[str],
    nodes: Sequence[Node],
    edges: Sequence[tuple[str, str]],
) -> Picture:
    """Boxes in columns joined by curves; an edge to an unknown key is left out.

    The last column keeps the order given; each column before it stands beside what it leads to, so that few
    curves cross. Short columns stand in the middle of the longest; with many boxes they stand closer.
    """
    layers = _beside_their_ends([[n for n in nodes if n.layer == number] for number in range(len(headings))], edges)
    most = max((len(layer) for layer in layers), default=0)
    gap = GAP if most <= MANY else GAP / 2
    size = USUAL if len(headings) <= MANY_LAYERS else NARROW
    places: dict[str, Box] = {}
    for layer in layers:
        y = HEADING_HEIGHT + (most - len(layer)) * (BOX_HEIGHT + gap) / 2
        for place, node in enumerate(layer):
            places[node.key] = _box_of(node, y + place * (BOX_HEIGHT + gap), size)
    joined = [(start, end) for start, end in edges if start in places and end in places]
    lines = [_curve(places[start], places[end]) for start, end in joined]
    height = HEADING_HEIGHT + most * (BOX_HEIGHT + gap)
    labels = [(number * size.layer + 1.0, 18.0, "start", heading) for number, heading in enumerate(headings)]
    width = (len(headings) - 1) * size.layer + size.box + 4
    by_key = {node.key: node for node in nodes}
    rows = tuple((by_key[start].label, by_key[end].label) for start, end in joined)
    return Picture(
        title,
        description,
        width,
        height,
        tuple(places.values()),
        tuple(lines),
        tuple(labels),
        headings=(" / ".join(headings[:-1]), " / ".join(headings[1:])),
        rows=rows,
    )


def _beside_their_ends(layers: list[list[Node]], edges: Sequence[tuple[str, str]]) -> list[list[Node]]:
    """From right to left, each layer by the mean place of the boxes its ways lead to; ties keep the order given."""
    ends: dict[str, list[str]] = {}
    for start, end in edges:
        ends.setdefault(start, []).append(end)
    ordered = layers[-1:]
    for layer in reversed(layers[:-1]):
        place = {node.key: number for number, node in enumerate(ordered[0])}

        def wanted(node: Node, place: dict[str, int] = place) -> float:
            found = [place[end] for end in ends.get(node.key, ()) if end in place]
            return sum(found) / len(found) if found else len(place)

        ordered.insert(0, sorted(layer, key=wanted))
    return ordered


def _box_of(node: Node, y: float, size: Columns) -> Box:
    x = node.layer * size.layer + 1.0
    label, detail = _short(node.label, size.letters), _short(node.detail, size.small_letters)
    return Box(x, y, size.box, BOX_HEIGHT, node.kind, label, detail)


def _curve(start: Box, end: Box) -> Line:
    x1, y1 = start.x + start.width, start.y + start.height / 2
    x2, y2 = end.x, end.y + end.height / 2
    middle = (x1 + x2) / 2
    kind = "line dashed" if "unknown" in start.kind + end.kind else "line"
    return Line(f"M{x1:.1f} {y1:.1f} C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}", kind)


def columns(title: str, description: str, points: Sequence[tuple[str, float | None]]) -> Picture:
    """Simple columns over time. A value of None (no round, not known) draws no column, never a zero."""
    top, floor, step, width = 24, 180, 66, 44
    highest = max((value for _label, value in points if value is not None), default=0) or 1
    boxes, labels = [], []
    for number, (label, value) in enumerate(points):
        x = 10 + number * step
        if value is not None:
            height = (floor - top) * value / highest
            boxes.append(Box(x, round(floor - height, 1), width, round(height, 1), "known"))
            labels.append((x + width / 2, floor - height - 6, "middle", f"{value:g}"))
        else:
            labels.append((x + width / 2, floor - 6.0, "middle", "–"))
        labels.append((x + width / 2, floor + 18.0, "middle", label))
    rows = tuple((label, None if value is None else f"{value:g}") for label, value in points)
    width = max(len(points), 1) * step + 10
    headings = ("", title)
    return Picture(title, description, width, floor + 28, tuple(boxes), (), tuple(labels), headings=headings, rows=rows)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _room_for(labels: Iterable[str]) -> int:
    """Width that the longest label needs, at about seven units a letter."""
    return max((7 * len(str(label)) for label in labels), default=0)
