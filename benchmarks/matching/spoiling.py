"""Writes an invented site as lists do: abbreviated, transliterated, re-ordered, misspelt, parts missing."""

from __future__ import annotations

import random
import unicodedata

import wide
from worlds import WORDS, Site, invent

Cells = dict[str, str]
Chance = random.Random


def plain(text: str) -> str:
    """Without accents, as offices without the right keyboard write."""
    text = text.replace("Đ", "D").replace("đ", "d").replace("ı", "i").replace("İ", "I")
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


def misspell(chance: Chance, text: str) -> str:
    """One slip of the finger."""
    if len(text) < 4:
        return text
    at = chance.randrange(1, len(text) - 1)
    way = chance.random()
    if way < 0.3:
        return text[:at] + text[at + 1 :]
    if way < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if way < 0.7:
        return text[:at] + text[at] + text[at:]
    return text[:at] + chance.choice(WORDS["near_keys"].get(text[at].lower(), "aeiou")) + text[at + 1 :]


def write_name(chance: Chance, site: Site, hard: float) -> str:
    """The name in one of its ways; `hard` (0 to 1) says how much goes wrong."""
    unit = wide.unit_in_words(chance, site.unit) if site.wide else site.unit
    if site.local and chance.random() < 0.15 + 0.25 * hard:
        return site.local + (f" {unit}" if unit else "")
    brand = site.names[0] if chance.random() > hard * 0.6 else chance.choice(site.names)
    trade = chance.choice(WORDS["chinese_trades_in_latin"].get(site.trade, [site.trade]))
    if chance.random() < hard * 0.12:
        trade = ""
    if site.wide:
        trade = wide.trade(chance, trade, hard)
    legal = site.legal if chance.random() > hard * 0.5 else chance.choice(("", "", "Ltd", "Co"))
    words = [brand, trade, unit, legal]
    if site.kind == "person" and chance.random() < hard * 0.3:
        parts = brand.split()
        words = [chance.choice((" ".join(reversed(parts)), f"{parts[0][0]}. {parts[-1]}", f"{parts[-1]}, {parts[0]}"))]
    elif site.kind == "person":
        words = [person_parts(chance, site, hard)]
    elif chance.random() < hard * 0.12:
        words = [trade, brand, legal, unit]
    name = " ".join(word for word in words if word)
    return slips(chance, name, hard, site.kind)


def person_parts(chance: Chance, site: Site, hard: float) -> str:
    """A person's name with a part lost, exchanged (a maiden name, a nickname) or misspelt more than once."""
    parts = site.names[0].split()
    way = chance.random()
    if way < hard * 0.12:
        parts.pop(chance.randrange(len(parts)))
    elif way < hard * 0.2:
        other = invent(chance, "person").names[0].split()
        parts[chance.randrange(len(parts))] = chance.choice(other)
    elif way < hard * 0.23:
        parts = invent(chance, "person").names[0].split()
    return " ".join(misspell(chance, part) if chance.random() < hard * 0.25 else part for part in parts)


def slips(chance: Chance, name: str, hard: float, kind: str) -> str:
    """Abbreviations, lost accents, capitals, typing errors, words run together or dropped."""
    for long, short in WORDS["abbreviations"].items():
        if long in name and chance.random() < hard * 0.35:
            name = name.replace(long, short)
    if not name.isascii() and chance.random() < 0.3 + hard * 0.5:
        name = plain(name)
    for share in (0.35, 0.12):
        if chance.random() < hard * share:
            name = misspell(chance, name)
    words = name.split()
    if len(words) > 2 and chance.random() < hard * 0.1:
        at = chance.randrange(len(words) - 1)
        words[at : at + 2] = ["".join(words[at : at + 2])]
    if len(words) > 2 and kind != "person" and chance.random() < hard * 0.08:
        words.pop(chance.randrange(1, len(words)))
    name = " ".join(words)
    return chance.choices((name, name.upper(), name.lower()), (70, 20 * hard, 10 * hard))[0]


def write_place(chance: Chance, site: Site, hard: float) -> str:
    """The place, its local spelling or another one."""
    place = site.place
    way = chance.random()
    if place.local and way < 0.1 + 0.15 * hard:
        return place.local
    if place.others and way > 1 - 0.25 * hard:
        return chance.choice(place.others)
    return misspell(chance, place.name) if chance.random() < hard * 0.08 else place.name


def write_address(chance: Chance, site: Site, hard: float) -> str:
    """Number and street in either order, shortened; with the place behind it now and then."""
    street = site.street if chance.random() > hard * 0.3 else slips(chance, site.street, hard, "street")
    address = f"{site.number} {street}" if chance.random() > hard * 0.25 else f"{street}, {site.number}"
    if chance.random() < hard * 0.15:
        address = street
    if chance.random() < 0.1:
        address += f", {site.place.name}"
    return address if site.kind == "site" else _mistyped(chance, address, site.number, hard)


def _mistyped(chance: Chance, address: str, number: str, hard: float) -> str:
    """Addresses of persons and restaurants are typed from paper more often."""
    for share in (0.3, 0.15, 0.1):
        if chance.random() < hard * share:
            address = misspell(chance, address)
    if chance.random() < hard * 0.08:
        address = address.replace(number, misspell(chance, f"{number}0")[: len(number) + 1])
    return " ".join(address.split()[:-1]) if chance.random() < hard * 0.06 else address


def write_row(chance: Chance, site: Site, number: str, hard: float, empty: dict[str, float]) -> Cells:
    """The whole row; `empty` says per column how often it is left empty."""
    address = write_address(chance, site, hard)
    if site.kind == "restaurant" and chance.random() < hard * 0.1:
        address = write_address(chance, invent(chance, "restaurant"), hard)  # it moved, or another door is given
    spread, digits = chance.choice(((0.0005, 5), (0.0005, 5), (0.002, 4), (0.005, 2), (0.02, 2))) if hard else (0.0, 5)
    identifiers = {
        scheme: misspell(chance, value) if chance.random() < hard * 0.08 else value
        for scheme, value in (site.identifiers | site.firm).items()
        if chance.random() > hard * 0.4
    }
    cells = {
        "name": write_name(chance, site, hard),
        "address": address,
        "place": write_place(chance, site, hard),
        "region": plain(site.place.region) if chance.random() < 0.5 else site.place.region,
        "country": chance.choice(WORDS["countries"][site.place.country]),
        "lat": f"{site.lat + chance.gauss(0, spread):.{digits}f}" if site.lat else "",
        "lon": f"{site.lon + chance.gauss(0, spread):.{digits}f}" if site.lat else "",
        "identifiers": "; ".join(f"{scheme}: {value}" if scheme else value for scheme, value in identifiers.items()),
    }
    if chance.random() < empty.get("coordinates", 0):
        cells["lat"] = cells["lon"] = ""
    if site.wide:
        cells["name"] = wide.name(chance, site, cells["name"], hard)
        cells["place"] = wide.place(chance, site.place, cells["place"], hard)
        wide.spoil(chance, site, cells, hard)
    for column, share in empty.items():
        if column in cells and chance.random() < share:
            cells[column] = ""
    return {"id": number, **cells}
