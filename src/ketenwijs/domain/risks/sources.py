"""The bundled tables of sources: their columns, and what every row must hold; checked with all other content."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ketenwijs.domain.reference.selectors import country
from ketenwijs.domain.risks.evidence import EVERYWHERE
from ketenwijs.foundation.content.tables import Row, TableKind

FOLDER = "reference/risk-sources"
CERTAINTIES = ("A", "B", "C")
LINK = re.compile(r"(https?://\S+)?")
YES_NO = ("yes", "no")
COLUMNS: dict[str, tuple[str, ...]] = {
    "country-indicators": (
        "country", "indicator", "value", "unit", "year", "theme", "higher_means", "publisher", "link", "certainty",
    ),
    "ilab-goods": (
        "country", "good", "relation", "material", "child_labour", "forced_labour", "forced_child_labour", "edition",
        "source", "link", "certainty",
    ),
    "ilo-conventions": ("convention", "title", "title_nl", "title_fr", "adopted", "theme"),
    "indicator-words": ("word", "nl", "fr", "en"),
    "ilo-ratifications": (
        "country", "convention", "ratified", "year", "source", "link", "source_date", "certainty",
    ),
    "sector-studies": (
        "id", "country", "region", "year", "publisher", "title", "stage", "material", "theme", "finding", "link",
        "certainty",
    ),
}  # fmt: skip
OF_YES_AND_NO = ("child_labour", "forced_labour", "forced_child_labour", "ratified")


def check_row(row: Row) -> Iterable[tuple[str, str, str]]:
    """A known country, a web address or none, how sure it is, who says so, and yes or no where that is asked."""
    code = row.get("country", EVERYWHERE)
    if code != EVERYWHERE and country(code) is None:
        yield "country", "unknown_country", f"there is no country {code}"
    if "certainty" in row and row["certainty"] not in CERTAINTIES:
        yield "certainty", "certainty", f"write one of {', '.join(CERTAINTIES)}"
    if not LINK.fullmatch(row.get("link", "")):
        yield "link", "link", "a link begins with http:// or https:// and has no spaces"
    if "certainty" in row and not (row.get("publisher") or row.get("source")):
        yield ("publisher" if "publisher" in row else "source"), "source", "say who says so"
    for name in OF_YES_AND_NO:
        if row.get(name, "no") not in YES_NO:
            yield name, "value", "write yes or no"


TABLES = tuple(TableKind(name, f"{FOLDER}/{name}.csv", columns, check_row) for name, columns in COLUMNS.items())
