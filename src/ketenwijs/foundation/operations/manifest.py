"""What a backup says about itself: the list that a restore is checked against."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

FORMAT = 1
NAME = "manifest.json"
STEP = 1024 * 1024


class Unusable(Exception):
    """A backup cannot be made, or must not be restored; the text says why and what to do."""


class ChainHead(BaseModel):
    """The last entry of one journal chain."""

    model_config = ConfigDict(extra="forbid")

    chain: str
    sequence: int
    hash: str


class KeptFile(BaseModel):
    """One stored file by its random name. `size` in bytes."""

    model_config = ConfigDict(extra="forbid")

    stored_name: str
    size: int
    sha256: str


class Manifest(BaseModel):
    """The whole list. `damaged` names files that were missing or changed when the backup was made; `lists` are short
    lists that go along, by name."""

    model_config = ConfigDict(extra="forbid")

    format: int = FORMAT
    of: str = "platform"
    program: str
    made_at: datetime
    engine: str
    database: str
    database_sha256: str
    migrations: list[str]
    counts: dict[str, int]
    journal: list[ChainHead]
    files: list[KeptFile]
    damaged: list[str]
    lists: dict[str, list[str]] = Field(default_factory=dict)


def sha256_of(path: Path) -> str:
    """Checksum of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(STEP):
            digest.update(piece)
    return digest.hexdigest()
