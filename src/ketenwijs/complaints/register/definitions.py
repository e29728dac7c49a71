"""Shape of `self-check.yaml`."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from ketenwijs.complaints import content_files
from ketenwijs.foundation.content.texts import Texts


class Criterion(BaseModel):
    """One criterion as a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    names: Texts
    questions: Texts


class SelfCheck(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    criteria: tuple[Criterion, ...] = Field(min_length=1)


@lru_cache(maxsize=1)
def self_check() -> SelfCheck:
    """The criteria of this installation, read once per process."""
    return content_files.read("self-check.yaml", SelfCheck)
