"""Keeps an index in one file, so that the next run need not read and fold the register again."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .candidates import Block, SiteIndex
from .words import Words

VERSION = 2
"""Goes up when what is kept changes; an older file is refused and made anew from the register."""


class UnusableIndex(Exception):
    """The file is not an index of this version."""


def save_index(index: SiteIndex, file: Path) -> None:
    """Writes the index; a file of this name is replaced only when the new one is complete."""
    texts = {
        "rows": index.rows,
        "names": index.names,
        "texts": index.texts,
        "name_words": list(index.name_words),
        "other_words": list(index.other_words),
    }
    keys = [key for key, positions in index.identifiers.items() for _ in positions]
    positions = [position for found in index.identifiers.values() for position in found]
    arrays: dict[str, NDArray[np.generic]] = {
        "version": np.array([VERSION]),
        "counts": index.counts,
        "name_counts": np.fromiter(index.name_words.values(), np.int64, len(index.name_words)),
        "other_counts": np.fromiter(index.other_words.values(), np.int64, len(index.other_words)),
        "blocks": np.array([(block.start, block.rows) for block in index.blocks], np.int64).reshape(-1, 2),
        "positions": np.array(positions, np.int64),
    }
    for name, lines in {**texts, "keys": keys}.items():
        arrays[name] = np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)
        arrays[f"{name}_number"] = np.array([len(lines)])
    for number, block in enumerate(index.blocks):
        arrays |= {f"indptr{number}": block.indptr, f"indices{number}": block.indices, f"data{number}": block.data}
    unfinished = file.with_name(file.name + ".part")
    with unfinished.open("wb") as stream:
        np.savez(stream, **arrays)  # type: ignore[arg-type]
    unfinished.replace(file)


def load_index(file: Path, words: Words) -> SiteIndex:
    """Reads an index. Raises `UnusableIndex` where the file is damaged, something else or of another version."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            if int(kept["version"][0]) != VERSION:
                raise UnusableIndex(f"{file.name} was made by another version.")
            return _index(dict(kept), words)
    except (OSError, EOFError, KeyError, ValueError, IndexError, zipfile.BadZipFile) as fault:
        raise UnusableIndex(f"{file.name} is not an index of sites, or it is damaged.") from fault


def _index(kept: dict[str, NDArray[np.generic]], words: Words) -> SiteIndex:
    index = SiteIndex(words)
    index.rows, index.names, index.texts = (_lines(kept, name) for name in ("rows", "names", "texts"))
    index.counts = kept["counts"].astype(np.int64)
    index.name_words = Counter(dict(zip(_lines(kept, "name_words"), kept["name_counts"].tolist(), strict=True)))
    index.other_words = Counter(dict(zip(_lines(kept, "other_words"), kept["other_counts"].tolist(), strict=True)))
    for key, position in zip(_lines(kept, "keys"), kept["positions"].tolist(), strict=True):
        index.identifiers.setdefault(key, []).append(position)
    for number, (start, rows) in enumerate(kept["blocks"].tolist()):
        index.blocks.append(
            Block(
                start,
                rows,
                kept[f"indptr{number}"].astype(np.int64, copy=False),
                kept[f"indices{number}"].astype(np.int32, copy=False),
                kept[f"data{number}"].astype(np.float32, copy=False),
            )
        )
    return index


def _lines(kept: dict[str, NDArray[np.generic]], name: str) -> list[str]:
    if not int(kept[f"{name}_number"][0]):
        return []
    return kept[name].tobytes().decode().split("\n")
