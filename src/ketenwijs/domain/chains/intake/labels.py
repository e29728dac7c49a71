"""Rows between the rows that say with a label what the rows below are about: "Leverancier: …", "Land: …"."""

from __future__ import annotations

from .vocabulary import Vocabulary
from .wording import as_text, fold

_MEANS = {
    "supplier": "supplier",
    "country": "country",
    "supplier_country": "country",
    "origin_country": "country",
    "material": "material",
}
_LONGEST = 200


class LabelReader:
    """Reads such rows with one vocabulary of headings."""

    def __init__(self, words: Vocabulary) -> None:
        self._headings = words.headings

    def read(self, row: list[object]) -> list[tuple[str, str]]:
        """Pairs of supplier, country or material and what is said; empty unless every filled cell belongs to one.

        The label ends with a colon; what it says follows in the same cell or stands in the next filled one.
        """
        found: list[tuple[str, str]] = []
        waiting = ""
        for cell in row:
            if cell == "":
                continue
            text = as_text(cell)
            if waiting:
                found.append((waiting, text))
                waiting = ""
                continue
            label, colon, said = text.partition(":")
            means = _MEANS.get(self._headings.get(fold(label), "")) if colon and len(text) < _LONGEST else None
            if means is None:
                return []
            if said.strip():
                found.append((means, said.strip()))
            else:
                waiting = means
        return [] if waiting else found
