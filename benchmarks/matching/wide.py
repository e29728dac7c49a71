"""Invents sites of more countries and writes them as lists from many offices do; what `worlds` and `spoiling` leave out.

Sister plants of another trade, units numbered in every style, a trade name instead of the firm's, both writings in one
cell, a name for the trade that no list of words has, places under an older name, the wrong country, coordinates of the
city, rounded or exchanged.
"""

from __future__ import annotations

import copy
import random

import worlds
from worlds import WORDS, Place, Site

Chance = random.Random
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV", 5: "V", 6: "VI", 7: "VII", 8: "VIII", 9: "IX", 10: "X"}
NUMBERED = (
    "Unit {}", "Unit-{}", "(Unit {})", "Plant {}", "Plant-{}", "No. {}", "No {}", "#{}", "{}", "Factory {}", "Fty {}",
    "U-{}", "Branch {}", "Division {}", "{}. Tesis", "Nhà máy {}", "No. {} Factory",
)  # fmt: skip
SYLLABLES = ("ka", "tol", "mir", "sen", "bra", "lu", "vi", "dom", "are")
LETTERED = ("Unit {}", "Unit-{}", "Block {}", "({})", "Plant {}", "{}")
WRITINGS = {"arabic": ("MA", "TN", "SA", "JO"), "tamil": ("IN",), "indonesian": ("ID",), "urdu": ("PK",)}


def invent(chance: Chance) -> Site:
    """A site of any country, a third of them in the further writings, some with a trade name."""
    way = chance.random()
    if way < 0.65:
        site = worlds.invent(chance, "site")
    else:
        site = _further(chance, chance.choice(tuple(WRITINGS)))
        worlds.number(chance, site)
    site.wide = True
    if not site.unit and chance.random() < 0.2:
        site.unit = worlds.unit(chance)
    if chance.random() < 0.3:  # quarries lie far from the town whose name they bear
        site.lat, site.lon = site.lat + chance.gauss(0, 0.08), site.lon + chance.gauss(0, 0.08)
    if chance.random() < 0.15:
        site.alias = brand(chance)
    return site


def brand(chance: Chance) -> str:
    """A trade name: English words, or initials, that have nothing to do with the firm's name."""
    if chance.random() < 0.3:
        return "".join(chance.choices("ABCDEFGHKLMNPRSTVW", k=chance.choice((2, 3, 3, 4))))
    return " ".join([chance.choice(WORDS["adjectives"]), chance.choice(WORDS["nouns"])])


def _further(chance: Chance, writing: str) -> Site:
    code = chance.choice(WRITINGS[writing])
    words = chance.sample(WORDS[writing], k=chance.choice((1, 2, 2, 2)))
    trade, local_trade = chance.choice(WORDS[f"{writing}_trades"])
    spellings = [" ".join(word[index] for word in words) for index in range(len(words[0])) if index != 1]
    written = " ".join(word[1] for word in words)
    first = writing == "arabic" and chance.random() < 0.7
    local = (f"{local_trade} {written}" if first else f"{written} {local_trade}") if writing != "indonesian" else ""
    return Site(
        spellings,
        trade,
        chance.choice(WORDS["further_legal"][writing]),
        chance.choice(WORDS["further_streets"][writing]),
        str(chance.randrange(1, 500)),
        worlds.town(chance, code),
        "site",
        local=local,
    )


def sister(chance: Chance, site: Site) -> Site:
    """Another plant of the same group: another trade, mostly in the same town, some in the same street."""
    other, twin = invent(chance), copy.deepcopy(site)
    twin.identifiers, twin.number, twin.alias = other.identifiers, other.number, site.alias
    while other.trade == site.trade:
        other = invent(chance)
    twin.trade, twin.local = other.trade, ""
    if chance.random() < 0.4:
        twin.street = other.street
    elif chance.random() < 0.6:
        twin.number = near(chance, site.number)
    if chance.random() < 0.3:
        twin.place = worlds.town_near(chance, site.place)
    if site.lat:
        twin.lat, twin.lon = twin.place.lat + chance.gauss(0, 0.03), twin.place.lon + chance.gauss(0, 0.03)
    return twin


def near(chance: Chance, number: str) -> str:
    """The same number or one a few doors on."""
    figures = "".join(sign for sign in number if sign.isdigit())
    return number.replace(figures, str(int(figures) + chance.choice((0, 1, 2, 2, 4)))) if figures else number


def unit_in_words(chance: Chance, unit: str) -> str:
    """The number of a unit in the style of another office."""
    words = unit.replace("No.", "").split()
    mark = next((word for word in words if word.isdigit() or len(word) == 1 or word in ROMAN.values()), "")
    if not mark or chance.random() < 0.3:
        return unit
    number = next((value for value, roman in ROMAN.items() if roman == mark), int(mark) if mark.isdigit() else 0)
    if not number:
        return chance.choice(LETTERED).format(mark)
    shown = ROMAN[number] if number in ROMAN and chance.random() < 0.4 else str(number)
    return chance.choice(NUMBERED).format(shown)


def name(chance: Chance, site: Site, written: str, hard: float) -> str:
    """A written name with the trade name, or with both writings, in one cell."""
    if site.alias and chance.random() < 0.15 + 0.35 * hard:
        return chance.choice((f"{site.alias} ({written})", f"{written} t/a {site.alias}", f"{site.alias} - {written}"))
    if site.local and written != site.local and chance.random() < 0.12 * hard:
        return f"{written} ({site.local})" if chance.random() < 0.7 else f"{site.local} {written}"
    return written


def trade(chance: Chance, written: str, hard: float) -> str:
    """Now and then a word for the trade that no list of words has."""
    if written and chance.random() < 0.1 * hard:
        return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).capitalize()
    return written


def place(chance: Chance, found: Place, written: str, hard: float) -> str:
    """An older or quite different name of the town, or that of the village or district it is part of."""
    if chance.random() < 0.08 * hard:
        return worlds.town_near(chance, found).name
    return chance.choice(found.renamed) if found.renamed and chance.random() < 0.12 * hard else written


def spoil(chance: Chance, site: Site, cells: dict[str, str], hard: float) -> None:
    """Changes the cells: wrong country, coordinates of the city, rounded or exchanged, all of the address in one cell."""
    if chance.random() < 0.06 * hard:
        cells["country"] = chance.choice(WORDS["countries"][chance.choice(tuple(WORDS["countries"]))])
    way = chance.random()
    if site.lat and way < 0.1 * hard:
        cells["lat"], cells["lon"] = f"{site.place.lat:.4f}", f"{site.place.lon:.4f}"
    elif site.lat and way < 0.18 * hard:
        cells["lat"], cells["lon"] = f"{site.lat:.1f}", f"{site.lon:.1f}"
    elif site.lat and way < 0.22 * hard:
        cells["lat"], cells["lon"] = cells["lon"], cells["lat"]
    if chance.random() < 0.15 * hard:
        cells["address"] = ", ".join(part for part in (cells["address"], cells["place"], cells["region"]) if part)
        cells["place"] = cells["region"] = ""
    if site.alias and cells["identifiers"] and chance.random() < 0.3:
        cells["name"] = site.alias  # without a number nobody could tell
    if not cells["identifiers"] and chance.random() < 0.06 * hard:
        number = chance.randrange(10_000)
        cells["identifiers"] = chance.choice(("n/a", "pending", f"PO-{number}", f"vendor {number}"))
