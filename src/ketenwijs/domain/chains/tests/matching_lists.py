"""Invented lists for the tests of matching."""

from __future__ import annotations

import csv
from pathlib import Path

from django.conf import settings

from ketenwijs.domain.chains.matching.candidates import SiteIndex
from ketenwijs.domain.chains.matching.countries import load_countries
from ketenwijs.domain.chains.matching.linking import Comparison, Matcher
from ketenwijs.domain.chains.matching.records import COLUMNS, Row, make_row
from ketenwijs.domain.chains.matching.words import load_words

COUNTRY_NAMES = Path(settings.CONTENT_DIR) / "reference" / "country-names.yaml"
TOWNS = ("Udaipur", "Xiamen", "Quy Nhon", "Afyon", "Carrara", "Soignies", "Porto", "Larvik", "Jaipur", "Laizhou")
BRANDS = ("Aravali", "Huahui", "Hoang Anh", "Yildiz", "Ferrari", "Peeters", "Oliveira", "Hansen", "Mewar", "Longteng")


def site(number: int, **cells: str) -> Row:
    """A row with an id."""
    return make_row({"id": f"R{number}", **cells})


def filler(count: int = 300) -> list[Row]:
    """Sites that nothing in a test should match."""
    return [
        site(
            number,
            name=f"{BRANDS[number % 10]} {BRANDS[number // 10 % 10]}son{number} Stone Ltd",
            address=f"{number} Market Road",
            place=TOWNS[number * 7 % 10],
            country="BE",
        )
        for number in range(1000, 1000 + count)
    ]


def matcher_of(rows: list[Row]) -> Matcher:
    """A matcher over these rows and the fillers."""
    words = load_words()
    index = SiteIndex(words)
    index.add([*rows, *filler()])
    return Matcher(index, load_countries(COUNTRY_NAMES, words))


def proposals(register: list[Row], most: int = 3, **cells: str) -> list[Comparison]:
    """What is proposed for one new row."""
    return next(matcher_of(register).match([make_row({"id": "N1", **cells})], most=most, least=0.001))


def linked(register: list[Row], **cells: str) -> str | None:
    """The id of the site that a new row is taken for."""
    found = proposals(register, **cells)
    return found[0].register.id if found and found[0].probability >= 0.5 else None


def write_csv(file: Path, rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> Path:
    """A list as a file."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file
