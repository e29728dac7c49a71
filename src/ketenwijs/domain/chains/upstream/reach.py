"""Which firms lead to each place, as one bit per firm: joined along the links, counted without ever unpacking all of it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ketenwijs.domain.chains.upstream.layers import Layers
from ketenwijs.domain.chains.upstream.ways import Links, Numbers

Bits = npt.NDArray[np.uint64]
"""A row per place; of each row one bit per firm."""

Counts = npt.NDArray[np.int64]

AT_ONCE = 256
"""Rows joined at once: few enough to stay in the processor's nearest memory."""

MOST_IN_A_BYTE = 255


def no_bits(rows: int, firms: int) -> Bits:
    """Rows in which no firm leads anywhere yet."""
    return np.zeros((rows, -(-firms // 64)), dtype=np.uint64)


def mark(bits: Bits, rows: Numbers, firms: Numbers) -> None:
    """Set the bit of each firm in the row beside it."""
    flat = bits.view(np.uint8).reshape(-1)
    width = bits.shape[1] * 8
    places = rows.astype(np.int64) * width + (firms >> 3)
    np.bitwise_or.at(flat, places, np.left_shift(1, firms & 7).astype(np.uint8))


def join_along(bits: Bits, layers: Layers, rows: Numbers | None = None) -> None:
    """Let every place have the firms of all places that lead to it.

    Without `rows` the rows of `bits` stand in working order; else they tell the row of each place of the layers.
    """
    buffer = np.empty((AT_ONCE, bits.shape[1]), dtype=np.uint64)
    of = None if rows is None else rows[layers.order]
    for first, sources in layers:
        for start in range(0, len(sources), AT_ONCE):
            part = sources[start : start + AT_ONCE]
            found = np.take(bits, part if of is None else of[part], axis=0, out=buffer[: len(part)], mode="clip")
            begin = first + start
            if of is None:
                target = bits[begin : begin + len(part)]
                np.bitwise_or(target, found, out=target)
            else:
                bits[of[begin : begin + len(part)]] |= found
    every = np.arange(layers.workers, len(layers.order), dtype=np.int32)
    for start in range(0, len(every), AT_ONCE):
        others = every[start : start + AT_ONCE]
        standing = layers.stands_for[others]
        bits[others if of is None else of[others]] = bits[standing if of is None else of[standing]]


def mark_direct(bits: Bits, bought_by: Links, places: Numbers, rows: Numbers) -> None:
    """Set the bits of the firms that buy at these places themselves."""
    positions, firms = bought_by.of_all(places)
    mark(bits, rows[positions], firms)


def firms_counted(bits: Bits, rows: Numbers, firms: int) -> Counts:
    """For each firm in how many of these rows it stands."""
    total = np.zeros(firms, dtype=np.int64)
    for start in range(0, len(rows), MOST_IN_A_BYTE):
        part = bits[rows[start : start + MOST_IN_A_BYTE]].view(np.uint8)
        unpacked = np.unpackbits(part, axis=1, count=firms, bitorder="little")
        total += np.add.reduce(unpacked, axis=0, dtype=np.uint8)
    return total


def rows_counted(bits: Bits) -> npt.NDArray[np.int64]:
    """For each row how many firms stand in it."""
    counted = np.empty(len(bits), dtype=np.int64)
    for start in range(0, len(bits), AT_ONCE):
        counted[start : start + AT_ONCE] = np.bitwise_count(bits[start : start + AT_ONCE]).sum(axis=1)
    return counted


def firms_in(row: Bits, firms: int) -> Numbers:
    """The numbers of the firms that stand in one row."""
    unpacked = np.unpackbits(row.view(np.uint8), count=firms, bitorder="little")
    return np.flatnonzero(unpacked).astype(np.int32)
