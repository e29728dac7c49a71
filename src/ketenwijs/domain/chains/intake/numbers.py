"""Reads numbers as people write them; one column has one notation, found from all its values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_ABOUT = re.compile(
    r"^(?:ca|circa|env|environ|approx|approximately|about|ongeveer|ong|ongev|etwa|rund|ungefähr|around|±|~|≈|\+/-|\+-)\.?\s*",
    re.IGNORECASE,
)
_EURO = re.compile(r"€|\beuros?\b|\beur\b", re.IGNORECASE)
_FOREIGN = re.compile(
    r"(?P<code>\b(?:usd|gbp|cny|rmb|inr|try|vnd|brl|zar|chf|nok|sek|dkk|pln|jpy|krw|aud|cad|hkd|twd|egp|mad|idr|thb)\b)"
    r"|(?P<mark>us\$|r\$|hk\$|nt\$|\$|£|¥|￥|₹|₺|₫|\brs\.|\btl\b|元)",
    re.IGNORECASE,
)
_MARKS = {
    "$": "USD", "us$": "USD", "r$": "BRL", "hk$": "HKD", "nt$": "TWD", "£": "GBP",
    "¥": "CNY", "￥": "CNY", "₹": "INR", "₺": "TRY", "₫": "VND", "rs.": "INR", "tl": "TRY", "元": "CNY",
}  # fmt: skip
_WEIGHT = (
    r"t|to|ton|tons|tonne|tonnes|tonnen|tn|mt|m\.t\.|ts"
    r"|metric tons?|metric tonnes?|metrische ton|tonnes métriques"
)
_UNITS = {
    "t": re.compile(rf"^(?:{_WEIGHT})\.?$", re.IGNORECASE),
    "kg": re.compile(r"^(?:kg|kgs|kilo|kilos|kilogram|kilogramme|kilogrammes|kilogramm|kilograms)\.?$", re.IGNORECASE),
    "g": re.compile(r"^(?:g|gr|gram|gramme|grammes)\.?$", re.IGNORECASE),
    "lb": re.compile(r"^(?:lb|lbs|pounds?)\.?$", re.IGNORECASE),
    "kt": re.compile(r"^(?:kt|kton|1000 ?t|1\.000 ?t|x ?1000 ?t|1000 ?ton|1\.000 ?ton)$", re.IGNORECASE),
    "m2": re.compile(r"^(?:m2|m²|sqm|qm|vierkante meter|sq\.? ?m)\.?$", re.IGNORECASE),
    "m3": re.compile(r"^(?:m3|m³|cbm|kubieke meter|cu\.? ?m)\.?$", re.IGNORECASE),
    "piece": re.compile(
        r"^(?:st|stuks?|pcs|pieces?|pièces?|stück|stk|containers?|slabs|blocks?|blokken)\.?$", re.IGNORECASE
    ),
}
TONNES_PER_UNIT = {
    "t": Decimal(1), "kg": Decimal("0.001"), "g": Decimal("0.000001"), "lb": Decimal("0.00045359237"),
    "kt": Decimal(1000),
}  # fmt: skip
_THOUSANDS_OF_EURO = re.compile(r"(?<=\d)\s*(?:k|k€)$", re.IGNORECASE)
_CLOSING_DASH = re.compile(r"([.,])\s*[-–—]{1,2}$")
_TRAILING_UNIT = re.compile(r"^(.*?[\d)])\s*([^\W\d_][^\d]*|m²|m³|m2|m3)$", re.IGNORECASE)
_EXPLANATION = re.compile(r"\s*(?:\([^()\d]+\)|[*†‡]+)$")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
_BODY = re.compile(r"^\d[\d.,'’ ]*$|^[.,]\d+$")
_LONG_GROUPS = re.compile(r"^\d{1,3}(?:([ '’])\d{3})(?:\1\d{3})*$")


@dataclass(frozen=True, slots=True)
class Written:
    """A number as written. Without `ambiguous` the value stands; with it, the mark may be decimal or
    thousands.

    `decimal_mark` is what this cell proves about the notation of its column ("," or "." or None: nothing).
    """

    value: Decimal | None
    decimal_mark: str | None = None
    ambiguous: str | None = None
    digits: str = ""
    unit: str | None = None
    currency: str | None = None
    about: bool = False
    negative: bool = False

    def read_with(self, decimal_mark: str) -> Decimal:
        """The value of an ambiguous number once the notation of its column is known."""
        whole = self.digits.replace(self.ambiguous or "", "." if self.ambiguous == decimal_mark else "")
        return -Decimal(whole) if self.negative else Decimal(whole)


def unit_named(text: str) -> str | None:
    """The unit that a word names: t, kg, g, lb, kt, m2, m3 or piece; None where it names none."""
    text = text.strip()
    return next((unit for unit, pattern in _UNITS.items() if pattern.match(text)), None)


def currency_named(text: str) -> str | None:
    """EUR or another currency's code where the text names one."""
    if _EURO.search(text):
        return "EUR"
    found = _FOREIGN.search(text)
    if found is None:
        return None
    return (found.group("code") or _MARKS[found.group("mark").lower()]).upper().replace("RMB", "CNY")


def from_float(value: float) -> Decimal | None:
    """As many digits as a workbook shows, so that 0.1 + 0.2 is 0.3. None for infinity and not-a-number."""
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return Decimal(int(value)) if value.is_integer() and abs(value) < 1e15 else Decimal(format(value, ".15g"))


@lru_cache(maxsize=32768)
def read_written(text: str) -> Written | None:
    """A text as a number, with everything people put around it. None where it is none."""
    text, about = _without_doubt(_SPACES.sub(" ", text).strip())
    currency = currency_named(text)
    if currency:
        text = _FOREIGN.sub("", _EURO.sub("", text)).strip()
    negative = text.startswith(("-", "−", "–", "(")) or (text.endswith("-") and text[-2:-1].isdigit())
    text = text.strip("()").lstrip("+-−– ")
    dash = _CLOSING_DASH.search(text)
    text = _CLOSING_DASH.sub("", text).removesuffix("-").strip()
    thousands = _THOUSANDS_OF_EURO.search(text) if currency else None
    text, unit = _without_unit(text[: thousands.start()] if thousands else text)
    if unit == "?" or not _BODY.match(text):
        return _scientific(text)
    written = _read_body(text, dash.group(1) if dash else None)
    if written is None or (thousands and written.value is None):
        return None
    value = written.value
    if value is not None:
        value *= (1000 if thousands else 1) * (-1 if negative else 1)
    return replace(written, value=value, unit=unit, currency=currency, about=about, negative=negative)


def _without_doubt(text: str) -> tuple[str, bool]:
    """Takes away "ca.", a footnote mark and an explanation between brackets; True where there was one."""
    about, explained = _ABOUT.match(text), None
    if about:
        text = text[about.end() :]
    explained = _EXPLANATION.search(text)
    if explained:
        text = text[: explained.start()]
    return text, bool(about or explained)


def _without_unit(text: str) -> tuple[str, str | None]:
    found = _TRAILING_UNIT.match(text)
    if not found:
        return text, None
    unit = unit_named(found.group(2))
    return (found.group(1).strip(), unit) if unit else (text, "?")


def _scientific(text: str) -> Written | None:
    if not re.match(r"^\d+(?:\.\d+)?[eE][+-]?\d{1,2}$", text):
        return None
    try:
        return Written(Decimal(text))
    except InvalidOperation:
        return None


def _read_body(text: str, proven: str | None) -> Written | None:
    """Digits with marks between. Spaces and apostrophes can only group; a point or comma may do either."""
    grouped = False
    if any(mark in text for mark in " '’"):
        whole, mark, fraction = _split_at_last(text)
        if not _LONG_GROUPS.match(whole):
            return None
        text, grouped = re.sub(r"[ '’]", "", whole) + mark + fraction, True
        if mark:
            return (
                Written(Decimal(f"{re.sub(r'[ .,]', '', text[: -len(fraction) - 1])}.{fraction}"), mark)
                if fraction.isdigit()
                else None
            )
    points, commas = text.count("."), text.count(",")
    if not points and not commas:
        return Written(Decimal(text), proven)
    if points and commas:
        return _both_marks(text)
    mark = "." if points else ","
    if points + commas > 1:
        return (
            Written(Decimal(text.replace(mark, "")), "," if mark == "." else ".") if _is_grouped(text, mark) else None
        )
    return _one_mark(text, mark, grouped, proven)


def _split_at_last(text: str) -> tuple[str, str, str]:
    position = max(text.rfind("."), text.rfind(","))
    return (text, "", "") if position < 0 else (text[:position], text[position], text[position + 1 :])


def _both_marks(text: str) -> Written | None:
    decimal_mark = "." if text.rfind(".") > text.rfind(",") else ","
    grouping = "," if decimal_mark == "." else "."
    whole, _, fraction = text.rpartition(decimal_mark)
    if decimal_mark in whole or not fraction.isdigit() or not _is_grouped(whole, grouping):
        return None
    return Written(Decimal(f"{whole.replace(grouping, '')}.{fraction}"), decimal_mark)


def _is_grouped(whole: str, mark: str) -> bool:
    """Groups of three, or the Indian way: three at the end and twos before."""
    first, *others = whole.split(mark)
    if not first or len(first) > 3 or not others or len(others[-1]) != 3:
        return False
    return all(len(group) == 3 for group in others[:-1]) or all(len(group) == 2 for group in others[:-1])


def _one_mark(text: str, mark: str, grouped: bool, proven: str | None) -> Written | None:
    whole, _, fraction = text.partition(mark)
    if not fraction:
        return None
    if proven and proven != mark and len(fraction) == 3:
        return Written(Decimal(whole + fraction), proven)
    if len(fraction) != 3 or len(whole) > 3 or whole in ("", "0") or whole.startswith("0") or grouped:
        return Written(Decimal(f"{whole or '0'}.{fraction}"), mark)
    return Written(None, None, mark, text)


@dataclass(frozen=True, slots=True)
class Notation:
    """How one column writes numbers. `decimal_mark` None with `ambiguous` True: it cannot be told."""

    decimal_mark: str | None
    mixed: bool = False
    ambiguous: bool = False


def notation_of(cells: Iterable[Written]) -> Notation:
    """Decides from all numbers that were written as text in one column."""
    marks: set[str] = set()
    ambiguous = False
    for written in cells:
        if written.decimal_mark:
            marks.add(written.decimal_mark)
        ambiguous = ambiguous or written.ambiguous is not None
    if len(marks) == 1:
        return Notation(marks.pop(), ambiguous=ambiguous)
    return Notation(None, mixed=len(marks) > 1, ambiguous=ambiguous)
