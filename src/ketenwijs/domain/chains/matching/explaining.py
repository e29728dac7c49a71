"""Says why a pair was or was not taken as one site: which parts agree, which contradict, what is not known."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from .features import NAMES
from .linking import Comparison
from .normalising import name_lines
from .words import load_words

AGREES, PARTLY, DIFFERS, UNKNOWN = "agrees", "partly", "differs", "unknown"
PARTS = ("name", "address", "place", "region", "country", "coordinates", "identifiers")
_SAME, _ALIKE = 0.9, 0.65
_NEAR_KM, _FAR_KM = 2.0, 25.0
_AT = {name: index for index, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the comparison: a part of `PARTS`, a verdict, and facts for a sentence about it."""

    part: str
    verdict: str
    facts: dict[str, str | float] = field(default_factory=dict)


def explain(pair: Comparison) -> list[Reason]:
    """All parts that at least one side has, in the order of `PARTS`."""
    made = (_name, _address, _place, _region, _country, _coordinates, _identifiers)
    return [reason for make in made if (reason := make(pair)) is not None]


def as_sentence(reasons: Iterable[Reason]) -> str:
    """The reasons in one line of English, for files; screens word them in their own language."""
    return "; ".join(_WORDING[reason.part](reason) for reason in reasons)


def _value(pair: Comparison, name: str) -> float:
    return float(pair.features[_AT[name]])


def _verdict(value: float, same: float = _SAME, alike: float = _ALIKE) -> str:
    if math.isnan(value):
        return UNKNOWN
    if value >= same:
        return AGREES
    return PARTLY if value >= alike else DIFFERS


def _name(pair: Comparison) -> Reason | None:
    if not pair.new.name and not pair.register.name:
        return None
    if pair.alignment is None:
        return Reason("name", UNKNOWN)
    least, most = pair.alignment.of_new, pair.alignment.of_register
    least, most = min(least, most), max(least, most)
    verdict = AGREES if least >= _SAME else (PARTLY if most >= _ALIKE else DIFFERS)
    together = _value(pair, "name_together")
    if verdict == DIFFERS and together >= _SAME:
        verdict = PARTLY
    new, register = _as_written(pair.new.name), _as_written(pair.register.name)
    same, alike = [], []
    for one, other, _ in pair.alignment.pairs:
        first, second = _written(one, new), _written(other, register)
        if first.casefold() == second.casefold():
            same.append(first)
        else:
            alike.append(f"{first} / {second}")
    return Reason("name", verdict, {"same": ", ".join(same), "alike": ", ".join(alike), "share": round(least, 2)})


def _written(words: str, by_folded: dict[str, str]) -> str:
    return " ".join(by_folded.get(word, word) for word in words.split())


def _as_written(name: str) -> dict[str, str]:
    """Folded words by how the name writes them, where it has spaces between words."""
    words = name.split()
    return {line: word.strip(".,;:()\"'") for line, word in zip(name_lines(words, load_words()), words, strict=True)}


def _address(pair: Comparison) -> Reason | None:
    if not pair.new.address and not pair.register.address:
        return None
    words, numbers = _value(pair, "address_within"), _value(pair, "address_numbers")
    verdict = _verdict(words)
    if verdict == AGREES and numbers == 0:
        verdict = PARTLY
    facts: dict[str, str | float] = {} if math.isnan(numbers) else {"number": AGREES if numbers == 1 else DIFFERS}
    return Reason("address", verdict, facts)


def _place(pair: Comparison) -> Reason | None:
    if not pair.new.place and not pair.register.place:
        return None
    return Reason(
        "place", _verdict(_value(pair, "place"), 0.93, 0.82), {"new": pair.new.place, "register": pair.register.place}
    )


def _region(pair: Comparison) -> Reason | None:
    if not pair.new.region and not pair.register.region:
        return None
    return Reason("region", _verdict(_value(pair, "region"), 0.9, 0.8))


def _country(pair: Comparison) -> Reason | None:
    if not pair.new.country and not pair.register.country:
        return None
    return Reason("country", _verdict(_value(pair, "country")))


def _coordinates(pair: Comparison) -> Reason | None:
    logarithm = _value(pair, "near")
    if math.isnan(logarithm):
        return None
    distance = math.expm1(-logarithm)
    verdict = AGREES if distance <= _NEAR_KM else (PARTLY if distance <= _FAR_KM else DIFFERS)
    return Reason("coordinates", verdict, {"kilometres": round(distance, 1)})


def _identifiers(pair: Comparison) -> Reason | None:
    value = _value(pair, "identifiers")
    if not pair.new.identifiers and not pair.register.identifiers:
        return None
    return Reason("identifiers", _verdict(value, 0.9, 0.3))


def _simple(reason: Reason) -> str:
    return f"{reason.part} {_VERDICTS[reason.verdict]}"


def _worded_name(reason: Reason) -> str:
    parts = [
        f"{label} {reason.facts[key]}"
        for key, label in (("same", "same:"), ("alike", "alike:"))
        if reason.facts.get(key)
    ]
    return _simple(reason) + (f" ({', '.join(parts)})" if parts else "")


def _worded_address(reason: Reason) -> str:
    number = reason.facts.get("number")
    return _simple(reason) + (f" (number {_VERDICTS[str(number)]})" if number else "")


def _worded_coordinates(reason: Reason) -> str:
    return f"{_simple(reason)} ({reason.facts['kilometres']} km apart)"


_VERDICTS = {AGREES: "agrees", PARTLY: "partly agrees", DIFFERS: "differs", UNKNOWN: "on one side only"}
_WORDING = dict.fromkeys(PARTS, _simple) | {
    "name": _worded_name,
    "address": _worded_address,
    "coordinates": _worded_coordinates,
}
