"""What all shapes of content files share: strictness, codes with names, settings, days that are known in part."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from ketenwijs.foundation.content.texts import Texts

Precision = Literal["day", "month", "year"]
"""How exactly a source gives a day; a month is written as its first day, a year as the first of January."""


class Shape(BaseModel):
    """Base of all shapes: unknown names are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Setting(Shape):
    """A value that no source gives: it is ours to set, and `example` says so on every screen that shows
    it.
    """

    value: Any
    example: bool
    source: str = ""
    note: Texts | None = None


class Named(Shape):
    """A code with its name."""

    code: str
    name: Texts
