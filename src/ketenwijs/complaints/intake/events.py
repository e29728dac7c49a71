"""What the page of a case asks of packages above; they answer in their `receivers.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.dispatch import Signal

from ketenwijs.complaints.cases.models import Holder
from ketenwijs.complaints.intake.phrases import Sheet

case_shown = Signal()
"""Sent when a holder looks at a case. Arguments: holder, sheet (None for a browser that has the phrases itself).
Answers: a Notice, or None."""


@dataclass(frozen=True)
class Notice:
    """Something above the messages: `data` for the browser's script, a template with `words` for the page without.
    `state`: which plain word says where the case stands, instead of its own."""

    data: Mapping[str, Any]
    template: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    state: str = ""


def notices(holder: Holder, sheet: Sheet | None = None) -> list[Notice]:
    """What the packages above have to tell this holder."""
    answers: list[tuple[Any, Any]] = case_shown.send(Holder, holder=holder, sheet=sheet)
    return [one for _receiver, one in answers if isinstance(one, Notice)]


def standing_shown(found: Iterable[Notice], own: tuple[str, date | None]) -> tuple[str, date | None]:
    """The plain word of the first notice that has one, without a day; else word and day of the case itself."""
    return next(((one.state, None) for one in found if one.state), own)
