"""Coordinates: reading them, distance, and the cells by which near sites are found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .records import Row

CELLS = 1 << 16
"""How many cell codes there are; far apart cells may share one, which costs a comparison and nothing else."""
_DEGREES = 0.05
_EARTH_KM = 6371.0


def coordinates(rows: Sequence[Row]) -> NDArray[np.float64]:
    """Latitude and longitude per row in degrees; not a number where empty, unreadable, out of range or 0, 0."""
    found = np.full((len(rows), 2), np.nan)
    for position, row in enumerate(rows):
        if row.lat and row.lon:
            try:
                latitude, longitude = float(row.lat.replace(",", ".")), float(row.lon.replace(",", "."))
            except ValueError:
                continue
            if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude):
                found[position] = latitude, longitude
    return found


def cells_of(points: NDArray[np.float64], *, around: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Line and cell code of each point; with `around` also the eight cells beside it. Sorted by code, each once."""
    lines = np.flatnonzero(~np.isnan(points[:, 0]))
    south = np.floor(points[lines, 0] / _DEGREES).astype(np.int64)
    west = np.floor(points[lines, 1] / _DEGREES).astype(np.int64)
    steps = (-1, 0, 1) if around else (0,)
    codes = [((south + up) * 7919 + (west + right)) % CELLS for up in steps for right in steps]
    pairs = np.unique(np.concatenate(codes) * max(len(points), 1) + np.tile(lines, len(codes)))
    return pairs % max(len(points), 1), pairs // max(len(points), 1)


def kilometres(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distance, pair by pair."""
    a, b = np.radians(one), np.radians(other)
    half = np.sin((b - a) / 2) ** 2
    inner = half[:, 0] + np.cos(a[:, 0]) * np.cos(b[:, 0]) * half[:, 1]
    found: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(inner, 0, 1)))
    return found
