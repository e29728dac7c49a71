""" "What must I do now": each app contributes what is due for a viewer; the home page puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Due:
    """One thing to do: what, where, by when. `late`: the day has passed; `count`: it stands for several."""

    title: str | Promise
    url: str
    due_on: date | None = None
    late: bool = False
    count: int | None = None
    detail: str | Promise = ""


Provider = Callable[[Any, date], list[Due]]
_providers: list[Provider] = []


def register_due(provider: Provider) -> None:
    """Add a source of due items; it is asked for every home page, so it must be cheap."""
    if provider in _providers:
        raise ValueError("this source of due items is registered twice")
    _providers.append(provider)


def due_for(viewer: Any, today: date) -> list[Due]:
    """All that is due for a viewer: late first, then by day, then what has no day."""
    found = [one for provider in _providers for one in provider(viewer, today)]
    return sorted(found, key=lambda one: (not one.late, one.due_on or date.max))
