"""The index of a register: finds, for many new rows at once, the few sites worth comparing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sparse_dot_topn import sp_matmul_topn

from . import ngrams
from .identifiers import identifier_keys
from .normalising import folded_lines
from .records import Row, pack, unpack
from .words import Words

BLOCK = 100_000
"""Rows per finished block; the last, open block is the only one that adding a site touches."""
_OPEN = 2_000
_SIZE = 2 * ngrams.SIZE
_SURROUNDINGS = 0.5
_COMMON = 0.03
_QUERIES = 3


@dataclass(slots=True)
class Block:
    """Postings of some rows: for each run of signs the rows that have it, weighted by the length of the row."""

    start: int
    rows: int
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    data: NDArray[np.float32]

    def matrix(self) -> csr_matrix:
        """Runs by rows."""
        return csr_matrix((self.data, self.indices, self.indptr), shape=(_SIZE, self.rows), copy=False)


@dataclass(slots=True)
class Candidates:
    """Pairs of a new row and a register row (both by position), with the search's score; sorted by new row."""

    new: NDArray[np.int32]
    register: NDArray[np.int32]
    score: NDArray[np.float32]


@dataclass(slots=True)
class SiteIndex:
    """A register in memory. `add` takes rows at any time; nothing that is finished is built again."""

    words: Words
    packed: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(_SIZE, np.int64))
    name_words: Counter[str] = field(default_factory=Counter)
    other_words: Counter[str] = field(default_factory=Counter)
    identifiers: dict[str, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.packed)

    def row(self, position: int) -> Row:
        """The row at a position, as it was added."""
        return unpack(self.packed[position])

    def add(self, rows: Iterable[Row]) -> None:
        """Adds rows at the end. Costs what the new rows cost, plus at most the open block of 2,000 rows."""
        chunk: list[Row] = []
        for row in rows:
            chunk.append(row)
            if len(chunk) == BLOCK:
                self._append(chunk)
                chunk = []
        if chunk:
            self._append(chunk)

    def _append(self, rows: list[Row]) -> None:
        start = len(self.packed)
        self.packed.extend(map(pack, rows))
        for position, row in enumerate(rows, start):
            if row.identifiers:
                for key in identifier_keys(row.identifiers):
                    self.identifiers.setdefault(key, []).append(position)
        runs, lines, names, others = _coded(rows, self.words)
        self.name_words.update(names.split())
        self.other_words.update(others.split())
        self.counts += np.bincount(runs, minlength=_SIZE)
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.rows + len(rows) <= _OPEN:
            self.blocks.pop()
            old_runs = np.repeat(np.arange(_SIZE), np.diff(last.indptr))
            runs, lines = np.concatenate([old_runs, runs]), np.concatenate([last.indices, lines + last.rows])
            order = np.argsort(runs, kind="stable")
            runs, lines, start = runs[order], lines[order], last.start
        self.blocks.append(_block(start, len(self.packed) - start, runs, lines, self.rarity()))

    def rarity(self) -> NDArray[np.float64]:
        """The weight of each run: the rarer in this register, the more it tells."""
        return np.log((len(self.packed) + 1.0) / (self.counts + 0.5)).clip(0.05) ** 2

    def search(self, rows: Sequence[Row], *, most: int, threads: int = 2) -> Candidates:
        """Candidates for each row, at most `most` by name, by the other texts and by all together, and by identifiers."""
        if not self.packed or not rows:
            return Candidates(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))
        queries = self._queries(rows)
        new, register, score = [], [], []
        for block in self.blocks:
            found = sp_matmul_topn(queries, block.matrix(), top_n=most, threshold=0.1, sort=True, n_threads=threads)
            new.append(np.repeat(np.arange(found.shape[0]), np.diff(found.indptr)))
            register.append(found.indices.astype(np.int64) + block.start)
            score.append(found.data)
        return _joined(rows, new, register, score, most, self.identifiers)

    def _queries(self, rows: Sequence[Row]) -> csr_matrix:
        """Three rows of weights per new row: all texts, the name alone, all texts but the name."""
        runs, lines, _, _ = _coded(rows, self.words)
        weights = self.rarity()[runs]
        is_name = runs < ngrams.SIZE
        length_name = np.sqrt(np.bincount(lines[is_name], weights[is_name], minlength=len(rows))).clip(1e-6)
        length_other = np.sqrt(np.bincount(lines[~is_name], weights[~is_name], minlength=len(rows))).clip(1e-6)
        values = np.where(is_name, weights / length_name[lines], _SURROUNDINGS * weights / length_other[lines])
        # What very many rows share costs most of the time and hardly changes the order.
        rare = self.counts[runs] <= max(2_000, _COMMON * len(self.packed))
        shape = (len(rows), _SIZE)
        both = csr_matrix((values[rare], (lines[rare], runs[rare])), shape=shape)
        parts = [both]
        for only in (rare & is_name, rare & ~is_name):
            parts.append(csr_matrix((values[only], (lines[only], runs[only])), shape=shape))
        return vstack(parts, format="csr").astype(np.float32)


def _coded(rows: Sequence[Row], words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64], str, str]:
    """Runs and lines of names and of all other texts (runs of those come after), sorted by run; and the texts."""
    names = folded_lines([row.name for row in rows], words)
    others = folded_lines([f"{row.address} {row.place} {row.region}" for row in rows], words)
    lines_name, runs_name = ngrams.runs_of(names)
    lines_other, runs_other = ngrams.runs_of(others)
    runs = np.concatenate([runs_name, runs_other + ngrams.SIZE])
    return runs, np.concatenate([lines_name, lines_other]), names, others


def _block(
    start: int, rows: int, runs: NDArray[np.int64], lines: NDArray[np.int64], rarity: NDArray[np.float64]
) -> Block:
    indptr = np.zeros(_SIZE + 1, np.int64)
    np.cumsum(np.bincount(runs, minlength=_SIZE), out=indptr[1:])
    data = np.empty(len(runs), np.float32)
    border = int(indptr[ngrams.SIZE])
    for part in (slice(0, border), slice(border, None)):
        length = np.sqrt(np.bincount(lines[part], rarity[runs[part]], minlength=rows)).clip(1e-6)
        data[part] = (1.0 / length)[lines[part]]
    return Block(start, rows, indptr, lines.astype(np.int32), data)


def _joined(
    rows: Sequence[Row],
    new: list[NDArray[np.int64]],
    register: list[NDArray[np.int64]],
    score: list[NDArray[np.float32]],
    most: int,
    identifiers: dict[str, list[int]],
) -> Candidates:
    """The best of all blocks per query, all queries of a row together, and what shares an identifier."""
    query, site, value = np.concatenate(new), np.concatenate(register), np.concatenate(score)
    order = np.lexsort((site, -value, query))
    query, site, value = query[order], site[order], value[order]
    begins = np.searchsorted(query, np.arange(_QUERIES * len(rows) + 1))
    keep = np.arange(len(query)) - begins[query] < most
    row, site, value = query[keep] % len(rows), site[keep], value[keep]
    shared = [
        (position, other)
        for position, one in enumerate(rows)
        if one.identifiers
        for key in identifier_keys(one.identifiers)
        for other in identifiers.get(key, ())[:20]
    ]
    if shared:
        extra = np.array(shared, dtype=np.int64)
        row, site = np.concatenate([row, extra[:, 0]]), np.concatenate([site, extra[:, 1]])
        value = np.concatenate([value, np.zeros(len(extra), np.float32)])
    order = np.lexsort((-value, site, row))
    row, site, value = row[order], site[order], value[order]
    first = np.ones(len(row), bool)
    first[1:] = (row[1:] != row[:-1]) | (site[1:] != site[:-1])
    return Candidates(row[first].astype(np.int32), site[first].astype(np.int32), value[first])
