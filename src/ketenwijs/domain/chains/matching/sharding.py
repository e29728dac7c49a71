"""A register in parts: each part searches and compares by itself, and the pairs compete for all parts together.

The steps are the matcher's own. Where a part is worked on does not matter here: `run` is given a function and the parts, and
may be a plain loop, a pool of processes or an engine such as Spark (`spark.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zlib import crc32

import numpy as np

from .candidates import SiteIndex
from .countries import load_countries
from .explaining import as_sentence, explain
from .linking import Comparison, Matcher
from .records import Row, pack, unpack
from .scoring import compete, load_model
from .words import load_words

Part = list[str]
"""Packed rows of the register."""

KEPT = 5
"""Pairs per new row that a part gives back with their explanation; the others count in the competition only."""


@dataclass(frozen=True)
class PairFound:
    """A new row and a site of one part with the logarithm of the odds that they are one; `explained` for the best."""

    new: int
    register: str
    log_odds: float
    explained: str = ""


Run = Callable[[Callable[[Part], list[PairFound]], Sequence[Part]], Iterable[list[PairFound]]]


def part_of(identifier: str, parts: int) -> int:
    """In which part a site is: by chance, so that names are as rare in each part as in the whole, and always the same."""
    return crc32(identifier.encode()) % parts


def parts_of(rows: Iterable[Row], parts: int) -> list[Part]:
    """The register divided into so many parts."""
    found: list[Part] = [[] for _ in range(parts)]
    for row in rows:
        found[part_of(row.id, parts)].append(pack(row))
    return found


def pairs_in(part: Part, *, new: Sequence[str], country_names: Path) -> list[PairFound]:
    """What one part of the register says about all new rows (packed): its index is built, asked and forgotten."""
    words = load_words()
    index = SiteIndex(words)
    index.add(unpack(row) for row in part)
    rows = [unpack(row) for row in new]
    matcher = Matcher(index, load_countries(country_names, words))
    compared = matcher.compare(rows)
    odds = load_model().log_odds(compared.features)
    begins = np.searchsorted(compared.new, np.arange(len(rows) + 1))
    found = []
    for position, row in enumerate(rows):
        pairs = np.arange(begins[position], begins[position + 1])
        for place, pair in enumerate(pairs[np.argsort(-odds[pairs], kind="stable")]):
            site, value = index.row(compared.register[pair]), float(odds[pair])
            reason = ""
            if place < KEPT:
                features, alignment = compared.features[pair], compared.alignments[pair]
                reason = as_sentence(explain(Comparison(row, site, features, alignment, 0.0)))
            found.append(PairFound(position, site.id, value, reason))
    return found


@dataclass(frozen=True)
class Proposed:
    """One proposal for a new row, ready to be written."""

    new_id: str
    register_id: str
    probability: float
    explained: str


def match_in_parts(
    new: Sequence[Row], parts: Sequence[Part], run: Run, *, country_names: Path, least: float, most: int
) -> list[list[Proposed]]:
    """For each new row its proposals, best first: at most `most`, each with a probability of at least `least`."""
    work = partial(pairs_in, new=[pack(row) for row in new], country_names=country_names)
    pairs = sorted(
        (pair for found in run(work, parts) for pair in found), key=lambda one: (one.new, -one.log_odds, one.register)
    )
    positions = np.array([pair.new for pair in pairs], np.int64)
    chances = compete(np.array([pair.log_odds for pair in pairs]), positions, len(new))
    found: list[list[Proposed]] = [[] for _ in new]
    for pair, chance in zip(pairs, chances.tolist(), strict=True):
        proposals = found[pair.new]
        if chance >= least and len(proposals) < most:
            proposals.append(Proposed(new[pair.new].id, pair.register, chance, pair.explained))
    return found
