"""Shape of `reference/announcements.yaml`: ways of making the route known, and languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from ketenwijs.foundation.content.texts import Texts


class Shape(BaseModel):
    """Unknown names are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Word(Shape):
    """A code and its name."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_-]{1,19}$")
    name: Texts


class Way(Word):
    """A way of making the route known; `spoken`: also reaches people who do not read."""

    spoken: bool = False


class AnnouncementsFile(Shape):
    """`reference/announcements.yaml`"""

    identifier: str
    ways: tuple[Way, ...] = Field(min_length=1)
    languages: tuple[Word, ...] = Field(min_length=1)
