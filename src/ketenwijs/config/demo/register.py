"""The register of the demonstration as the secretariat would bring it in: a sheet, read and taken over by the import."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from ketenwijs.config.demo.definitions import WorldFile
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.register.checking import check_rows
from ketenwijs.domain.agreements.register.reading import read_register
from ketenwijs.domain.agreements.register.words import vocabulary_of
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.agreements.services import ImportResult, import_register
from ketenwijs.foundation.access.viewer import Viewer

# The proportions of the year-5 figures (21 Dutch importers, 14 Dutch processors, 12 Flemish importers; 12 and 52 authorities).
DUTCH_IMPORTERS, DUTCH_PROCESSORS, FLEMISH_IMPORTERS = 21, 14, 12
DUTCH_AUTHORITIES, FLEMISH_AUTHORITIES = 12, 52
COLUMNS = (
    "name", "takes part as", "trade", "country", "place", "joined on", "group",
    "kind of outcome", "outcome", "number", "report year", "outcome since",
)  # fmt: skip
FIRST_DAY = date(2019, 10, 1)


def bring_in(actor: Viewer, agreement: Agreement, world: WorldFile) -> ImportResult:
    """Make the sheet, read it as any other, and take it over; raises when a row has a fault."""
    content = _sheet(world).encode()
    vocabulary = vocabulary_of(definition_of(agreement), timezone.localdate())
    rows, faults = check_rows(read_register(content, "register.csv").rows, vocabulary)
    if faults:
        raise RuntimeError(f"the demonstration's register has faults: {faults[:3]}")
    return import_register(actor=actor, agreement=agreement, rows=rows, are_examples=True)


def _sheet(world: WorldFile) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for row in [*_companies(world), *_authorities(world)]:
        writer.writerow([row.get(name, "") for name in COLUMNS])
    return out.getvalue()


def _companies(world: WorldFile) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    kinds = [("importer", "NL")] * DUTCH_IMPORTERS + [("importer", "BE")] * FLEMISH_IMPORTERS
    kinds += [("processor", "NL")] * DUTCH_PROCESSORS
    for number, (trade, country) in enumerate(kinds):
        words, trades = world.firm_words, world.firm_kinds[trade]
        name = f"{words[number % len(words)]} {trades[(number // len(words) + number) % len(trades)]}"
        joined = FIRST_DAY + timedelta(days=31 * ((number * 7) % 48))
        company = {
            "name": name,
            "takes part as": "participant",
            "trade": trade,
            "country": country,
            "place": world.places[country][number % len(world.places[country])],
            "joined on": joined.isoformat(),
            "group": _group(trade, number),
        }
        rows += _with_outcomes(company, joined, number, world) if trade == "importer" else [company]
    return rows


def _group(trade: str, number: int) -> str:
    if trade == "processor":
        return "A"
    return "B" if number % 9 == 4 else "C"


def _with_outcomes(company: dict[str, Any], joined: date, number: int, world: WorldFile) -> list[dict[str, Any]]:
    """One row per outcome so far; the number is the membership year that was judged."""
    rows = []
    for year in world.past_years:
        ends = date(int(year[-4:]), 9, 30)
        full_years = (ends + timedelta(days=1) - joined).days // 365
        if full_years >= 1 and company["group"] == "C":
            outcome = {
                "kind of outcome": "colours",
                "outcome": "orange" if number % 5 == 2 else "green",
                "number": min(full_years, 5),
                "report year": year,
                "outcome since": date(ends.year + 1, 3, 1).isoformat(),
            }
            rows.append({**company, **outcome})
    return rows or [company]


def _authorities(world: WorldFile) -> list[dict[str, Any]]:
    rows = []
    for number in range(DUTCH_AUTHORITIES + FLEMISH_AUTHORITIES):
        country = "NL" if number < DUTCH_AUTHORITIES else "BE"
        words = world.authority_words
        province = number % 21 == 20
        name = f"{'Provincie' if province else 'Gemeente'} {words[number % len(words)]}"
        suffix = f" {number // len(words) + 1}" if number >= len(words) else ""
        rows.append(
            {
                "name": f"{name}{suffix}",
                "takes part as": "authority",
                "trade": "province" if province else "municipality",
                "country": country,
                "joined on": (FIRST_DAY + timedelta(days=29 * (number % 60))).isoformat(),
            }
        )
    return rows
