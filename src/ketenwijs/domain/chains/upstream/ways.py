"""Who buys where and which place gets from which, as compact arrays that can take one link more or less."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

NOWHERE = 0
"""The number of the country of a place whose country is not stated."""


class Links:
    """Links from one numbered side to another, each once, found by their start."""

    def __init__(self, starts: int, froms: npt.ArrayLike, tos: npt.ArrayLike, ends: int) -> None:
        key = np.asarray(froms, dtype=np.int64) * max(ends, 1) + np.asarray(tos, dtype=np.int64)
        key.sort()
        key = key[np.diff(key, prepend=-1) > 0]
        self.tos: Numbers = (key % max(ends, 1)).astype(np.int32)
        counted = np.bincount(key // max(ends, 1), minlength=starts)
        self.first = np.concatenate(([0], np.cumsum(counted)))

    def __len__(self) -> int:
        return len(self.tos)

    def of(self, start: int) -> Numbers:
        """Where the links of one start go to."""
        return self.tos[self.first[start] : self.first[start + 1]]

    def of_all(self, starts: Numbers) -> tuple[Numbers, Numbers]:
        """The links of several starts: for each its place in `starts`, and where it goes to."""
        counts = self.first[starts + 1] - self.first[starts]
        total = int(counts.sum())
        positions = np.repeat(np.arange(len(starts), dtype=np.int32), counts)
        before = np.cumsum(counts) - counts
        places = np.arange(total) - np.repeat(before - self.first[starts], counts)
        return positions, self.tos[places]

    def froms(self) -> Numbers:
        """The start of every link, in the order of `tos`."""
        return np.repeat(np.arange(len(self.first) - 1, dtype=np.int32), np.diff(self.first))

    def add(self, start: int, end: int) -> bool:
        """Put one link in; whether it was new."""
        at = self._position(start, end)
        if at < self.first[start + 1] and self.tos[at] == end:
            return False
        self.tos = np.insert(self.tos, at, end)
        self.first[start + 1 :] += 1
        return True

    def remove(self, start: int, end: int) -> bool:
        """Take one link out; whether it was there."""
        at = self._position(start, end)
        if at == self.first[start + 1] or self.tos[at] != end:
            return False
        self.tos = np.delete(self.tos, at)
        self.first[start + 1 :] -= 1
        return True

    def _position(self, start: int, end: int) -> int:
        return int(self.first[start] + np.searchsorted(self.of(start), end))


@dataclass
class Ways:
    """Firms and places by number from 0 on.

    `bought` goes from firm to place, `onward` from a place to one further from the firm; `bought_by` and `behind` are the
    same links the other way round. Where `open_firms` or `open_places` is true somebody or something further up is not known.
    """

    kinds: Numbers
    countries: Numbers
    open_firms: Flags
    open_places: Flags
    bought: Links
    bought_by: Links
    onward: Links
    behind: Links

    @property
    def firms(self) -> int:
        """How many firms there are."""
        return len(self.open_firms)

    @property
    def places(self) -> int:
        """How many places there are."""
        return len(self.open_places)

    def upstream_of(self, starts: npt.ArrayLike) -> Numbers:
        """The given places and all that lie beyond them, each once."""
        seen = np.zeros(self.places, dtype=np.bool_)
        wave = np.unique(np.asarray(starts, dtype=np.int32))
        while len(wave):
            seen[wave] = True
            _positions, reached = self.onward.of_all(wave)
            fresh = reached[~seen[reached]]
            if 4 * len(fresh) > self.places:
                marked = np.zeros(self.places, dtype=np.bool_)
                marked[fresh] = True
                wave = np.flatnonzero(marked).astype(np.int32)
            else:
                wave = np.unique(fresh)
        return np.flatnonzero(seen).astype(np.int32)


def ways_of(
    *,
    firms: int,
    kinds: npt.ArrayLike,
    countries: npt.ArrayLike,
    bought: tuple[npt.ArrayLike, npt.ArrayLike],
    onward: tuple[npt.ArrayLike, npt.ArrayLike],
    open_firms: npt.ArrayLike = (),
    open_places: npt.ArrayLike = (),
) -> Ways:
    """Ways from plain lists: kind and country number of each place, links as two lists, numbers of what is open.

    A link given twice counts once.
    """
    places = len(np.asarray(kinds))
    return Ways(
        kinds=np.asarray(kinds, dtype=np.int32),
        countries=np.asarray(countries, dtype=np.int32),
        open_firms=_flags(firms, open_firms),
        open_places=_flags(places, open_places),
        bought=Links(firms, *bought, places),
        bought_by=Links(places, bought[1], bought[0], firms),
        onward=Links(places, *onward, places),
        behind=Links(places, onward[1], onward[0], places),
    )


def _flags(number: int, raised: npt.ArrayLike) -> Flags:
    flags = np.zeros(number, dtype=np.bool_)
    flags[np.asarray(raised, dtype=np.int64)] = True
    return flags
