"""Shape of `succession.yaml`."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from ketenwijs.complaints import content_files


class Succession(BaseModel):
    """The whole file. `waiting_days`: how long every member may object after two signed for a body."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    example: bool = False
    waiting_days: int = Field(ge=1, le=366)


@lru_cache(maxsize=1)
def succession() -> Succession:
    """The terms of this installation, read once per process."""
    return content_files.read("succession.yaml", Succession)
