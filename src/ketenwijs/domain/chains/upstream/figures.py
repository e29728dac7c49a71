"""What the ways of a firm amount to: places by kind and country, and how many ends are open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ketenwijs.domain.chains.upstream.reach import Bits, Counts, firms_counted
from ketenwijs.domain.chains.upstream.ways import Numbers, Ways


@dataclass(frozen=True)
class FirmFigures:
    """One firm: `by_kind` and `by_country` hold numbers of upstream places by number of kind and country.

    `open_ends` counts the places, and the firm itself, of which something further up is not known.
    """

    places: int
    open_ends: int
    by_kind: tuple[int, ...]
    by_country: tuple[int, ...]

    @property
    def countries(self) -> tuple[int, ...]:
        """Numbers of the countries in which any of the places lies."""
        return tuple(number for number, count in enumerate(self.by_country) if count)

    @property
    def share(self) -> float | None:
        """Known places as a part of known places and open ends; None where there is neither."""
        whole = self.places + self.open_ends
        return self.places / whole if whole else None


class Figures:
    """The same for every firm, as arrays with a column per firm; takes rows out and in again when links change."""

    def __init__(self, ways: Ways) -> None:
        self.by_kind: Counts = np.zeros((int(ways.kinds.max(initial=0)) + 1, ways.firms), dtype=np.int64)
        self.by_country = np.zeros((int(ways.countries.max(initial=0)) + 1, ways.firms), dtype=np.int32)
        self.open_ends: Counts = ways.open_firms.astype(np.int64)

    @property
    def places(self) -> Counts:
        """Upstream places of each firm."""
        return np.asarray(self.by_kind.sum(axis=0))

    def share(self) -> npt.NDArray[np.float64]:
        """Known places of each firm as a part of known places and open ends; 0 where there is neither."""
        places = self.places
        return np.asarray(places / np.maximum(places + self.open_ends, 1))

    def count(self, ways: Ways, bits: Bits, places: Numbers, rows: Numbers, sign: int = 1) -> None:
        """Add places with their rows of bits, or with sign -1 take them out again."""
        if not len(places):
            return
        group = (ways.kinds[places].astype(np.int64) * len(self.by_country) + ways.countries[places]) * 2
        group += ways.open_places[places]
        by_group = np.argsort(group, kind="stable")
        group, rows = group[by_group], rows[by_group]
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        for start, end in zip(starts, np.append(starts[1:], len(group)), strict=True):
            counted = sign * firms_counted(bits, rows[start:end], len(self.open_ends))
            kind_and_country, is_open = divmod(int(group[start]), 2)
            kind, country = divmod(kind_and_country, len(self.by_country))
            self.by_kind[kind] += counted
            self.by_country[country] += counted.astype(np.int32)
            if is_open:
                self.open_ends += counted

    def of(self, firm: int) -> FirmFigures:
        """The figures of one firm."""
        return FirmFigures(
            places=int(self.by_kind[:, firm].sum()),
            open_ends=int(self.open_ends[firm]),
            by_kind=tuple(self.by_kind[:, firm].tolist()),
            by_country=tuple(self.by_country[:, firm].tolist()),
        )


def firm_figures(ways: Ways, firm: int) -> tuple[FirmFigures, Numbers]:
    """One firm's figures and upstream places from the links alone, without those of anybody else."""
    places = ways.upstream_of(ways.bought.of(firm))
    kinds = np.bincount(ways.kinds[places], minlength=int(ways.kinds.max(initial=0)) + 1)
    countries = np.bincount(ways.countries[places], minlength=int(ways.countries.max(initial=0)) + 1)
    open_ends = int(ways.open_firms[firm]) + int(ways.open_places[places].sum())
    return FirmFigures(len(places), open_ends, tuple(kinds.tolist()), tuple(countries.tolist())), places
