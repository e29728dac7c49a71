"""The catalogue of what files are kept for: each purpose says which kinds of file and who may read them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.files.kinds import FileKind, file_kind

if TYPE_CHECKING:
    from ketenwijs.foundation.files.models import StoredFile

MEGABYTE = 1024 * 1024
SHEETS = ("xlsx", "ods", "csv", "tsv")
EVIDENCE = ("pdf", "jpg", "png", "docx", "xlsx")


@dataclass(frozen=True)
class Purpose:
    """What files are kept for. `code` reads app.thing, for example `chains.sheet`.

    `extensions` names kinds of file (`SHEETS`, `EVIDENCE`, or a choice of them). `may_read` decides who may
    open one file; it is asked on every single opening. With `confidential` every opening is written to the
    journal.
    """

    code: str
    extensions: Collection[str]
    may_read: Callable[[Viewer, StoredFile], bool] = field(repr=False)
    max_bytes: int = 25 * MEGABYTE
    confidential: bool = True

    @property
    def kinds(self) -> list[FileKind]:
        """The kinds of file, in the order given."""
        return [file_kind(code) for code in self.extensions]


_purposes: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    """Add a purpose; a code taken twice or an unknown kind of file stops the start."""
    if purpose.code in _purposes:
        raise ValueError(f"file purpose {purpose.code} is registered twice")
    for code in purpose.extensions:
        file_kind(code)
    _purposes[purpose.code] = purpose


def purpose_of(code: str) -> Purpose:
    """The registered purpose; KeyError with the code when an app forgot to register it."""
    return _purposes[code]
