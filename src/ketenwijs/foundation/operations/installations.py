"""What a program says about itself so that backups of it can be made and put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ketenwijs.foundation.operations.manifest import KeptFile
from ketenwijs.foundation.operations.snapshots import Snapshot


def _no_lists() -> dict[str, list[str]]:
    return {}


@dataclass(frozen=True)
class Installation:
    """One program.

    `name` stands in its archives, so that one program refuses those of another. `database` and `files` are the names of
    its SQLite database and its folder of stored files within the data folder. `stored` gives the files that the
    snapshot knows, with their checksums. `examination` is the module that runs on restored data in a process of its
    own, which finds it through `data_variable` and `database_variable`. Of tables in `emptied` no row is kept. `lists`
    are short lists that go along in the manifest.
    """

    name: str
    database: str
    files: str
    stored: Callable[[Snapshot], Iterator[KeptFile]]
    examination: str
    data_variable: str
    database_variable: str
    emptied: tuple[str, ...] = ()
    lists: Callable[[], dict[str, list[str]]] = _no_lists
