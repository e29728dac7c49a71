"""The order of places on a chain's way: tier 1 is nearest to the firm, places of one kind stand side by side."""

from __future__ import annotations

from collections.abc import Iterable

NEAREST = ("agent", "port", "factory", "workshop", "yard", "home_work_area")
"""From the firm outward; kinds that are not listed come after these, the quarry always last."""

FURTHEST = "quarry"


def tiers_of(kinds: Iterable[str]) -> dict[str, int]:
    """The tier of each kind that occurs on a way, without gaps. Factory and quarry alone are 1 and 2."""
    present = sorted(set(kinds), key=lambda kind: (_rank(kind), kind))
    return {kind: tier for tier, kind in enumerate(present, start=1)}


def _rank(kind: str) -> int:
    if kind == FURTHEST:
        return len(NEAREST) + 1
    return NEAREST.index(kind) if kind in NEAREST else len(NEAREST)
