"""Kinds of content file; each app registers its own with their shape and their own checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch

from pydantic import BaseModel

from ketenwijs.foundation.content.parsing import Parsed, Path

Problem = tuple[Path, str, str]
"""Path inside the file, code of the check, sentence."""


@dataclass(frozen=True)
class Loaded:
    """One file that has the right shape: its text with lines, and its data as the kind's shape."""

    kind: str
    parsed: Parsed
    content: BaseModel

    @property
    def identifier(self) -> str:
        """Permanent name of what the file holds."""
        return str(getattr(self.content, "identifier", self.parsed.file))


CheckFile = Callable[[Loaded, list[Loaded]], Iterable[Problem]]


@dataclass(frozen=True)
class ContentKind:
    """A kind of file: its name, where it lies below the content folder, its shape, and checks of meaning.

    `check` gets the file and all files of the same content root that have the right shape. `is_edition`: applied to the
    database as an edition; otherwise the file is read where it lies.
    """

    name: str
    pattern: str
    shape: type[BaseModel]
    check: CheckFile | None = None
    is_edition: bool = True


_kinds: dict[str, ContentKind] = {}


def register_kind(kind: ContentKind) -> None:
    """Add a kind; a name taken twice stops the start."""
    if kind.name in _kinds:
        raise ValueError(f"content kind {kind.name} is registered twice")
    _kinds[kind.name] = kind


def kind_of(file: str) -> ContentKind | None:
    """The kind of a file by its place, or None when no app knows such a file."""
    return next((kind for kind in _kinds.values() if fnmatch(file, kind.pattern)), None)


def kind(name: str) -> ContentKind:
    """One kind by name."""
    return _kinds[name]


def all_kinds() -> list[ContentKind]:
    """Every registered kind."""
    return list(_kinds.values())
