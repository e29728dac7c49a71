"""Aligns the words of two names: which word stands for which, and how much the ones that agree tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from .sounds import skeleton

_LEAST = 0.6
_STEP = 1.4
_SAME_CONSONANTS = 0.85
_INITIAL = 0.65
_SHORTENED = 0.85
_TOGETHER = 0.92
_INITIALS = 0.8
_LONGEST_INITIALS = 5


@dataclass(frozen=True, slots=True)
class Alignment:
    """Shares of the weight of either name that the other one has too, and the weight that agrees in all.

    `agreed` tells by how much: the sum of rarities (natural logarithms) of the words that agree. `conflict` is what
    both names have over: a word that only one name has was left out, two different words contradict each other.
    """

    of_new: float
    of_register: float
    agreed: float
    conflict: float
    pairs: tuple[tuple[str, str, float], ...]


def align(new: list[str], register: list[str], weights: Mapping[str, float]) -> Alignment:
    """Each word with its best counterpart, best ones first; then words that one list writes together.

    `weights` has the rarity of each word of both.
    """
    total_new = sum(weights[word] for word in new) or 1e-9
    total_register = sum(weights[word] for word in register) or 1e-9
    left_new, left_register, pairs = _paired(new, register)
    if left_new and left_register:
        left_new, left_register, joined = _together(left_new, left_register)
        pairs += joined + _initials(left_new, left_register)
    share_new = share_register = agreed = 0.0
    for one, other, alike in pairs:
        weight_new = sum(weights[word] for word in one.split())
        weight_register = sum(weights[word] for word in other.split())
        share_new += weight_new * alike
        share_register += weight_register * alike
        agreed += min(weight_new, weight_register) * alike * alike
    conflict = max(min(total_new - share_new, total_register - share_register), 0.0)
    return Alignment(
        min(share_new / total_new, 1.0), min(share_register / total_register, 1.0), agreed, conflict, tuple(pairs)
    )


def _paired(new: list[str], register: list[str]) -> tuple[list[str], list[str], list[tuple[str, str, float]]]:
    left_new, left_register = list(new), list(register)
    pairs: list[tuple[str, str, float]] = []
    for word in new:
        if word in left_register:
            left_register.remove(word)
            left_new.remove(word)
            pairs.append((word, word, 1.0))
    if left_new and left_register:
        ranked = sorted(
            ((likeness(one, other), one, other) for one in left_new for other in left_register), reverse=True
        )
        for alike, one, other in ranked:
            if alike < _LEAST:
                break
            if one in left_new and other in left_register:
                left_new.remove(one)
                left_register.remove(other)
                pairs.append((one, other, alike))
    return left_new, left_register, pairs


def _together(new: list[str], register: list[str]) -> tuple[list[str], list[str], list[tuple[str, str, float]]]:
    """Hua Hui and Huahui: neighbours of one list run together are one word of the other."""
    pairs: list[tuple[str, str, float]] = []
    for many, few, swapped in ((new, register, False), (register, new, True)):
        for first, second in list(zip(many, many[1:], strict=False)):
            if first not in many or second not in many:
                continue
            best = max(few, key=lambda word: JaroWinkler.similarity(first + second, word), default="")
            alike = JaroWinkler.similarity(first + second, best) if best else 0.0
            if alike >= _TOGETHER:
                many.remove(first)
                many.remove(second)
                few.remove(best)
                both = f"{first} {second}"
                pairs.append((best, both, alike) if swapped else (both, best, alike))
    return new, register, pairs


def _initials(new: list[str], register: list[str]) -> list[tuple[str, str, float]]:
    """SVM and Shri Vasanta Malli: the first letters of all that is left of the other name, in its order."""
    for short, long, swapped in ((new, register, False), (register, new, True)):
        letters = "".join(word[0] for word in long)
        if 1 < len(letters) <= _LONGEST_INITIALS and letters in short:
            whole = " ".join(long)
            return [(whole, letters, _INITIALS) if swapped else (letters, whole, _INITIALS)]
    return []


@lru_cache(maxsize=200_000)
def likeness(one: str, other: str) -> float:
    """How alike two words are, from 0 to 1; 0 below what a misspelling explains. Numbers are alike or not.

    One wrong letter makes another word of a short one and hardly matters in a long one.
    """
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if short[0] == long[0]:
        if len(short) == 1:
            return _INITIAL
        if len(short) <= 4 and len(long) - len(short) >= 2 and _is_shortening(short, long):
            return _SHORTENED
    steps = OSA.distance(one, other)
    alike = 1.0 - _STEP * steps / len(long)
    bones = skeleton(short)
    if len(bones) >= 3 and bones == skeleton(long):
        alike = max(alike, _SAME_CONSONANTS)
    return alike if alike >= _LEAST else 0.0


def _is_shortening(short: str, long: str) -> bool:
    """The signs of `short` in their order within `long`: Mfg of Manufacturing, Intl of International."""
    rest = iter(long)
    return all(sign in rest for sign in short)
