"""The order in which places are worked through, so that each is done after everything that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ketenwijs.domain.chains.upstream.ways import Links, Numbers


@dataclass(frozen=True)
class Layers:
    """Places in working order. `order` holds every place once; `stands_for` the position of the place that a circle is
    worked out at, for each position; the first `workers` positions stand for themselves.

    `sources` are positions, to be joined to the positions from `targets[i]` on, in `steps` steps.
    """

    order: Numbers
    stands_for: Numbers
    workers: int
    sources: Numbers
    steps: npt.NDArray[np.int64]
    targets: npt.NDArray[np.int64]

    def __iter__(self) -> Iterator[tuple[int, Numbers]]:
        """First position and the sources for it and the positions after it, step by step."""
        for number, first in enumerate(self.targets.tolist()):
            yield first, self.sources[self.steps[number] : self.steps[number + 1]]


def layers_of(places: int, froms: Numbers, tos: Numbers) -> Layers:
    """The working order of numbered places with links between them."""
    circle_of, circles = _circles(places, froms, tos)
    froms, tos = circle_of[froms], circle_of[tos]
    between = froms != tos
    links = Links(circles, froms[between], tos[between], circles)
    incoming = np.bincount(links.tos, minlength=circles)
    level = _levels(links, incoming)
    # Within a level those with most incoming links first: a step then joins one run of positions.
    ranked = np.lexsort((-incoming, level))
    rank = np.empty(circles, dtype=np.int32)
    rank[ranked] = np.arange(circles, dtype=np.int32)
    order, stands_for = _positions(circle_of, rank)
    return Layers(order, stands_for, circles, *_steps(rank[links.froms()], rank[links.tos], level[ranked]))


def _circles(places: int, froms: Numbers, tos: Numbers) -> tuple[Numbers, int]:
    """Places that lead to each other get one number."""
    if not len(froms):
        return np.arange(places, dtype=np.int32), places
    graph = csr_array((np.ones(len(froms), dtype=np.int8), (froms, tos)), shape=(places, places))
    number, circle_of = connected_components(graph, directed=True, connection="strong")
    return circle_of.astype(np.int32), int(number)


def _levels(links: Links, incoming: npt.NDArray[np.int64]) -> Numbers:
    """How many steps the longest way to each takes; there are no circles left."""
    waiting = incoming.copy()
    level = np.zeros(len(waiting), dtype=np.int32)
    wave = np.flatnonzero(waiting == 0).astype(np.int32)
    depth = 0
    while len(wave):
        level[wave] = depth
        _positions, reached = links.of_all(wave)
        reached, times = np.unique(reached, return_counts=True)
        waiting[reached] -= times
        wave = reached[waiting[reached] == 0]
        depth += 1
    return level


def _positions(circle_of: Numbers, rank: Numbers) -> tuple[Numbers, Numbers]:
    """One place of every circle in working order, then all others, each with the position that stands for it."""
    _circles_in_order, first = np.unique(circle_of, return_index=True)
    order = np.empty(len(circle_of), dtype=np.int32)
    order[rank] = first
    others = np.setdiff1d(np.arange(len(circle_of)), first)
    order[len(rank) :] = others
    return order, rank[circle_of[order]]


def _steps(
    froms: Numbers, tos: Numbers, level: Numbers
) -> tuple[Numbers, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Links sorted into steps: the first incoming link of every position of a level, then the second, and so on."""
    by_end = np.argsort(tos, kind="stable")
    froms, tos = froms[by_end], tos[by_end]
    starts = np.concatenate(([0], np.flatnonzero(np.diff(tos)) + 1)) if len(tos) else np.zeros(0, dtype=np.int64)
    lengths = np.diff(np.append(starts, len(tos)))
    nth = np.arange(len(tos)) - np.repeat(starts, lengths)
    key = level[tos].astype(np.int64) * (int(nth.max(initial=0)) + 1) + nth
    by_step = np.argsort(key, kind="stable")
    key, froms, tos = key[by_step], froms[by_step], tos[by_step]
    steps = np.concatenate(([0], np.flatnonzero(np.diff(key)) + 1, [len(key)])) if len(key) else np.zeros(1, np.int64)
    return froms, steps, tos[steps[:-1]].astype(np.int64)
