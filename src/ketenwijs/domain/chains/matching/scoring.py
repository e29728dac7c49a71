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
_MOST_FACTOR = 8.0


@dataclass(frozen=True)
class Model:
    """Trees as arrays, all of one shape: node by node the feature, the border, where to go, or the value of a leaf."""

    feature: NDArray[np.int32]
    border: Matrix
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    missing_left: NDArray[np.bool_]
    value: Matrix
    depth: int
    slope: float
    offset: float

    def log_odds(self, features: Matrix) -> Matrix:
        """The logarithm of the odds that a pair is one site, for each row of features."""
        total = np.zeros(len(features))
        lines = np.arange(len(features))
        missing = np.isnan(features)
        for tree in range(len(self.feature)):
            node = np.zeros(len(features), np.int32)
            for _ in range(self.depth):
                column = self.feature[tree][node]
                goes_left = np.where(
                    missing[lines, column],
                    self.missing_left[tree][node],
                    features[lines, column] <= self.border[tree][node],
                )
                node = np.where(goes_left, self.left[tree][node], self.right[tree][node])
            total += self.value[tree][node]
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

    def column(name: str, fill: float) -> Matrix:
        return np.array([tree[name] + [fill] * (size - len(tree[name])) for tree in trees], dtype=np.float64)

    return Model(
        feature=column("feature", 0).astype(np.int32),
        border=column("border", 0.0),
        left=column("left", 0).astype(np.int32),
        right=column("right", 0).astype(np.int32),
        missing_left=column("missing_left", 0).astype(bool),
        value=column("value", 0.0),
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
