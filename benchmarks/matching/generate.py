"""Makes a labelled set of invented sites: `python benchmarks/matching/generate.py FOLDER --sites 100000 --new 1000`.

The register also holds near namesakes: the same firm elsewhere, another firm at the same address, a sister's unit.
Kind "wide" is for learning: more countries, and more that goes wrong (wide.py).
"""

from __future__ import annotations

import argparse
import copy
import random
from collections.abc import Iterator
from pathlib import Path

import wide
import worlds
from public_sets import write_set
from spoiling import Cells, write_row
from worlds import Site, town_near, unit

EMPTY = {"address": 0.25, "place": 0.05, "region": 0.3, "country": 0.05, "coordinates": 0.45, "identifiers": 0.5}
SHAPES: dict[str, dict[str, float]] = {
    "full": EMPTY,
    "no-numbers": EMPTY | {"coordinates": 1.0, "identifiers": 1.0},
    "name-address-place": {"region": 1.0, "country": 1.0, "coordinates": 1.0, "identifiers": 1.0, "address": 0.05},
    "name-place-country": {"region": 0.7, "coordinates": 1.0, "identifiers": 1.0, "address": 1.0, "place": 0.03},
    "complete": {"address": 0.03, "region": 0.05, "coordinates": 0.2, "identifiers": 0.2},
}


def invent(chance: random.Random, kind: str) -> Site:
    """One site, person or restaurant; a "wide" one is a site of more countries that is written in more ways."""
    return wide.invent(chance) if kind == "wide" else worlds.invent(chance, kind)


def sibling(chance: random.Random, site: Site, kind: str) -> Site:
    """Another site that is easily taken for this one."""
    return _wide_sibling(chance, site) if kind == "wide" else _sibling(chance, site, kind)


def _sibling(chance: random.Random, site: Site, kind: str) -> Site:
    other, twin = invent(chance, kind), copy.deepcopy(site)
    twin.identifiers = other.identifiers
    way = chance.random()
    if kind == "site" and chance.random() < 0.15:
        return _close(chance, twin, other)
    if way < 0.4:  # a namesake elsewhere
        twin.place, twin.number = town_near(chance, site.place), other.number
        twin.lat, twin.lon = (twin.place.lat, twin.place.lon) if site.lat else (0.0, 0.0)
    elif way < 0.7:  # another at the same address or in the same street
        other.place, other.street, other.lat, other.lon = site.place, site.street, site.lat, site.lon
        if chance.random() < 0.5:
            other.number = site.number
        if kind == "person":
            other.names = [f"{other.names[0].split()[0]} {site.names[0].split()[-1]}"]
        return other
    elif way < 0.85 and kind == "site":  # its next unit, close by
        twin.unit = _other_unit(chance, site.unit)
        twin.number = other.number
    else:  # a like name in the same town
        twin.names, twin.local, twin.street, twin.number = other.names, other.local, other.street, other.number
        twin.trade = other.trade
    return twin


def _wide_sibling(chance: random.Random, site: Site) -> Site:
    """A sister of another trade, or any other near namesake; next units stand on the same ground half of the time."""
    if chance.random() < 0.3:
        return wide.sister(chance, site)
    twin = _sibling(chance, site, "site")
    twin.wide = True
    if twin.unit and twin.unit != site.unit and chance.random() < 0.5:
        twin.number, twin.street = wide.near(chance, site.number), site.street
    return twin


def _close(chance: random.Random, twin: Site, other: Site) -> Site:
    """A second site of the same firm some way off, or another firm next door whose name differs in one word."""
    twin.number = other.number
    is_same_firm = chance.random() < 0.5
    spread = chance.choice((0.01, 0.03, 0.08) if is_same_firm else (0.002, 0.01, 0.03))
    twin.lat, twin.lon = twin.lat + chance.gauss(0, spread), twin.lon + chance.gauss(0, spread)
    if is_same_firm:
        if chance.random() < 0.6:
            twin.street = other.street
        if chance.random() < 0.4:
            twin.unit = _other_unit(chance, twin.unit)
        return twin
    twin.firm = other.firm
    words, others = twin.names[0].split(), other.names[0].split()
    if len(words) > 1:
        words[chance.randrange(1, len(words))] = chance.choice(others)
    else:
        words = [
            words[0][: max(3, len(words[0]) // 2)] + chance.choice(("mal", "aiah", "ino", "eri", "kaya", "xin", "rong"))
        ]
    twin.names, twin.local = [" ".join(words)], ""
    return twin


def _other_unit(chance: random.Random, before: str) -> str:
    """Another number; mostly of the same kind."""
    words = before.split()
    if words and chance.random() < 0.7:
        words[-1 if words[-1] != "Factory" else 1] = str(chance.randrange(2, 130))
        return " ".join(words)
    return next(found for _ in range(20) if (found := unit(chance)) != before)


def sites(chance: random.Random, count: int, kind: str) -> Iterator[Site]:
    """So many different sites, one in eight close to an earlier one."""
    recent: list[Site] = []
    for _ in range(count):
        site = (
            sibling(chance, chance.choice(recent), kind) if recent and chance.random() < 0.125 else invent(chance, kind)
        )
        recent.append(site)
        if len(recent) > 2_000:
            recent.pop(0)
        yield site


def make_set(
    seed: int, kind: str, count: int, new: int, hard: float, shape: dict[str, float], matched: float = 0.7
) -> tuple[list[Cells], list[Cells], list[tuple[str, str]]]:
    """Register, new rows and truth. `matched` is the share of new rows that are in the register."""
    chance = random.Random(seed)
    chosen = set(chance.sample(range(count), min(new, count)))
    register, rows, truth = [], [], []
    for number, site in enumerate(sites(chance, count, kind)):
        register.append(write_row(chance, site, f"R{number}", hard * 0.35, shape))
        if number in chosen:
            name = f"N{len(rows)}"
            if chance.random() < matched:
                truth.append((name, f"R{number}"))
            elif chance.random() < 0.4:
                site = sibling(chance, site, kind)
            else:
                site = invent(chance, kind)
            rows.append(write_row(chance, site, name, hard, shape))
    chance.shuffle(rows)
    return register, rows, truth


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sites", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--kind", choices=("site", "wide", "person", "restaurant"), default="site")
    parser.add_argument("--shape", choices=tuple(SHAPES), default="full")
    parser.add_argument("--hard", type=float, default=0.7, help="how much goes wrong, 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = make_set(options.seed, options.kind, options.sites, options.new, options.hard, SHAPES[options.shape])
    write_set(options.folder, *made)


if __name__ == "__main__":
    main()
