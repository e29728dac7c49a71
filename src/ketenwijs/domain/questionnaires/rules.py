"""Which values a question takes, when an answer is complete, and what came along from last year. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_EXPLANATION = 8_000
LONGEST_TEXT = 8_000
LONGEST_NOTE = 200
LARGEST_NUMBER = 1_000_000_000
SCALE, YES_NO, TEXT, NUMBER, FACT = "scale", "yes_no", "text", "number", "fact"
NOT_APPLICABLE = "n/a"
COLLECTIVE = "collective"
SPECIAL = (NOT_APPLICABLE, COLLECTIVE)
Value = int | float | str | None
_NUMBER = re.compile(r"-?[0-9]{1,10}([.,][0-9]{1,4})?", re.ASCII)


class BadValue(ValueError):
    """The value is none that this kind of question takes."""


def clean_value(kind: str, raw: Any, *, scale: Collection[int]) -> Value:
    """The stored form of an answer to one kind of question; None when nothing was chosen.

    `scale` takes the numbers of the rubric, "n/a" or "collective"; `yes_no` yes, no or "n/a"; `number` a number with at
    most four decimals, comma or point; `text` any words up to 8,000 characters. Facts are never answered. Raises
    BadValue for everything else, lists and mappings among them.
    """
    if kind == FACT or kind not in _CLEANERS:
        raise BadValue(kind)
    if raw is None or raw == "":
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise BadValue(kind)
    return _CLEANERS[kind](raw, scale)


def _clean_scale(raw: int | float | str, scale: Collection[int]) -> Value:
    if raw in SPECIAL:
        return str(raw)
    text = str(raw)
    if text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) in scale:
        return int(text)
    raise BadValue(SCALE)


def _clean_yes_no(raw: int | float | str, scale: Collection[int]) -> Value:
    if raw in ("yes", "no", NOT_APPLICABLE):
        return str(raw)
    raise BadValue(YES_NO)


def _clean_text(raw: int | float | str, scale: Collection[int]) -> Value:
    if isinstance(raw, str) and len(raw) <= LONGEST_TEXT:
        return tidy(raw) or None
    raise BadValue(TEXT)


def _clean_number(raw: int | float | str, scale: Collection[int]) -> Value:
    text = str(raw).strip()
    if not _NUMBER.fullmatch(text):
        raise BadValue(NUMBER)
    number = float(text.replace(",", "."))
    if abs(number) > LARGEST_NUMBER:
        raise BadValue(NUMBER)
    return int(number) if number.is_integer() else number


_CLEANERS = {SCALE: _clean_scale, YES_NO: _clean_yes_no, TEXT: _clean_text, NUMBER: _clean_number}


def tidy(words: str) -> str:
    """Typed text as it is kept: one kind of line end, no spaces around it."""
    return words.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def needs_explanation(value: Value) -> bool:
    """Whether a word of why or where is asked: for "does not apply" and "done through the agreement"
    (oecd-steps 0.9).
    """
    return value in SPECIAL


@dataclass(frozen=True)
class Given:
    """What is known of one answer."""

    value: Any = None
    explanation: str = ""
    is_carried: bool = False
    is_confirmed: bool = False


def is_positive(value: Any, least: float | None) -> bool:
    """Whether an answer claims that the requirement is met: yes, through the agreement, or enough on the scale."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value >= (1 if least is None else least)
    return value in ("yes", COLLECTIVE)


def is_proven(explanation: str, has_files: bool) -> bool:
    """Whether something stands behind an answer: a file, or a web address in the explanation."""
    return has_files or "://" in explanation or "www." in explanation.lower()


def is_complete(kind: str, given: Given | None, fact: Any = None) -> bool:
    """A fact counts by itself; an answer when it has a value, a needed explanation, and was confirmed if it came
    along from an earlier year.
    """
    if kind == FACT:
        return fact is not None
    if given is None or given.value is None:
        return False
    if needs_explanation(given.value) and not given.explanation:
        return False
    return given.is_confirmed or not given.is_carried


def fits(kind: str, value: Any, *, scale: Collection[int]) -> bool:
    """Whether an earlier year's value can still be given to this year's question."""
    try:
        return clean_value(kind, value, scale=scale) is not None
    except BadValue:
        return False


def fingerprint(value: Any, explanation: str) -> str:
    """A short mark of an answer as a page showed it, so that text nobody touched is not taken for typed."""
    text = json.dumps([None if value is None else str(value), explanation], ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def share_floor(share: float) -> int:
    """A share between 0 and 1 in whole per cent, never rounded up to all: 0.997 gives 99."""
    return int(share * 100 + 1e-9)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether value or explanation differ."""
    return any(before.get(name) != after.get(name) for name in ("value", "explanation"))
