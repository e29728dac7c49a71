"""Pictures computed on the server: coverage bar, matrix, layered graph, columns. Pure geometry; templates draw SVG.

Every picture has a title and a description for people who do not see it, and the page puts its table beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WIDTH = 640


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


@dataclass(frozen=True)
class Line:
    """A curve from the right side of one box to the left side of another."""

    path: str
    kind: str = "line"


@dataclass(frozen=True)
class Picture:
    """What the templates `ui/charts/*.html` draw."""

    title: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    labels: tuple[tuple[float, float, str, str], ...] = field(default=())


def coverage_bar(title: str, description: str, parts: Sequence[tuple[str, float, str]]) -> Picture:
    """One bar cut into shares. `parts` are label, amount (any unit, not negative) and kind (known, unknown, series-n).

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
    return Picture(title, description, WIDTH, 28, tuple(boxes))


def matrix(
    title: str,
    description: str,
    *,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[str, str]],
    counts: Mapping[tuple[str, str], int],
    heat: Mapping[tuple[str, str], int],
) -> Picture:
    """A grid of counts. `columns` and `rows` are code and label, rows from top to bottom; `heat` is 0 to 4 per cell."""
    left, top, cell_width, cell_height = 130, 30, 92, 54
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
    return Picture(title, description, width, height, tuple(boxes), (), tuple(labels))


@dataclass(frozen=True)
class Node:
    """One box of a layered graph: its layer from left to right, a key, label, detail and kind."""

    layer: int
    key: str
    label: str
    kind: str
    detail: str = ""


def layered_graph(
    title: str, description: str, *, headings: Sequence[str], nodes: Sequence[Node], edges: Sequence[tuple[str, str]]
) -> Picture:
    """Boxes in columns joined by curves. Order within a layer is the order given; an edge to an unknown key is left out."""
    layer_width, box_width, box_height, gap, top = 230, 180, 40, 12, 34
    places: dict[str, Box] = {}
    used = dict.fromkeys(range(len(headings)), 0)
    for node in nodes:
        y = top + used[node.layer] * (box_height + gap)
        places[node.key] = Box(
            node.layer * layer_width, y, box_width, box_height, node.kind, _short(node.label, 24), _short(node.detail, 28)
        )
        used[node.layer] += 1
    lines = [_curve(places[start], places[end]) for start, end in edges if start in places and end in places]
    height = top + max(used.values(), default=0) * (box_height + gap)
    labels = [(number * layer_width, 18.0, "start", heading) for number, heading in enumerate(headings)]
    width = (len(headings) - 1) * layer_width + box_width + 4
    return Picture(title, description, width, height, tuple(places.values()), tuple(lines), tuple(labels))


def _curve(start: Box, end: Box) -> Line:
    x1, y1 = start.x + start.width, start.y + start.height / 2
    x2, y2 = end.x, end.y + end.height / 2
    middle = (x1 + x2) / 2
    kind = "line dashed" if "unknown" in end.kind else "line"
    return Line(f"M{x1:.1f} {y1:.1f} C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}", kind)


def columns(title: str, description: str, points: Sequence[tuple[str, float | None]]) -> Picture:
    """Simple columns over time. A value of None (no round, not known) draws no column, never a zero."""
    top, floor, step, width = 24, 180, 90, 54
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
    return Picture(title, description, max(len(points), 1) * step + 10, floor + 28, tuple(boxes), (), tuple(labels))


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
