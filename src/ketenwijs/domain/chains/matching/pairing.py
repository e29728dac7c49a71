"""The whole way from two files to a file of pairs, in steps that fit in little memory."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from .candidates import SiteIndex
from .countries import load_countries
from .explaining import as_sentence, explain
from .linking import CERTAIN, LINKED, Comparison, Matcher
from .reading import read_rows
from .records import Row, pack
from .sharding import KEPT, Proposed, Run, match_in_parts, parts_of
from .storing import UnusableIndex, load_index, save_index
from .words import load_words

HEADINGS = ("new_id", "register_id", "probability", "explanation")
_AT_ONCE = 2_000
_WORKERS, _LONG_FILE = 2, 50_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.]*")


@dataclass(slots=True)
class Tally:
    """What a run did."""

    sites: int = 0
    new: int = 0
    linked: int = 0
    certain: int = 0


def match_files(
    register: Path,
    new: Path,
    out: Path,
    *,
    country_names: Path,
    least: float = LINKED,
    proposals: int = 1,
    index_file: Path | None = None,
) -> Tally:
    """Writes `out` with the pairs of at least this probability, at most `proposals` per new row, best first.

    With `index_file` the register's index is kept there and used again; rows that the register gained since are
    added to it. Raises `UnreadableList` where a list cannot be read; `out` appears only when it is complete.
    """
    words = load_words()
    index = _index_of(register, index_file)
    matcher = Matcher(index, load_countries(country_names, words))
    tally = Tally(sites=len(index))
    unfinished = out.with_name(out.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(HEADINGS)
            for chunk in _chunks(read_rows(new)):
                tally.new += len(chunk)
                for found in matcher.match(chunk, most=proposals, least=least):
                    _count(found, tally)
                    table.writerows(_line(pair) for pair in found)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return tally


def match_files_in_parts(
    register: Path,
    new: Path,
    out: Path,
    *,
    country_names: Path,
    parts: int,
    run: Run,
    least: float = LINKED,
    proposals: int = 1,
) -> Tally:
    """The same from file to file with the register in so many parts, worked on by `run`.

    All new rows are held in memory; the register is, on the machine that divides it, as packed text.
    """
    rows = list(read_rows(new))
    divided = parts_of(read_rows(register), parts)
    tally = Tally(sites=sum(map(len, divided)), new=len(rows))
    filled = [part for part in divided if part]
    most = max(1, proposals)
    found = match_in_parts(rows, filled, run, country_names=country_names, least=least, most=min(most, KEPT))
    unfinished = out.with_name(out.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(HEADINGS)
            for proposed in found:
                best = proposed[0].probability if proposed else 0.0
                tally.linked += best >= LINKED
                tally.certain += best >= CERTAIN
                table.writerows(_told(one) for one in proposed)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return tally


def _told(one: Proposed) -> tuple[str, str, str, str]:
    return _inert(one.new_id), _inert(one.register_id), f"{one.probability:.4f}", _inert(one.explained)


def _index_of(register: Path, kept: Path | None) -> SiteIndex:
    """The index of the register: the kept one where it tells the same, with what was added since; or a new one."""
    words = load_words()
    if kept is not None and kept.is_file():
        try:
            index = load_index(kept, words)
        except UnusableIndex:
            index = SiteIndex(words)
        added = _added(index, read_rows(register)) if len(index) else None
        if added is not None:
            if added:
                index.add(added)
                save_index(index, kept)
            return index
    index = SiteIndex(words)
    is_long = register.is_file() and register.stat().st_size >= _LONG_FILE
    index.add(read_rows(register), workers=_WORKERS if is_long else 0)
    if kept is not None:
        save_index(index, kept)
    return index


def _added(index: SiteIndex, rows: Iterator[Row]) -> list[Row] | None:
    """The rows after those that the index has; nothing where the register differs in what the index has."""
    for known in index.rows:
        row = next(rows, None)
        if row is None or pack(row) != known:
            return None
    return list(rows)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while chunk := list(islice(source, _AT_ONCE)):
        yield chunk


def _count(found: list[Comparison], tally: Tally) -> None:
    if found and found[0].probability >= LINKED:
        tally.linked += 1
        tally.certain += found[0].probability >= CERTAIN


def _line(pair: Comparison) -> tuple[str, str, str, str]:
    return (
        _inert(pair.new.id),
        _inert(pair.register.id),
        f"{pair.probability:.4f}",
        _inert(as_sentence(explain(pair))),
    )


def _inert(text: str) -> str:
    """The file is opened in spreadsheets: what would be a formula gets an apostrophe in front; numbers stay."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
