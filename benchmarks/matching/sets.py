"""Reads labelled sets (register.csv, new.csv, truth.csv) and counts how well links agree with the truth."""

from __future__ import annotations

import csv
import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from ketenwijs.domain.chains.matching.candidates import SiteIndex  # noqa: E402 - after the path is set
from ketenwijs.domain.chains.matching.countries import load_countries  # noqa: E402
from ketenwijs.domain.chains.matching.linking import Matcher  # noqa: E402
from ketenwijs.domain.chains.matching.records import Row, make_row  # noqa: E402
from ketenwijs.domain.chains.matching.scoring import Model  # noqa: E402
from ketenwijs.domain.chains.matching.words import load_words  # noqa: E402

COUNTRIES = ROOT / "content" / "reference" / "country-names.yaml"
Pairs = set[tuple[str, str]]


@dataclass
class LabelledSet:
    """A register, new rows, and which of them are the same."""

    name: str
    register: list[Row]
    new: list[Row]
    truth: Pairs
    public: bool = False

    def thinned(self, share: float) -> LabelledSet:
        """The same with so large a share of the register's true matches gone, chosen by checksum."""
        gone = {b for _, b in self.truth if zlib.crc32(b.encode()) % 1000 < share * 1000}
        kept = [row for row in self.register if row.id not in gone]
        return replace(self, register=kept, truth={pair for pair in self.truth if pair[1] not in gone})

    def half(self, which: str) -> LabelledSet:
        """The new rows whose checksum is even or odd (or all), with their truth."""
        if which == "all":
            return self
        kept = [row for row in self.new if (zlib.crc32(row.id.encode()) // 7) % 2 == (which == "odd")]
        return self._with(kept)

    def sample(self, most: int) -> LabelledSet:
        """The first new rows in an order that depends on their ids only."""
        return self._with(sorted(self.new, key=lambda row: zlib.crc32(row.id[::-1].encode()))[:most])

    def without(self, columns: Sequence[str]) -> LabelledSet:
        """The same with some columns empty on both sides."""
        empty = dict.fromkeys(columns, "")
        return replace(
            self,
            name=" ".join([self.name, *(f"-{column}" for column in columns)]),
            register=[row._replace(**empty) for row in self.register],
            new=[row._replace(**empty) for row in self.new],
        )

    def _with(self, new: list[Row]) -> LabelledSet:
        ids = {row.id for row in new}
        return replace(self, new=new, truth={pair for pair in self.truth if pair[0] in ids})


def read_set(folder: Path) -> LabelledSet:
    """The set in a folder."""
    tables = []
    for name in ("register.csv", "new.csv"):
        with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
            tables.append([make_row(row) for row in csv.DictReader(stream)])
    with (folder / "truth.csv").open(encoding="utf-8-sig", newline="") as stream:
        truth = {(row["new_id"], row["register_id"]) for row in csv.DictReader(stream)}
    return LabelledSet(folder.name, tables[0], tables[1], truth, public=True)


def matcher_for(register: Iterable[Row], model: Model | None = None) -> Matcher:
    """A matcher over a register."""
    words = load_words()
    index = SiteIndex(words)
    index.add(register)
    return Matcher(index, load_countries(COUNTRIES, words), model)


def quality(found: Pairs, truth: Pairs) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = len(found & truth)
    precision = right / len(found) if found else 1.0
    recall = right / len(truth) if truth else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0
