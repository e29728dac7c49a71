"""Counts runs of three signs in many texts at once; texts become rows of numbers for the search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SIGNS = 37
SIZE = _SIGNS**3
"""How many different runs there are: a-z, 0-9 and the space, three in a row."""

_OF_SIGN = np.full(256, -1, dtype=np.int32)
_OF_SIGN[ord(" ")] = 0
_OF_SIGN[ord("a") : ord("z") + 1] = np.arange(1, 27)
_OF_SIGN[ord("0") : ord("9") + 1] = np.arange(27, 37)


def runs_of(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number of the text and run, each pair once, for folded texts; sorted by run, then text."""
    lines = " " + " \n ".join(texts) + " "
    signs = _OF_SIGN[np.frombuffer(lines.encode("ascii", "replace"), dtype=np.uint8)]
    if len(signs) < 3:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    line = np.cumsum(signs == -1, dtype=np.int64)
    count = int(line[-1]) + 1
    first, middle, last = signs[:-2], signs[1:-1], signs[2:]
    # A space in the middle would tie a word to its neighbour, and words change places.
    whole = (first >= 0) & (middle > 0) & (last >= 0)
    run = (first[whole].astype(np.int64) * _SIGNS + middle[whole]) * _SIGNS + last[whole]
    pairs = run * count + line[1:-1][whole]
    pairs.sort()
    pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])] if len(pairs) else pairs
    run = pairs // count
    return pairs - run * count, run
