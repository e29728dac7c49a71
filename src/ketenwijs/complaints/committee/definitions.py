"""Shape of `mechanism.yaml`: how complaints are received under this agreement and term."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from ketenwijs.complaints import content_files
from ketenwijs.foundation.content.texts import Texts


class Way(BaseModel):
    """Another way in: telephone or post."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["telephone", "post"]
    value: str


class Outside(BaseModel):
    """A mechanism of somebody else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    address: HttpUrl
    handed_over: Texts


class SeatKind(BaseModel):
    """One function in the committee."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    names: Texts


class Mechanism(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    example: bool = False
    kind: Literal["own", "outside", "both"]
    name: Texts
    neutral_title: str = Field(min_length=1, max_length=20)
    other_ways: tuple[Way, ...]
    outside: Outside | None = None
    quick_exit: HttpUrl
    seats: tuple[SeatKind, ...]
    first_readers: tuple[str, ...] = Field(min_length=2)
    first_readers_without_chair: tuple[str, ...] = Field(min_length=2)
    kept_after_closing_days: int = Field(ge=1)
    kept_after_last_message_days: int = Field(ge=1)
    small_cell: int = Field(ge=2)
    refused_domains: tuple[str, ...] = Field(default=(), description="mail domains of the secretariat and the host")

    @property
    def own(self) -> bool:
        """Whether the own committee takes cases."""
        return self.kind in ("own", "both")

    def seat_names(self) -> dict[str, Texts]:
        """Name of each function by code."""
        return {seat.code: seat.names for seat in self.seats}


@lru_cache(maxsize=1)
def mechanism() -> Mechanism:
    """The mechanism of this installation, read once per process."""
    return content_files.read("mechanism.yaml", Mechanism)
