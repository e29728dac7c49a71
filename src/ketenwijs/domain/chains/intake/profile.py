"""What the values of a column look like: the evidence beside, or instead of, its heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .numbers import from_float, read_written
from .values import ValueReader
from .vocabulary import Vocabulary
from .wording import as_text, fold

_SAMPLE = 250
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares (0 to 1) of the filled cells, unknown marks left out. `filled` counts them."""

    filled: int
    number: float
    country: float
    material: float
    dated: float
    year: float
    text: float
    quarry: float
    factory: float
    legal_form: float
    site_kind: float
    yes_no: float
    euro: float
    median: Decimal | None
    distinct: int
    samples: tuple[str, ...]


def profile_of(cells: Sequence[object], reader: ValueReader, words: Vocabulary) -> Profile:
    """Looks at a spread of at most 250 filled cells, so that a long sheet costs no more than a short one."""
    filled = [cell for cell in cells if cell != ""]
    step = max(1, len(filled) // _SAMPLE)
    spread = filled[::step][:_SAMPLE]
    texts = [as_text(cell) for cell in spread]
    known = [(cell, text) for cell, text in zip(spread, texts, strict=True) if not reader.unknown(text)]
    count = max(1, len(known))
    numbers = [number for cell, _ in known if (number := _number(cell)) is not None]
    folded = [f" {fold(text)} " for _, text in known if len(text) < 200]
    distinct = dict.fromkeys(texts)
    plain = [text for cell, text in known if isinstance(cell, str) and read_written(text) is None]
    return Profile(
        filled=len(filled),
        number=len(numbers) / count,
        country=sum(1 for text in plain if (found := reader.country(text)) and found.code) / count,
        material=sum(1 for text in plain if (found := reader.material(text)) and found.code) / count,
        dated=sum(isinstance(cell, date) for cell, _ in known) / count,
        year=sum(1990 <= number <= 2100 and number == int(number) for number in numbers) / count,
        text=len(plain) / count,
        quarry=_share_with(folded, words.evidence["quarry"], count),
        factory=_share_with(folded, words.evidence["factory"], count),
        legal_form=_share_with(folded, words.evidence["legal_form"], count),
        site_kind=sum(1 for text in plain if reader.site_kind(text)) / count,
        yes_no=sum(text.strip() in words.evidence["yes_no"] for text in folded) / count,
        euro=sum("€" in text or "eur" in text.lower() for _, text in known) / count,
        median=sorted(numbers)[len(numbers) // 2] if numbers else None,
        distinct=len(distinct),
        samples=tuple(text[:80] for text in list(distinct)[:_SHOWN]),
    )


def _number(cell: object) -> Decimal | None:
    if isinstance(cell, float):
        return from_float(cell)
    if not isinstance(cell, str):
        return None
    written = read_written(cell)
    if written is None:
        return None
    return written.value if written.value is not None else written.read_with(",")


def _share_with(folded: list[str], marks: frozenset[str], count: int) -> float:
    return sum(any(f" {mark} " in text for mark in marks) for text in folded) / count
