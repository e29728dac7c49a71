"""Upstream places of all firms, worked out once and kept right when a link changes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ketenwijs.domain.chains.upstream.figures import Figures, FirmFigures
from ketenwijs.domain.chains.upstream.layers import layers_of
from ketenwijs.domain.chains.upstream.reach import (
    Bits,
    firms_in,
    join_along,
    mark,
    mark_direct,
    no_bits,
    rows_counted,
)
from ketenwijs.domain.chains.upstream.ways import Numbers, Ways


class Upstream:
    """For every place the firms that lead to it, and the figures of every firm.

    A changed link changes only what lies above it. `worked` tells how many places the last change had to look at.
    """

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        layers = layers_of(ways.places, ways.onward.froms(), ways.onward.tos)
        self.row_of: Numbers = np.empty(ways.places, dtype=np.int32)
        self.row_of[layers.order] = np.arange(ways.places, dtype=np.int32)
        self.bits: Bits = no_bits(ways.places, ways.firms)
        # A circle is worked out at the place that stands for it, so what is bought anywhere on it counts there.
        mark(self.bits, layers.stands_for[self.row_of[ways.bought.tos]], ways.bought.froms())
        join_along(self.bits, layers)
        del layers
        self.figures = Figures(ways)
        self.figures.count(ways, self.bits, np.arange(ways.places, dtype=np.int32), self.row_of)
        self.worked = ways.places

    def firm(self, firm: int) -> FirmFigures:
        """The figures of one firm."""
        return self.figures.of(firm)

    def places_of(self, firm: int) -> Numbers:
        """All places upstream of one firm."""
        byte = self.bits.view(np.uint8)[:, firm >> 3]
        return np.flatnonzero(((byte >> (firm & 7)) & 1)[self.row_of]).astype(np.int32)

    def firms_of(self, place: int) -> Numbers:
        """All firms that lead to one place."""
        return firms_in(self.bits[self.row_of[place]], self.ways.firms)

    def firms_per_place(self) -> npt.NDArray[np.int64]:
        """How many firms lead to each place."""
        return rows_counted(self.bits)[self.row_of]

    def link_firm(self, firm: int, place: int) -> None:
        """The firm buys at the place from now on."""
        self.worked = 0
        self.ways.bought_by.add(place, firm)
        if self.ways.bought.add(firm, place):
            more = no_bits(1, self.ways.firms)
            mark(more, np.zeros(1, dtype=np.int32), np.array([firm], dtype=np.int32))
            self._spread(more[0], place)

    def link_places(self, nearer: int, further: int) -> None:
        """The nearer place gets from the further one from now on."""
        self.worked = 0
        self.ways.behind.add(further, nearer)
        if self.ways.onward.add(nearer, further):
            self._spread(self.bits[self.row_of[nearer]].copy(), further)

    def unlink_firm(self, firm: int, place: int) -> None:
        """The firm does not buy at the place any more."""
        self.worked = 0
        self.ways.bought_by.remove(place, firm)
        if self.ways.bought.remove(firm, place):
            self._renew(place)

    def unlink_places(self, nearer: int, further: int) -> None:
        """The nearer place does not get from the further one any more."""
        self.worked = 0
        self.ways.behind.remove(further, nearer)
        if self.ways.onward.remove(nearer, further):
            self._renew(further)

    def open_place(self, place: int, is_open: bool) -> None:
        """Something beyond a place is not known, or all of it is."""
        if bool(self.ways.open_places[place]) != is_open:
            self.figures.open_ends[self.firms_of(place)] += 1 if is_open else -1
            self.ways.open_places[place] = is_open

    def open_firm(self, firm: int, is_open: bool) -> None:
        """Somebody a firm buys from is not known, or all are."""
        self.figures.open_ends[firm] += int(is_open) - int(self.ways.open_firms[firm])
        self.ways.open_firms[firm] = is_open

    def _spread(self, more: npt.NDArray[np.uint64], place: int) -> None:
        """Add firms to a place and all beyond it, no further than to where they led already."""
        seen = np.zeros(self.ways.places, dtype=np.bool_)
        wave: Numbers = np.array([place], dtype=np.int32)
        while len(wave):
            seen[wave] = True
            self.worked += len(wave)
            rows = self.row_of[wave]
            fresh = more & ~self.bits[rows]
            gains = fresh.any(axis=1)
            wave = wave[gains]
            self.figures.count(self.ways, fresh[gains], wave, np.arange(len(wave), dtype=np.int32))
            self.bits[rows[gains]] |= more
            _positions, reached = self.ways.onward.of_all(wave)
            wave = np.unique(reached[~seen[reached]])

    def _renew(self, place: int) -> None:
        """Work a place and all beyond it out again from what leads there from elsewhere."""
        ways = self.ways
        places = ways.upstream_of([place])
        inside = np.full(ways.places, -1, dtype=np.int32)
        inside[places] = np.arange(len(places), dtype=np.int32)
        self.worked = 1
        if (self._from_elsewhere(np.array([place], dtype=np.int32), inside) == self.bits[self.row_of[place]]).all():
            return
        self.worked = len(places)
        rows = self.row_of[places]
        self.figures.count(ways, self.bits, places, rows, sign=-1)
        for start in range(0, len(places), 4096):
            part = places[start : start + 4096]
            self.bits[self.row_of[part]] = self._from_elsewhere(part, inside)
        positions, beyond = ways.onward.of_all(places)
        layers = layers_of(len(places), positions, inside[beyond])
        self._gather_circles(layers.stands_for, rows[layers.order], layers.workers)
        join_along(self.bits, layers, rows)
        self.figures.count(ways, self.bits, places, rows)

    def _from_elsewhere(self, places: Numbers, inside: Numbers) -> Bits:
        """Firms that buy at these places themselves, or lead to them from a place that is not inside."""
        found = no_bits(len(places), self.ways.firms)
        mark_direct(found, self.ways.bought_by, places, np.arange(len(places), dtype=np.int32))
        positions, nearer = self.ways.behind.of_all(places)
        outside = inside[nearer] < 0
        for position, one in zip(positions[outside], nearer[outside], strict=True):
            found[position] |= self.bits[self.row_of[one]]
        return found

    def _gather_circles(self, stands_for: Numbers, rows: Numbers, workers: int) -> None:
        """What comes in anywhere on a circle counts at the place that stands for it."""
        for position in range(workers, len(rows)):
            self.bits[rows[stands_for[position]]] |= self.bits[rows[position]]
