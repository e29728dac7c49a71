"""The evidence of bundled public sources per country, stone, stage and theme: read once, shown with source, year and link.

An absent row means "not known here", never "no risk"; rows of weak certainty are marked as hints.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

EVERYWHERE = "XX"
ALL_STAGES = "all"
# What a goods list of the named kind says something about.
GOODS_THEMES = (
    ("child_labour", "child_labour"),
    ("forced_labour", "forced_labour"),
    ("forced_child_labour", "forced_labour"),
)
# Stages at which a listed good (the stone itself) arises; no list says more.
GOODS_STAGES = ("quarrying", "processing", "home_cobble")


def lazy_text(make: Callable[..., str]) -> Callable[..., str]:
    """A text that is made when it is shown, in the language of whoever reads; the rows themselves are kept."""
    return lazy(make, str)


@dataclass(frozen=True)
class Evidence:
    """One fact of one source. `kind` is study, goods, convention or indicator; `is_context` is true for facts about a
    country rather than about stone; `is_hint` for weak certainty."""

    kind: str
    country: str
    theme: str
    text: str
    publisher: str
    year: str
    link: str
    region: str = ""
    materials: tuple[str, ...] = ()
    stage: str = ALL_STAGES
    is_context: bool = False
    is_hint: bool = False
    is_in_own_words: bool = False
    """Whether the text is in the reader's language; what a study found stays as the source has it, in English."""

    def fits(self, material: str, stage: str) -> bool:
        """Whether it says something about a stone at a stage; facts about stone in general fit every stone."""
        return (not self.materials or material in self.materials) and self.stage in (ALL_STAGES, stage)


def evidence_for(country: str, material: str, stage: str, theme: str) -> list[Evidence]:
    """What the sources say about one cell: studies of stone first, then goods lists, then the country's context."""
    order = {"study": 0, "goods": 1, "convention": 2, "indicator": 3}
    rows = [*_by_cell().get((country, theme), []), *_by_cell().get((EVERYWHERE, theme), [])]
    return sorted((one for one in rows if one.fits(material, stage)), key=lambda one: (order[one.kind], one.is_hint))


def sources_in_cell(country: str, material: str, stage: str, theme: str) -> int:
    """How many facts about stone there are for a cell; context is not counted."""
    return sum(not one.is_context for one in evidence_for(country, material, stage, theme))


@lru_cache(maxsize=1)
def _by_cell() -> dict[tuple[str, str], list[Evidence]]:
    cells: dict[tuple[str, str], list[Evidence]] = {}
    for one in (*_studies(), *_goods(), *_conventions(), *_indicators()):
        cells.setdefault((one.country, one.theme), []).append(one)
    return cells


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = Path(settings.CONTENT_DIR) / "reference" / "risk-sources" / name
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _studies() -> Iterator[Evidence]:
    for row in _rows("sector-studies.csv"):
        yield Evidence(
            kind="study",
            country=row["country"],
            region=row["region"],
            theme=row["theme"],
            text=row["finding"],
            publisher=f"{row['publisher']}: {row['title']}",
            year=row["year"],
            link=row["link"],
            materials=_materials(row["material"]),
            stage=row["stage"] or ALL_STAGES,
            is_hint=row["certainty"] == "C",
        )


def _materials(text: str) -> tuple[str, ...]:
    """Materials named one by one; words such as "natural stone" or "unspecified" mean every stone."""
    named = tuple(part.strip() for part in text.split(";"))
    general = any(word in text for word in ("natural stone", "unspecified", "minerals")) or not text
    return () if general else named


def _goods() -> Iterator[Evidence]:
    for row in _rows("ilab-goods.csv"):
        if row["relation"] != "stone":
            continue
        material = row["material"] if row["material"] not in ("", "unspecified") else ""
        for column, theme in GOODS_THEMES:
            if row[column] == "yes":
                yield Evidence(
                    kind="goods",
                    country=row["country"],
                    theme=theme,
                    text=row["good"],
                    publisher=row["source"],
                    year=row["edition"],
                    link=row["link"],
                    materials=(material,) if material else (),
                )


def _conventions() -> Iterator[Evidence]:
    known = {row["convention"]: row for row in _rows("ilo-conventions.csv")}
    for row in _rows("ilo-ratifications.csv"):
        convention = known[row["convention"]]
        yield Evidence(
            kind="convention",
            country=row["country"],
            theme=convention["theme"],
            text=_ratification(row, convention),
            is_in_own_words=True,
            publisher=row["source"],
            year=row["year"] or row["source_date"],
            link=row["link"],
            is_context=True,
            is_hint=row["certainty"] == "C",
        )


def _language() -> str:
    return (get_language() or "nl")[:2]


@lazy_text
def _ratification(row: dict[str, str], convention: dict[str, str]) -> str:
    """The convention by its name in the reader's language, and whether the country ratified it."""
    title = convention.get(f"title_{_language()}") or convention["title"]
    answer = _("ratified") if row["ratified"] == "yes" else _("not ratified")
    return f"{row['convention']} {title}: {answer}"


@lazy_text
def _figure(indicator: str, value: str, unit: str, words: dict[str, dict[str, str]]) -> str:
    """A figure of a country with the name of the indicator and its unit in the reader's language."""

    def said(word: str) -> str:
        return words[word].get(_language(), "") if word in words else word

    return f"{said(indicator)}: {said(value)} {said(unit)}".strip()


def _indicators() -> Iterator[Evidence]:
    words = {row["word"]: row for row in _rows("indicator-words.csv")}
    for row in _rows("country-indicators.csv"):
        yield Evidence(
            kind="indicator",
            country=row["country"],
            theme=row["theme"],
            text=_figure(row["indicator"], row["value"], row["unit"], words),
            is_in_own_words=True,
            publisher=row["publisher"],
            year=row["year"],
            link=row["link"],
            is_context=True,
        )
