"""The shape of the demonstration's data file."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict

from ketenwijs.foundation.content.kinds import ContentKind, register_kind


class Origin(BaseModel):
    """A country with stones and with invented suppliers; places are real.

    `points` says where about some of the places lie: latitude and longitude in decimal degrees.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str
    stones: tuple[str, ...]
    suppliers: tuple[str, ...]
    factories: tuple[str, ...]
    quarries: tuple[str, ...]
    points: dict[str, tuple[float, float]] = {}


class LongerSite(BaseModel):
    """A place of the chain by hand."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: str = ""
    place: str = ""
    country: str = ""
    local_name: str = ""
    point: tuple[float, float] | None = None


class LongerPeople(BaseModel):
    """A group of people at its yard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    at_least: int
    at_most: int | None
    how_known: str


class LongerChain(BaseModel):
    """A chain by hand with more places on its way than a sheet can say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    supplier: str
    country: str
    stone: str
    band: str
    factory: LongerSite
    quarry: LongerSite
    further: tuple[LongerSite, ...]
    people: LongerPeople


class Makers(BaseModel):
    """Invented factories of a country; places are real."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str
    places: tuple[str, ...]
    names: tuple[str, ...]


class OtherRound(BaseModel):
    """An example round of another agreement, with invented participants; `joins` members of the first agreement take
    part in it too. `makers` are for an agreement that publishes where its members have things made.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    agreement: str
    year: str
    names: tuple[str, ...]
    subkind: str
    joins: int = 0
    largest_size: int = 0
    makers: tuple[Makers, ...] = ()


class WorldFile(BaseModel):
    """`demo/world.yaml`"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agreement: str
    past_years: tuple[str, ...]
    year_without_round: str
    first_year: str
    present_year: str
    firm_words: tuple[str, ...]
    firm_kinds: dict[str, tuple[str, ...]]
    people: tuple[str, ...]
    places: dict[str, tuple[str, ...]]
    authority_words: tuple[str, ...]
    origins: tuple[Origin, ...]
    longer_chain: LongerChain | None = None
    other_rounds: tuple[OtherRound, ...] = ()


register_kind(ContentKind("demo", "demo/world.yaml", WorldFile, is_edition=False))


def world_file() -> WorldFile:
    """The file, read anew."""
    path = Path(settings.CONTENT_DIR) / "demo" / "world.yaml"
    return WorldFile.model_validate(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))  # noqa: S506 - safe
