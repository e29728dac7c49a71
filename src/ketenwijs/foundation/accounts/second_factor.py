"""Who must use a second factor: apps above say so, because accounts know no roles."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from ketenwijs.foundation.accounts.models import Person

_demands: list[Callable[[Person], bool]] = []


def register_demand(demand: Callable[[Person], bool]) -> None:
    """Add a rule that says for which person a second factor is required."""
    _demands.append(demand)


def is_demanded(person: Person) -> bool:
    """Whether any rule asks this person for a second factor; never in the demonstration."""
    return not settings.DEMO and any(demand(person) for demand in _demands)
