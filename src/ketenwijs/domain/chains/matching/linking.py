"""Links new rows to a register: search, a first coarse choice, comparison, probability, decision."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from .alignment import Alignment
from .candidates import Candidates, SiteIndex
from .countries import country_codes
from .features import Matrix, Rarity, Side, compare, side_of
from .forms import Form, forms_of, is_blank, pack_texts
from .geography import coordinates
from .records import Row
from .scoring import Model, compete, load_model

SEARCHED = 30
"""Candidates per way of searching; what does not come up here is never found."""
COMPARED = 8
"""Candidates per new row that are compared in full, besides a few that lead in one respect."""
_GROWTH = 100_000
"""From this many sites on, both numbers grow with the logarithm: to twice as many at ten times the sites."""
LINKED = 0.5
"""From this probability on, the best candidate of a new row is taken as the same site."""
CERTAIN = 0.98
"""From this probability on, a link needs no person (measured: see benchmarks/matching)."""

_UNKNOWN = 0.7
_HOPEFUL = 0.45


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rows side by side, with all that an explanation needs."""

    new: Row
    register: Row
    features: NDArray[np.float64]
    alignment: Alignment | None
    probability: float


@dataclass(slots=True)
class Compared:
    """All compared pairs of some new rows, by position in the new rows and in the register."""

    new: NDArray[np.int64]
    register: NDArray[np.int64]
    features: Matrix
    alignments: list[Alignment | None]


class Matcher:
    """Finds the site of a register that a new row is, with a probability. Keeps no state but its index."""

    def __init__(self, index: SiteIndex, countries: Mapping[str, str], model: Model | None = None) -> None:
        """`countries` as `load_countries` gives it; the model of the package unless another one is given."""
        self.index = index
        self._countries = countries
        self._model = model

    def compare(self, rows: Sequence[Row]) -> Compared:
        """Search and comparison without judgement."""
        with _without_collecting():
            return self._compare(rows)

    def _compare(self, rows: Sequence[Row]) -> Compared:
        forms = forms_of(rows, self.index.words)
        found = self._coarse(forms, self.index.search(rows, forms, most=int(SEARCHED * self._breadth())))
        positions, of_pair = np.unique(found.register, return_inverse=True)
        register_rows = [self.index.row(position) for position in positions]
        new = self._sides(rows, forms)
        register = self._sides(register_rows, [self.index.form(position) for position in positions])
        points = coordinates(rows)[found.new], coordinates(register_rows)[of_pair]
        rarity = Rarity(len(self.index), self.index.name_words, self.index.other_words)
        features, alignments = compare(
            [new[position] for position in found.new],
            [register[position] for position in of_pair],
            points,
            rarity,
            self.index.words,
        )
        return Compared(found.new, found.register, features, alignments)

    def match(self, rows: Sequence[Row], *, most: int = 3, least: float = 0.02) -> Iterator[list[Comparison]]:
        """For each row its proposals, best first: at most `most`, each with a probability of at least `least`."""
        compared = self.compare(rows)
        model = self._model or load_model()
        chances = compete(model.log_odds(compared.features), compared.new, len(rows))
        begins = np.searchsorted(compared.new, np.arange(len(rows) + 1))
        for position, row in enumerate(rows):
            pairs = np.arange(begins[position], begins[position + 1])
            pairs = pairs[np.argsort(-chances[pairs], kind="stable")][:most]
            yield [
                Comparison(
                    row,
                    self.index.row(compared.register[pair]),
                    compared.features[pair],
                    compared.alignments[pair],
                    float(chances[pair]),
                )
                for pair in pairs
                if chances[pair] >= least
            ]

    def _breadth(self) -> float:
        return 1.0 + max(0.0, math.log10(max(len(self.index), 1) / _GROWTH))

    def _sides(self, rows: Sequence[Row], forms: Sequence[Form]) -> list[Side]:
        words = self.index.words
        codes = country_codes([row.country for row in rows], self._countries, words)
        return [side_of(form, code, row.identifiers, words) for form, code, row in zip(forms, codes, rows, strict=True)]

    def _coarse(self, forms: Sequence[Form], found: Candidates) -> Candidates:
        """The most promising candidates of each new row: by all signs together, and a few by each alone."""
        positions, of_pair = np.unique(found.register, return_inverse=True)
        own = _Texts([form.name for form in forms], [pack_texts(form) for form in forms])
        theirs = _Texts(*([source[at] for at in positions] for source in (self.index.names, self.index.texts)))
        names = own.names[found.new].tolist(), theirs.names[of_pair].tolist()
        texts = own.texts[found.new].tolist(), theirs.texts[of_pair].tolist()
        no_name = own.no_name[found.new] | theirs.no_name[of_pair]
        no_text = own.no_text[found.new] | theirs.no_text[of_pair]
        sorted_names, within = (
            _likeness(names, fuzz.token_sort_ratio, no_name),
            _likeness(names, fuzz.partial_ratio, no_name),
        )
        shared_texts, sorted_texts = (
            _likeness(texts, fuzz.token_set_ratio, no_text),
            _likeness(texts, fuzz.token_sort_ratio, no_text),
        )
        promise = found.score + sorted_names**3 + within**3 + shared_texts**3
        kept = np.zeros(len(found.new), bool)
        for measure, most in (
            (promise, int(COMPARED * self._breadth())),
            (sorted_names + 0.3 * shared_texts, 2),
            (shared_texts + 0.3 * sorted_texts, 2),
            (found.score, 3),
        ):
            order = np.lexsort((-measure, found.new))
            begins = np.searchsorted(found.new[order], np.arange(len(forms) + 1))
            kept[order[np.arange(len(order)) - begins[found.new[order]] < most]] = True
        # Far behind the best in all respects together, a pair never wins; most pairs are such.
        best = np.zeros(len(forms), promise.dtype)
        np.maximum.at(best, found.new, promise)
        kept &= promise >= _HOPEFUL * best[found.new]
        kept |= found.score == 0  # what only shares an identifier stays
        return Candidates(found.new[kept], found.register[kept], found.score[kept])


class _Texts:
    """Names and packed other texts of some rows as arrays, so that pairs are picked at once."""

    def __init__(self, names: list[str], texts: list[str]) -> None:
        self.names, self.texts = np.array(names, dtype=object), np.array(texts, dtype=object)
        self.no_name = np.array([not name for name in names], dtype=bool)
        self.no_text = np.array([is_blank(text) for text in texts], dtype=bool)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Comparing makes many small objects and no circles; looking for circles in a large register takes longer than it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _likeness(
    pair: tuple[list[str], list[str]], scorer: Callable[..., float], empty: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """From 0 to 1, pair by pair; in between where either text is empty."""
    values = (process.cpdist(*pair, scorer=scorer, dtype=np.float32, workers=2) / 100).astype(np.float32)
    values[empty] = _UNKNOWN
    return values
