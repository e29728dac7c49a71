"""Folds the texts of long registers in chunks, on several processors where that pays."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice

from .forms import Form, forms_of
from .records import Row
from .words import Words, load_words

Chunk = tuple[list[Row], list[Form]]


def folded_chunks(rows: Iterable[Row], size: int, words: Words, workers: int) -> Iterator[Chunk]:
    """The rows in chunks of `size` in their order, each with its forms."""
    source = iter(rows)
    first = list(islice(source, size))
    second = list(islice(source, size)) if workers else []
    if not second:
        for chunk in chain([first], _chunks(source, size)) if first else ():
            yield chunk, forms_of(chunk, words)
        return
    # A fresh process knows nothing of this one: no open connections or locks of the caller are copied.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: deque[tuple[list[Row], Future[list[Form]]]] = deque()
        for chunk in chain([first, second], _chunks(source, size)):
            waiting.append((chunk, pool.submit(_fold, chunk)))
            if len(waiting) > workers:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()


def _chunks(source: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while chunk := list(islice(source, size)):
        yield chunk


def _fold(rows: list[Row]) -> list[Form]:
    return forms_of(rows, load_words())
