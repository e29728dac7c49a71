"""Which location of the register a firm's site may be: the matcher asked on behalf of the secretariat, and what it said.

The register in memory is kept per agreement and process; a stamp of the stored rows says whether it is still true, and
locations that were added since are added to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, isfinite, nan
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from ketenwijs.domain.chains.matching.candidates import SiteIndex
    from ketenwijs.domain.chains.matching.linking import Comparison
    from ketenwijs.domain.chains.matching.records import Row

LEAST = 0.05
"""Proposals less probable than this are not shown."""
MOST = 5


@dataclass(frozen=True)
class Spelling:
    """One way a location is written. `stage` keeps quarries apart from factories of the same name."""

    location: int
    stage: str
    name: str
    place: str = ""
    country: str = ""
    latitude: str = ""
    longitude: str = ""
    identifiers: str = ""


@dataclass(frozen=True)
class Proposal:
    """A location that a site may be. `reasons` are parts with a verdict and facts, ready to be stored."""

    location: int
    probability: float
    reasons: list[dict[str, Any]]


@dataclass
class _Register:
    """The spellings of one agreement's locations in memory, one index per stage.

    A row of an index is a number in `written`; what is no longer `alive` is passed over until too much of it is dead.
    """

    stamp: tuple[object, ...]
    indexes: dict[str, SiteIndex]
    written: list[Spelling]
    alive: set[Spelling]


_registers: dict[int, _Register] = {}
_lock = Lock()
_MOST_DEAD = 0.2


def proposals(
    agreement_pk: int,
    stamp: tuple[object, ...],
    spellings: Sequence[Spelling] | None,
    asked: Sequence[Spelling],
    standing_for: Mapping[int, int],
    excluded: Collection[tuple[int, int]] = (),
) -> dict[int, list[Proposal]]:
    """For each asked site (its number stands in `location`) its proposals, best first; never an `excluded` pair of asked
    site and location.

    `spellings` of the whole register; None when `is_kept` said that the one in memory is still true. `standing_for`
    names, for merged locations, the one that stands for it now.
    """
    with _lock:
        register = _register(agreement_pk, stamp, spellings)
        found: dict[int, list[Proposal]] = {}
        for stage in {one.stage for one in asked} & register.indexes.keys():
            here = [one for one in asked if one.stage == stage]
            found.update(_matched(register, stage, here, standing_for, excluded))
    return found


def is_kept(agreement_pk: int, stamp: tuple[object, ...]) -> bool:
    """Whether the register in memory is that of this stamp."""
    kept = _registers.get(agreement_pk)
    return kept is not None and kept.stamp == stamp


def alike(asked: Sequence[Spelling], least: float) -> dict[int, int]:
    """Of sites that are asked together: which one looks like an earlier one of the list, by number."""
    register = _Register((), {}, [], set())
    found: dict[int, int] = {}
    for one in asked:
        best = _matched(register, one.stage, [one], {}).get(one.location, [])[:1]
        if best and best[0].probability >= least:
            found[one.location] = best[0].location
        else:
            _add(register, [one])
    return found


def _register(agreement_pk: int, stamp: tuple[object, ...], spellings: Sequence[Spelling] | None) -> _Register:
    kept = _registers.get(agreement_pk)
    if kept is not None and kept.stamp == stamp:
        return kept
    wanted = list(dict.fromkeys(spellings or []))
    if kept is None or len(set(kept.written) - set(wanted)) > _MOST_DEAD * len(kept.written):
        kept = _Register(stamp, {}, [], set())
    known = set(kept.written)
    _add(kept, [one for one in wanted if one not in known])
    kept.stamp, kept.alive = stamp, set(wanted)
    _registers[agreement_pk] = kept
    return kept


def _add(register: _Register, spellings: Iterable[Spelling]) -> None:
    # numpy and scipy take half a second and 60 MB: only pages that match pay for them.
    from ketenwijs.domain.chains.matching.candidates import SiteIndex
    from ketenwijs.domain.chains.matching.words import load_words

    by_stage: dict[str, list[Row]] = {}
    for one in spellings:
        by_stage.setdefault(one.stage, []).append(_row(one, len(register.written)))
        register.written.append(one)
        register.alive.add(one)
    for stage, rows in by_stage.items():
        index = register.indexes.get(stage)
        if index is None:
            index = register.indexes[stage] = SiteIndex(load_words())
        index.add(rows)


def _row(one: Spelling, number: int) -> Row:
    from ketenwijs.domain.chains.matching.records import make_row

    place, _comma, region = one.place.partition(",")
    cells = (str(number), one.name, "", place, region, one.country, one.latitude, one.longitude, one.identifiers)
    return make_row(cells)


def _matched(
    register: _Register,
    stage: str,
    asked: Sequence[Spelling],
    standing_for: Mapping[int, int],
    excluded: Collection[tuple[int, int]] = (),
) -> dict[int, list[Proposal]]:
    """Each location competes once, with its best spelling, so that many spellings do not take each other's chances.

    Unlike a whole list, where the matcher also learns how many rows are new, one site is judged by itself: the
    probability a person saw is the one that is stored.
    """
    from ketenwijs.domain.chains.matching.countries import load_countries
    from ketenwijs.domain.chains.matching.linking import Comparison, Matcher
    from ketenwijs.domain.chains.matching.scoring import load_model

    index = register.indexes.get(stage)
    if index is None:
        return {}
    countries = load_countries(Path(settings.CONTENT_DIR) / "reference" / "country-names.yaml", index.words)
    rows = [_row(one, number) for number, one in enumerate(asked)]
    compared = Matcher(index, countries).compare(rows)
    odds = load_model().log_odds(compared.features)
    best: list[dict[int, int]] = [{} for _ in rows]
    for pair, (new, position) in enumerate(zip(compared.new.tolist(), compared.register.tolist(), strict=True)):
        spelling = register.written[int(index.row(position).id)]
        if spelling in register.alive:
            location = standing_for.get(spelling.location, spelling.location)
            is_better = location not in best[new] or odds[best[new][location]] < odds[pair]
            if is_better and (asked[new].location, location) not in excluded:
                best[new][location] = pair
    found: dict[int, list[Proposal]] = {}
    for number, one in enumerate(asked):
        chances = _shared_out({location: float(odds[pair]) for location, pair in best[number].items()})
        ranked = sorted(chances.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        found[one.location] = []
        for location, chance in ranked:
            if chance >= LEAST:
                pair = best[number][location]
                register_row = index.row(int(compared.register[pair]))
                features, alignment = compared.features[pair], compared.alignments[pair]
                reasons = _reasons(Comparison(rows[number], register_row, features, alignment, chance))
                found[one.location].append(Proposal(location, chance, reasons))
    return found


def _shared_out(log_odds: Mapping[int, float]) -> dict[int, float]:
    """Probabilities of locations of which at most one is right: each one's odds among all odds and "none of them"."""
    odds = {location: exp(min(max(value, -30.0), 30.0)) for location, value in log_odds.items()}
    whole = 1.0 + sum(odds.values())
    return {location: round(value / whole, 4) for location, value in odds.items()}


def _reasons(pair: Comparison) -> list[dict[str, Any]]:
    """The parts the matcher explains, and whether the numbers in both names are the same: "quarry 1" is not "quarry 2"."""
    from ketenwijs.domain.chains.matching.explaining import AGREES, DIFFERS, explain
    from ketenwijs.domain.chains.matching.features import NAMES

    found = [{"part": one.part, "verdict": one.verdict, "facts": dict(one.facts)} for one in explain(pair)]
    numbers = float(pair.features[NAMES.index("name_numbers")]) if "name_numbers" in NAMES else nan
    if isfinite(numbers):
        found.insert(1, {"part": "name_numbers", "verdict": AGREES if numbers >= 1 else DIFFERS, "facts": {}})
    return found
