"""Rules of printed figures: sums, rounding, small cells, the number of an edition. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

EXACT, MORE_THAN, LESS_THAN = "exact", "more_than", "less_than"


@dataclass(frozen=True)
class Percentage:
    """Whole per cents. `kind` says whether the share is (rounded) this, or lies between it and all or none."""

    whole: int
    kind: str = EXACT


def percentage(numerator: int, denominator: int) -> Percentage | None:
    """The share in whole per cents, halves up; never rounded to all or to none. None where nothing was counted.

    Raises ValueError when the part is larger than the whole, which is a fault of the query.
    """
    if numerator < 0 or numerator > denominator:
        raise ValueError(f"{numerator} of {denominator} is no share")
    if denominator == 0:
        return None
    whole = (numerator * 200 + denominator) // (denominator * 2)
    if whole == 100 and numerator < denominator:
        return Percentage(99, MORE_THAN)
    if whole == 0 and numerator > 0:
        return Percentage(1, LESS_THAN)
    return Percentage(whole)


@dataclass(frozen=True)
class WrongSum:
    """Parts that do not add up to their total."""

    total_code: str
    total: Decimal
    parts: tuple[Decimal, ...]

    @property
    def added(self) -> Decimal:
        """What the parts do add up to."""
        return sum(self.parts, Decimal(0))


@dataclass(frozen=True)
class Cell:
    """One row for the checks: its value, its total, and from how many company groups it comes (None: public anyway)."""

    code: str
    value: Decimal | None
    part_of: str = ""
    contributors: int | None = None


def wrong_sums(cells: Sequence[Cell]) -> list[WrongSum]:
    """Totals whose parts, all with a number, add up to something else. Totals with a wordy part are left alone."""
    totals = {cell.code: cell.value for cell in cells}
    found = []
    for code, total in totals.items():
        parts = [cell.value for cell in cells if cell.part_of == code]
        numbers = tuple(value for value in parts if value is not None)
        if total is None or not parts or len(numbers) < len(parts):
            continue
        if sum(numbers, Decimal(0)) != total:
            found.append(WrongSum(code, total, numbers))
    return found


def withheld(cells: Sequence[Cell], minimum: int) -> frozenset[str]:
    """Codes of rows that may not be shown: too few contributors, and enough others that none can be worked out.

    A row from one up to `minimum` - 1 firms is withheld. Where its total is shown, further rows of the same total are
    withheld, those of the fewest firms first, until at least two are hidden and the hidden rest comes from `minimum`
    firms; where there are not enough rows the total goes too. Zero is shown: nobody can be recognised in it.
    """
    hidden = {cell.code for cell in cells if _too_few(cell, minimum)}
    for total in [cell for cell in cells if any(one.part_of == cell.code for one in cells)]:
        parts = [cell for cell in cells if cell.part_of == total.code]
        if total.code in hidden:
            hidden.update(cell.code for cell in parts if cell.contributors)
        elif any(cell.code in hidden for cell in parts):
            hidden |= _second_round(total, parts, hidden, minimum)
    return frozenset(hidden)


def _too_few(cell: Cell, minimum: int) -> bool:
    return cell.contributors is not None and 0 < cell.contributors < minimum


def _second_round(total: Cell, parts: Sequence[Cell], hidden: Iterable[str], minimum: int) -> set[str]:
    chosen = [cell for cell in parts if cell.code in set(hidden)]
    rest = sorted(
        (cell for cell in parts if cell not in chosen and cell.value),
        key=lambda cell: (cell.contributors or 0, cell.value, cell.code),
    )
    while rest and (len(chosen) < 2 or sum(cell.contributors or 0 for cell in chosen) < minimum):
        chosen.append(rest.pop(0))
    codes = {cell.code for cell in chosen}
    enough = len(chosen) >= 2 and sum(cell.contributors or 0 for cell in chosen) >= minimum
    return codes if enough else codes | {total.code}


def edition_number(years: Sequence[str], code: str) -> int:
    """The number of a yearly report: the place of its year among all, from 1. ValueError for an unknown year."""
    return list(years).index(code) + 1


def is_after(day: date | None, ends_on: date) -> bool:
    """Whether something with a date of its own lies after the reporting period."""
    return day is not None and day > ends_on


def filled(texts: Mapping[str, str], **gaps: object) -> dict[str, str]:
    """Texts per language with their named gaps filled in."""
    return {language: text.format(**gaps) for language, text in texts.items()}
