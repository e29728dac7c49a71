"""Pure calculation: what is hidden because too few cases share it (security.md 5), and what a ruling's signers sign."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

MARK = "·"
"""Stands for every hidden cell, whatever the reason."""
LABEL = b"ketenwijs-complaints-ruling-1\n"


def table(counts: Mapping[str, int], least: int) -> tuple[dict[str, int | None], int | None]:
    """Cells and total with small ones hidden (None). A second cell is hidden when the total would give one back.

    Nothing at all in a year is told as zero; a total below `least` hides everything.
    """
    total = sum(counts.values())
    if total == 0:
        return dict.fromkeys(counts, 0), 0
    if total < least:
        return dict.fromkeys(counts), None
    hidden = {name for name, count in counts.items() if count < least}
    others = sorted((name for name in counts if name not in hidden), key=lambda name: (counts[name], name))
    while hidden and others and (len(hidden) < 2 or sum(counts[name] for name in hidden) < least):
        hidden.add(others.pop(0))
    return {name: None if name in hidden else count for name, count in counts.items()}, total


def shared_enough(values: Iterable[str], least: int) -> set[str]:
    """Values that at least `least` cases have; the others are shown as the mark."""
    counted = Counter(value for value in values if value)
    return {value for value, count in counted.items() if count >= least}


def ruling_bytes(*, number: int, interim: bool, language: str, title: str, text: str) -> bytes:
    """What members sign: exactly the words that are published."""
    data = {"number": number, "interim": interim, "language": language, "title": title, "text": text}
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
