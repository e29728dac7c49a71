"""The overview as CSV: semicolons and the mark Excel looks for, no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from ketenwijs.domain.awareness.selectors import FirmLine

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
HEADER = (
    "firm", "reference", "announcements", "sites", "confirmed", "languages", "last_on", "in_code", "in_code_since",
    "code_link", "on_website", "website_link", "nothing", "example",
)  # fmt: skip


def overview_csv(lines: Iterable[FirmLine]) -> bytes:
    """One row per member; the header is in English codes."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows([_inert(cell) for cell in _cells(line)] for line in lines)
    return "\ufeff".encode() + made.getvalue().encode()


def _cells(line: FirmLine) -> tuple[Any, ...]:
    said = line.mention
    mention: tuple[Any, ...] = ("", None, "", "", "")
    if said is not None:
        mention = (_word(said.in_code), said.in_code_since, said.code_link, _word(said.on_website), said.website_link)
    return (
        line.name, line.reference, line.announcements, len(line.sites), line.confirmed,
        " ".join(sorted(line.languages)), line.last_on, *mention, "yes" if line.is_gap else "",
        "yes" if line.is_example else "",
    )  # fmt: skip


def _word(value: bool) -> str:
    return "yes" if value else "no"


def _inert(value: Any) -> str:
    """A text that a spreadsheet would take for a formula gets a quote in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
