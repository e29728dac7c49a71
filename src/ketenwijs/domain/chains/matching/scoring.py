"""The learned model: small trees over the features, and what competing candidates do to a probability.

`benchmarks/matching/train.py` makes the data file; every feature may only raise the probability as it rises.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .features import NAMES

_FILE = Path(__file__).parent / "data" / "model.json"
Matrix = NDArray[np.float64]
_KNOWN_SHARE = 0.6
"""Share of new rows with a site in what the model learned from."""
_KNOWN_ROWS = 40
_ROUNDS = 30
_ENDLESS = 1e30
"""Stands for a border that every known value is below: smaller than infinity, which stands for missing."""
_MOST_FACTOR = 30.0


@dataclass(frozen=True)
class Model:
    """Trees as arrays, one line per tree: by node the column and the border to test, and where to go.

    A column beyond the features is the same feature with "missing" on the other side. Leaves lead to themselves.
    """

    column: NDArray[np.intp]
    border: NDArray[np.float32]
    children: NDArray[np.intp]
    value: Matrix
    depth: int
    slope: float
    offset: float

    def log_odds(self, features: Matrix) -> Matrix:
        """The logarithm of the odds that a pair is one site, for each row of features."""
        missing = np.isnan(features)
        both = np.hstack([np.where(missing, np.inf, features), np.where(missing, -np.inf, features)])
        flat = np.ascontiguousarray(both, dtype=np.float32).ravel()
        begins = np.arange(len(features), dtype=np.intp) * both.shape[1]
        total = np.zeros(len(features))
        for column, border, children, value in zip(self.column, self.border, self.children, self.value, strict=True):
            node = np.zeros(len(features), np.intp)
            for _ in range(self.depth):
                left = flat.take(begins + column.take(node)) <= border.take(node)
                node = children.take(2 * node + left)
            total += value.take(node)
        result: Matrix = self.slope * total + self.offset
        return result


@cache
def load_model() -> Model:
    """The model of the data file. Raises ValueError where it was made for other features."""
    return read_model(_FILE)


def read_model(file: Path) -> Model:
    """A model from a file as `train.py` writes it."""
    raw = json.loads(file.read_text(encoding="utf-8"))
    if tuple(raw["features"]) != NAMES:
        raise ValueError("The model was made for other features; run benchmarks/matching/train.py.")
    trees = raw["trees"]
    size = max(len(tree["feature"]) for tree in trees)

    def table(name: str) -> Matrix:
        return np.array([tree[name] + [0] * (size - len(tree[name])) for tree in trees], dtype=np.float64)

    children = np.stack([table("right"), table("left")], axis=2).reshape(len(trees), 2 * size)
    return Model(
        column=(table("feature") + table("missing_left") * len(NAMES)).astype(np.intp),
        border=table("border").clip(-_ENDLESS, _ENDLESS).astype(np.float32),
        children=children.astype(np.intp),
        value=table("value"),
        depth=int(raw["depth"]),
        slope=float(raw["slope"]),
        offset=float(raw["offset"]),
    )


def compete(log_odds: Matrix, new: NDArray[np.int64], rows: int) -> Matrix:
    """Probabilities of pairs, knowing that a new row is one site or none: candidates share what there is.

    With odds o of a pair by itself, its probability is o / (1 + all odds of the new row). How many new rows are
    in the register at all differs from list to list, so that share is estimated from the list itself (Saerens,
    Latinne and Decaestecker 2002), with the share of training as some forty more rows: few rows hardly move it.
    """
    odds = np.exp(np.clip(log_odds, -30, 30))
    together = np.bincount(new, odds, minlength=rows)
    factor = 1.0
    for _ in range(_ROUNDS):
        expected = float((factor * together / (1.0 + factor * together)).sum())
        share = (expected + _KNOWN_ROWS * _KNOWN_SHARE) / (rows + _KNOWN_ROWS)
        factor = share / (1.0 - share) * (1.0 - _KNOWN_SHARE) / _KNOWN_SHARE
        factor = min(max(factor, 1.0 / _MOST_FACTOR), _MOST_FACTOR)
    result: Matrix = factor * odds / (1.0 + factor * together[new])
    return result
