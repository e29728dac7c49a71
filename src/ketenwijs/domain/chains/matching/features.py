"""Compares pairs: each feature says how far one part agrees, or "not a number" where either side has nothing.

Similarities run from 0 to 1. Missing is not disagreement: the model treats it as an answer of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from .alignment import Alignment, align
from .forms import Form
from .geography import kilometres
from .identifiers import FIRM_SCHEMES, read_identifiers
from .sounds import skeleton
from .words import Words

Matrix = NDArray[np.float64]

NAMES = (
    "name_words", "name_together", "name_within", "name_consonants", "name_share_least", "name_share_most",
    "name_evidence", "name_agrees", "trade", "name_numbers", "address_words", "address_within", "address_numbers", "place",
    "region", "country", "near", "identifiers", "texts", "texts_share_least", "texts_share_most", "texts_evidence", "evidence",
)  # fmt: skip
"""In the order of the columns; for each of them more means more alike."""

FREE = frozenset({
    "name_share_least", "name_share_most", "name_agrees", "name_evidence", "texts_share_least", "texts_share_most",
    "texts_evidence", "evidence",
})  # fmt: skip
"""Features whose effect depends on how much there was to compare: for all others the model may only rise with them."""

_TRADE_WEIGHT = 0.35
_NEAR_MISS = 0.85
_LONG_VALUE = 8
_PLACE_LENGTH = 4
_NUMERALS = {"i": "1", "v": "5"}
_SAME_FIRM = 0.7
_LONG_NUMBER = 4
_POLE = 90.0
_EXCHANGED_KM = 2.0


@dataclass(slots=True)
class Side:
    """One row made ready for comparing."""

    form: Form
    country: str
    identifiers: tuple[tuple[str, str], ...]
    core: list[str]
    trade: frozenset[str]
    numbers: frozenset[str]
    address_numbers: list[str]
    texts: frozenset[str]
    places: frozenset[str]
    fronts: tuple[str, ...]
    """Place and region as one word each, where long enough to be told apart at the front of another word."""


def side_of(form: Form, country: str, identifiers: str, words: Words) -> Side:
    """The parts of a form that are compared apart."""
    tokens = form.name.split()
    # "Mill B" is as much a number as "Mill 2"; initials and short words stand elsewhere than at the end.
    last = len(tokens) - 1
    numbers = frozenset(
        _number(token)
        for place, token in enumerate(tokens)
        if token.isdigit() or (0 < place == last and len(token) == 1)
    )
    trade = frozenset(token for token in tokens if token in words.meanings)
    core = list(
        dict.fromkeys(token for token in tokens if token not in words.meanings and _number(token) not in numbers)
    )
    core = core or [token for token in tokens if token not in numbers] or tokens
    return Side(
        form=form,
        country=country,
        identifiers=read_identifiers(identifiers),
        core=core,
        trade=trade,
        numbers=numbers,
        address_numbers=[token for token in form.address.split() if token.isdigit()],
        texts=frozenset(form.others.split()) - words.address_words,
        places=_places_of(form),
        fronts=tuple(front for text in form[2:] if len(front := text.replace(" ", "")) >= _PLACE_LENGTH),
    )


def _number(token: str) -> str:
    """One way to write a number: without zeros in front, and I and V as figures."""
    return token.lstrip("0") or token if token.isdigit() else _NUMERALS.get(token, token)


def _places_of(form: Form) -> frozenset[str]:
    """Words of place and region, and each as one word."""
    both = (form.place, form.region)
    return frozenset(word for text in both for word in (*text.split(), text.replace(" ", "")) if len(word) > 2)


@dataclass(slots=True)
class Rarity:
    """How much a word of this register tells: the logarithm of one over the share of rows that have it."""

    rows: int
    names: Mapping[str, int]
    texts: Mapping[str, int]

    def of_name(self, word: str, meanings: frozenset[str]) -> float:
        """Words of trade weigh about a third of what their number says."""
        weight = max(math.log((self.rows + 1) / (self.names.get(word, 0) + 0.5)), 0.3)
        return weight * _TRADE_WEIGHT if word in meanings else weight

    def of_text(self, word: str) -> float:
        return max(math.log((self.rows + 1) / (self.texts.get(word, 0) + 0.5)), 0.0)


def compare(
    new: Sequence[Side], register: Sequence[Side], points: tuple[Matrix, Matrix], rarity: Rarity, words: Words
) -> tuple[Matrix, list[Alignment | None]]:
    """One row of features per pair (`new[i]` with `register[i]`), and the alignment of the names."""
    found = np.full((len(new), len(NAMES)), np.nan)
    if not len(new):
        return found, []
    column = {name: found[:, index] for index, name in enumerate(NAMES)}
    cores = [_without_places(one, other) for one, other in zip(new, register, strict=True)]
    _compare_names(new, register, cores, column)
    _compare_places(new, register, column)
    column["near"][:] = -np.log1p(_distance(*points))
    alignments: list[Alignment | None] = []
    scale = math.log(rarity.rows + 20)
    weights: dict[str, float] = {}
    text_weights: dict[str, float] = {}
    for index, (one, other) in enumerate(zip(new, register, strict=True)):
        alignments.append(_aligned(*cores[index], rarity, words, weights))
        found[index] = _exact(one, other, found[index], alignments[-1], rarity, text_weights, scale)
    return found, alignments


def _distance(new: Matrix, register: Matrix) -> Matrix:
    """Kilometres; where latitude and longitude of the new row were exchanged and that explains it, so much and a bit."""
    straight = kilometres(new, register)
    swapped = np.where(np.abs(new[:, 1:]) <= _POLE, new[:, ::-1], np.nan)
    found: Matrix = np.fmin(straight, kilometres(swapped, register) + _EXCHANGED_KM)
    return found


def _pairwise(one: list[str], other: list[str], scorer: Callable[..., float], scale: float = 100.0) -> Matrix:
    """A similarity for each pair of texts; not a number where either is empty."""
    values = process.cpdist(one, other, scorer=scorer, dtype=np.float32, workers=2).astype(np.float64) / scale
    empty = np.fromiter((not a or not b for a, b in zip(one, other, strict=True)), bool, len(one))
    values[empty] = np.nan
    return values


def _without_places(one: Side, other: Side) -> tuple[list[str], list[str]]:
    """The words of both names that are not the name of the place: many firms of a town begin with it.

    Chinese names are written without spaces, so the place may be the front of a word.
    """
    first, second = _cut(_cut(one.core, one), other), _cut(_cut(other.core, one), other)
    return (first, second) if first and second else (one.core, other.core)


def _cut(core: list[str], side: Side) -> list[str]:
    if not side.places.isdisjoint(core):
        core = [word for word in core if word not in side.places]
    if side.fronts and any([word.startswith(side.fronts) for word in core]):
        return [_without_front(word, side.fronts) for word in core]
    return core


def _without_front(word: str, fronts: tuple[str, ...]) -> str:
    for front in fronts:
        if word.startswith(front) and len(word) > len(front) + 1:
            return word[len(front) :]
    return word


def _compare_names(
    new: Sequence[Side],
    register: Sequence[Side],
    cores: Sequence[tuple[list[str], list[str]]],
    column: Mapping[str, Matrix],
) -> None:
    names = [side.form.name for side in new], [side.form.name for side in register]
    together = ["".join(first) for first, _ in cores], ["".join(second) for _, second in cores]
    consonants = [skeleton(text) for text in together[0]], [skeleton(text) for text in together[1]]
    column["name_words"][:] = _pairwise(*names, fuzz.token_sort_ratio)
    column["name_together"][:] = _pairwise(*together, fuzz.ratio)
    column["name_within"][:] = _pairwise(*together, fuzz.partial_ratio)
    column["name_consonants"][:] = _pairwise(*consonants, fuzz.ratio)


def _compare_places(new: Sequence[Side], register: Sequence[Side], column: Mapping[str, Matrix]) -> None:
    addresses = [side.form.address for side in new], [side.form.address for side in register]
    places = [side.form.place for side in new], [side.form.place for side in register]
    texts = [side.form.others for side in new], [side.form.others for side in register]
    regions = [side.form.region for side in new], [side.form.region for side in register]
    column["address_words"][:] = _pairwise(*addresses, fuzz.token_sort_ratio)
    column["address_within"][:] = _pairwise(*addresses, fuzz.token_set_ratio)
    column["region"][:] = _pairwise(*regions, fuzz.token_set_ratio)
    column["texts"][:] = _pairwise(
        [text.strip() for text in texts[0]], [text.strip() for text in texts[1]], fuzz.token_set_ratio
    )
    direct = _pairwise(*places, JaroWinkler.normalized_similarity, 1.0)
    # The place may stand in the other's address or name: there it counts a little less.
    wide = (
        [f"{side.form.others} {side.form.name}" for side in new],
        [f"{side.form.others} {side.form.name}" for side in register],
    )
    there = np.fmax(
        _pairwise(places[0], wide[1], fuzz.partial_ratio), _pairwise(wide[0], places[1], fuzz.partial_ratio)
    )
    there = np.where(there > 0.85, 0.95 * there, np.nan)
    column["place"][:] = np.fmax(direct, there)


def _aligned(
    one: list[str], other: list[str], rarity: Rarity, words: Words, weights: dict[str, float]
) -> Alignment | None:
    if not one or not other:
        return None
    for word in (*one, *other):
        if word not in weights:
            weights[word] = rarity.of_name(word, words.meanings)
    return align(one, other, weights)


def _exact(
    one: Side,
    other: Side,
    row: Matrix,
    alignment: Alignment | None,
    rarity: Rarity,
    weights: dict[str, float],
    scale: float,
) -> Matrix:
    """The features that no likeness of texts gives."""
    of = _INDEX
    evidence = 0.0
    if alignment is not None:
        row[of["name_share_least"]] = min(alignment.of_new, alignment.of_register)
        row[of["name_share_most"]] = max(alignment.of_new, alignment.of_register)
        evidence = row[of["name_evidence"]] = alignment.agreed / scale
        row[of["name_agrees"]] = -alignment.conflict / scale
    if one.trade and other.trade:
        row[of["trade"]] = len(one.trade & other.trade) / min(len(one.trade), len(other.trade))
    if one.numbers or other.numbers:
        row[of["name_numbers"]] = _agreement(one.numbers, other.numbers)
    if one.address_numbers and other.address_numbers:
        row[of["address_numbers"]] = _numbers(one.address_numbers, other.address_numbers)
    if one.country and other.country:
        row[of["country"]] = float(one.country == other.country)
    row[of["identifiers"]] = _identifiers_of(one, other)
    if one.texts and other.texts:
        shared, mine, theirs = (
            sum(_text_weight(word, rarity, weights) for word in group)
            for group in (one.texts & other.texts, one.texts, other.texts)
        )
        row[of["texts_share_least"]] = shared / max(mine, theirs, 1e-9)
        row[of["texts_share_most"]] = shared / max(min(mine, theirs), 1e-9)
        row[of["texts_evidence"]] = shared / scale
        evidence += shared / scale
    row[of["evidence"]] = evidence
    return row


def _agreement(one: frozenset[str], other: frozenset[str]) -> float:
    """1 for the same numbers, 0 for other ones, in between where a side has none or more of them."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.5
    return 0.6 if one <= other or other <= one else 0.0


def _text_weight(word: str, rarity: Rarity, weights: dict[str, float]) -> float:
    if word not in weights:
        weights[word] = rarity.of_text(word)
    return weights[word]


def _numbers(one: list[str], other: list[str]) -> float:
    """1 where the first number agrees, less where another one does, 0 where none does."""
    if one[0] == other[0]:
        return 1.0
    return 0.6 if set(one) & set(other) else 0.0


def _identifiers_of(one: Side, other: Side) -> float:
    """How far identifiers agree; an identifier of one side in the name of the other agrees too."""
    if one.identifiers and other.identifiers:
        return _identifiers(one.identifiers, other.identifiers)
    return 1.0 if _stands_in_text(one, other) or _stands_in_text(other, one) else math.nan


def _stands_in_text(one: Side, other: Side) -> bool:
    """Whether an identifier of one side stands in the name of the other: "(lic. 20987)"."""
    return bool(other.numbers) and any(
        len(value) >= _LONG_NUMBER and value in other.numbers
        for scheme, value in one.identifiers
        if scheme not in FIRM_SCHEMES
    )


def _identifiers(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> float:
    """1 where a value of the site is the same, less where only the firm's is, or for a slip in a long one; 0 where one
    scheme has two values, not a number where the schemes differ.
    """
    values = {value: scheme for scheme, value in other}
    shared = [{scheme, values[value]} for scheme, value in one if value in values]
    if shared and all(schemes & FIRM_SCHEMES for schemes in shared):
        return _SAME_FIRM
    if shared:
        disagree = sum(a == b and v != w for a, v in one for b, w in other if a)
        return 0.9 if disagree else 1.0
    same = [(v, w) for a, v in one for b, w in other if a == b]
    if not same:
        return float("nan")
    if any(a in FIRM_SCHEMES and (v.startswith(w) or w.startswith(v)) for a, v in one for b, w in other if a == b):
        return _SAME_FIRM  # the number of a branch goes on where that of its firm ends
    best = max(JaroWinkler.similarity(v, w) if min(len(v), len(w)) >= _LONG_VALUE - 1 else 0.0 for v, w in same)
    return 0.6 if best >= 0.95 else (0.3 if best >= 0.9 else 0.0)


_INDEX = {name: index for index, name in enumerate(NAMES)}
