"""Finding texts in a long list without a database: one run of bytes, searched as a whole."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

MOST = 1000
"""After so many finds a search stops: nobody turns that many pages, and the reader is asked to narrow it."""


def plain(text: str) -> str:
    """Text for comparing: without capitals, accents and double spaces."""
    apart = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


class Finder:
    """Texts by their position in a list; built once, asked often."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [plain(text).encode() + b"\n" for text in texts]
        self._ends = list(accumulate((len(line) for line in lines), initial=0))
        self._all = b"".join(lines)

    def positions(self, term: str, first: int = 0, after: int | None = None) -> list[int]:
        """Positions from `first` to before `after` whose text holds the term, in order; at most one more than MOST."""
        wanted = plain(term).encode()
        at = self._ends[first]
        stop = self._ends[len(self._ends) - 1 if after is None else after]
        found: list[int] = []
        while wanted and len(found) <= MOST:
            at = self._all.find(wanted, at, stop)
            if at < 0:
                break
            found.append(bisect_right(self._ends, at) - 1)
            at = self._ends[found[-1] + 1]
        return found
