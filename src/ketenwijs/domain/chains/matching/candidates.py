"""The index of a register: finds, for many new rows at once, the few sites worth comparing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sparse_dot_topn import sp_matmul_topn

from . import geography, ngrams
from .folding import folded_chunks
from .forms import Form, pack_texts, unpack_form
from .identifiers import identifier_keys
from .records import Row, pack, unpack
from .words import Words

BLOCK = 50_000
"""Rows per finished block; the last, open block is the only one that adding a site touches."""
_OPEN = 2_000
_OTHER, _CELL, _SIZE = ngrams.SIZE, 2 * ngrams.SIZE, 2 * ngrams.SIZE + geography.CELLS
"""Where the runs of other texts and the cells of the map begin, after the runs of names; and where they end."""
_OTHER_WEIGHT, _CELL_WEIGHT = 0.5, 0.3
_COMMON = 0.03
_QUERIES = 3
_SHARED = 20


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

    new: NDArray[np.int64]
    register: NDArray[np.int64]
    score: NDArray[np.float32]


@dataclass(slots=True)
class SiteIndex:
    """A register in memory. `add` takes rows at any time; nothing that is finished is built again."""

    words: Words
    rows: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(_SIZE, np.int64))
    name_words: Counter[str] = field(default_factory=Counter)
    other_words: Counter[str] = field(default_factory=Counter)
    identifiers: dict[str, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, position: int) -> Row:
        """The row at a position, as it was added."""
        return unpack(self.rows[position])

    def form(self, position: int) -> Form:
        """The folded texts of the row at a position."""
        return unpack_form(self.names[position], self.texts[position])

    def add(self, rows: Iterable[Row], *, workers: int = 0) -> None:
        """Adds rows at the end. Costs what the new rows cost, plus at most the open block of 2,000 rows.

        With `workers`, so many other processes fold the texts of registers of more than one block.
        """
        for chunk, forms in folded_chunks(rows, BLOCK, self.words, workers):
            self._append(chunk, forms)

    def _append(self, rows: list[Row], forms: list[Form]) -> None:
        start = len(self.rows)
        self.rows.extend(map(pack, rows))
        for position, row in enumerate(rows, start):
            if row.identifiers:
                for key in identifier_keys(row.identifiers):
                    self.identifiers.setdefault(key, []).append(position)
        self.names.extend([form.name for form in forms])
        self.texts.extend(map(pack_texts, forms))
        self.name_words.update(" ".join([form.name for form in forms]).split())
        self.other_words.update(" ".join([form.others for form in forms]).split())
        runs, lines = _coded(rows, forms, around=False)
        self.counts += np.bincount(runs, minlength=_SIZE)
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.rows + len(rows) <= _OPEN:
            self.blocks.pop()
            old_runs = np.repeat(np.arange(_SIZE), np.diff(last.indptr))
            runs, lines = np.concatenate([old_runs, runs]), np.concatenate([last.indices, lines + last.rows])
            order = np.argsort(runs, kind="stable")
            runs, lines, start = runs[order], lines[order], last.start
        self.blocks.append(_block(start, len(self.rows) - start, runs, lines, self.rarity()))

    def rarity(self) -> NDArray[np.float64]:
        """The weight of each run: the rarer in this register, the more it tells."""
        return np.log((len(self.rows) + 1.0) / (self.counts + 0.5)).clip(0.05) ** 2

    def search(self, rows: Sequence[Row], forms: Sequence[Form], *, most: int, threads: int = 2) -> Candidates:
        """Candidates for each row, at most `most` by name, by the other texts and by all, and by identifiers."""
        new, register, score = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        queries = self._queries(rows, forms)
        for block in self.blocks:
            found = sp_matmul_topn(queries, block.matrix(), top_n=most, threshold=0.1, sort=True, n_threads=threads)
            new.append(np.repeat(np.arange(found.shape[0]), np.diff(found.indptr)))
            register.append(found.indices.astype(np.int64) + block.start)
            score.append(found.data)
        found = _best(np.concatenate(new), np.concatenate(register), np.concatenate(score), most, len(rows))
        return _with_shared(found, rows, self.identifiers)

    def _queries(self, rows: Sequence[Row], forms: Sequence[Form]) -> csr_matrix:
        """Three rows of weights per new row: all there is, the name alone, all but the name."""
        runs, lines = _coded(rows, forms, around=True)
        weights = self.rarity()[runs]
        is_name, is_cell = runs < _OTHER, runs >= _CELL
        is_text = ~is_name & ~is_cell
        length_name = np.sqrt(np.bincount(lines[is_name], weights[is_name], minlength=len(rows))).clip(1e-6)
        length_text = np.sqrt(np.bincount(lines[is_text], weights[is_text], minlength=len(rows))).clip(1e-6)
        values = np.where(is_name, weights / length_name[lines], _OTHER_WEIGHT * weights / length_text[lines])
        values[is_cell] = _CELL_WEIGHT
        # What very many rows share costs most of the time and hardly changes the order.
        rare = self.counts[runs] <= max(2_000, _COMMON * len(self.rows))
        parts = [
            csr_matrix((values[kept], (lines[kept], runs[kept])), shape=(len(rows), _SIZE))
            for kept in (rare, rare & is_name, rare & ~is_name)
        ]
        return vstack(parts, format="csr").astype(np.float32)


def _coded(rows: Sequence[Row], forms: Sequence[Form], *, around: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Runs and lines of names, then of all other texts, then of the map; sorted by run."""
    lines_name, runs_name = ngrams.runs_of([form.name for form in forms])
    lines_text, runs_text = ngrams.runs_of([form.others for form in forms])
    lines_cell, cells = geography.cells_of(geography.coordinates(rows), around=around)
    runs = np.concatenate([runs_name, runs_text + _OTHER, cells + _CELL])
    return runs, np.concatenate([lines_name, lines_text, lines_cell])


def _block(
    start: int, rows: int, runs: NDArray[np.int64], lines: NDArray[np.int64], rarity: NDArray[np.float64]
) -> Block:
    indptr = np.zeros(_SIZE + 1, np.int64)
    np.cumsum(np.bincount(runs, minlength=_SIZE), out=indptr[1:])
    data = np.ones(len(runs), np.float32)
    border, end = int(indptr[_OTHER]), int(indptr[_CELL])
    for part in (slice(0, border), slice(border, end)):
        length = np.sqrt(np.bincount(lines[part], rarity[runs[part]], minlength=rows)).clip(1e-6)
        data[part] = (1.0 / length)[lines[part]]
    return Block(start, rows, indptr, lines.astype(np.int32), data)


def _best(
    query: NDArray[np.int64], site: NDArray[np.int64], value: NDArray[np.float32], most: int, rows: int
) -> Candidates:
    """The best of all blocks per query."""
    order = np.lexsort((site, -value, query))
    query, site, value = query[order], site[order], value[order]
    begins = np.searchsorted(query, np.arange(_QUERIES * rows + 1))
    keep = np.arange(len(query)) - begins[query] < most
    return Candidates(query[keep] % max(rows, 1), site[keep], value[keep])


def _with_shared(found: Candidates, rows: Sequence[Row], identifiers: dict[str, list[int]]) -> Candidates:
    """All queries of a row together, with what shares an identifier; each pair once, with its best score."""
    shared = [
        (position, other)
        for position, row in enumerate(rows)
        if row.identifiers
        for key in identifier_keys(row.identifiers)
        for other in identifiers.get(key, ())[:_SHARED]
    ]
    extra = np.array(shared, dtype=np.int64).reshape(-1, 2)
    new, site = np.concatenate([found.new, extra[:, 0]]), np.concatenate([found.register, extra[:, 1]])
    value = np.concatenate([found.score, np.zeros(len(extra), np.float32)])
    order = np.lexsort((-value, site, new))
    new, site, value = new[order], site[order], value[order]
    first = np.ones(len(new), bool)
    first[1:] = (new[1:] != new[:-1]) | (site[1:] != site[:-1])
    return Candidates(new[first], site[first], value[first])
