"""What a page of questions sent: which answers somebody touched, and on what version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ketenwijs.domain.questionnaires.models import Answer
from ketenwijs.domain.questionnaires.rules import fingerprint, tidy
from ketenwijs.domain.questionnaires.services import Typed

SEEN, VALUE, EXPLANATION = "-seen", "-value", "-explanation"
LONGEST_MARK = 40


def text_of(value: Any) -> str:
    """A stored value as its field shows it."""
    return "" if value is None else str(value)


def seen_mark(answer: Answer | None) -> str:
    """What a page remembers of the answer it showed: its version, and a fingerprint to tell untouched text."""
    if answer is None:
        return f"0-{fingerprint(None, '')}"
    return f"{answer.version}-{fingerprint(answer.value, answer.explanation)}"


@dataclass(frozen=True)
class FromPage:
    """One answer as it came in."""

    value: str
    explanation: str
    version: int
    is_touched: bool


def read_page(post: Mapping[str, Any]) -> dict[str, FromPage]:
    """Every answer the page sent, by requirement.

    Codes that are not on the page are read too, so that the service refuses them in words; other fields are ignored
    (security case 13).
    """
    return {name.removesuffix(SEEN): _one(post, name.removesuffix(SEEN)) for name in post if name.endswith(SEEN)}


def _one(post: Mapping[str, Any], code: str) -> FromPage:
    version, _dash, mark = str(post[code + SEEN])[:LONGEST_MARK].partition("-")
    value, words = str(post.get(code + VALUE, "")), tidy(str(post.get(code + EXPLANATION, "")))
    shown = tidy(value)
    return FromPage(
        value=value,
        explanation=words,
        version=int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else 0,
        is_touched=fingerprint(shown or None, words) != mark,
    )


def touched(given: Mapping[str, FromPage]) -> dict[str, Typed]:
    """Only what somebody changed on the page."""
    return {code: Typed(one.value, one.explanation, one.version) for code, one in given.items() if one.is_touched}


def still_so(given: Mapping[str, FromPage], waiting: Collection[str], only: str = "") -> dict[str, int]:
    """The answers that came along, were shown and left as they are: requirement and version shown, to be confirmed.

    `waiting` are the codes that still wait; `only` limits it to one question.
    """
    return {
        code: one.version
        for code, one in given.items()
        if not one.is_touched and code in waiting and (not only or code == only)
    }
