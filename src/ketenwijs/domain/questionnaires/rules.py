"""Whether a value fits what is asked, how an answer reads, and what is still missing. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_EXPLANATION = 8_000
NOT_APPLICABLE = "n/a"
COLLECTIVE = "collective"
SPECIAL = (NOT_APPLICABLE, COLLECTIVE)


class BadValue(ValueError):
    """The value is none that this kind of question takes."""


def clean_value(kind: str, raw: Any, *, highest: int) -> int | str | bool | None:
    """The stored form of an answer to one kind of question; None when nothing was chosen.

    `scale` takes 0 to `highest`, "n/a" or "collective"; `yes_no` takes yes, no or "n/a"; `text` any words. Facts are
    never answered. Raises BadValue for everything else.
    """
    if raw in (None, ""):
        return None
    if kind == "scale":
        if raw in SPECIAL:
            return str(raw)
        if str(raw).isdecimal() and int(raw) <= highest:
            return int(raw)
    if kind == "yes_no" and raw in ("yes", "no", NOT_APPLICABLE):
        return str(raw)
    if kind == "text" and isinstance(raw, str) and len(raw) <= LONGEST_EXPLANATION:
        return raw.strip() or None
    raise BadValue(kind)


def needs_explanation(value: int | str | bool | None) -> bool:
    """ "Does not apply" and "done through the agreement" ask for a word of why or where (oecd-steps 0.9)."""
    return value in SPECIAL


@dataclass(frozen=True)
class Given:
    """What is known of one answer."""

    value: Any = None
    explanation: str = ""
    is_carried: bool = False
    is_confirmed: bool = False


def is_complete(kind: str, given: Given | None, fact: Any = None) -> bool:
    """A fact counts by itself; an answer when it has a value, a needed explanation, and was confirmed if carried over."""
    if kind == "fact":
        return fact is not None
    if given is None or given.value is None:
        return False
    if needs_explanation(given.value) and not given.explanation:
        return False
    return given.is_confirmed or not given.is_carried


def share_label(fact: Any) -> str:
    """A share between 0 and 1 as a percentage that is never rounded up to all: 0.997 reads 99 %."""
    if isinstance(fact, int | float) and not isinstance(fact, bool) and 0 <= fact <= 1:
        return f"{int(fact * 100 + 1e-9)} %"
    return "" if fact is None else str(fact)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether value or explanation differ."""
    return any(before.get(name) != after.get(name) for name in ("value", "explanation"))
