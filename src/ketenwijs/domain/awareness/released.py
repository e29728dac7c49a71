"""Shape of the file that the complaints program releases; anything it does not know is refused.

Nothing of that program is imported here and nothing is fetched: an operator hands over the file.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ketenwijs.foundation.content.texts import Texts

FORMAT = "ketenwijs-complaints-register-1"
LARGEST_FILE = 20 * 1024 * 1024
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
# Typed by the committee, at most as long as its program keeps; no control characters.
Typed = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,40}$")]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]
# A page of the complaints program: secure, or on this very computer when trying things out.
Address = Annotated[
    str,
    StringConstraints(
        max_length=300, pattern=r"^(https://[^\s\"'<>]+|http://(localhost|127\.0\.0\.1)[:/][^\s\"'<>]*)$"
    ),
]
Number = Annotated[int, Field(ge=1, le=10_000_000)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Shape(BaseModel):
    """Nothing unknown, no value read as another type."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ReleasedCase(Shape):
    """A running case. Country and theme are None where too few cases share them."""

    number: Number
    kind: Code
    state: Code
    suspended: bool
    country: Typed | None
    theme: Typed | None


class ReleasedYear(Shape):
    """Cases received in a calendar year by kind; None for a number that is hidden."""

    year: int = Field(ge=2000, le=2200)
    cells: dict[Code, Count | None] = Field(max_length=40)
    total: Count | None


class Seat(Shape):
    """Somebody in the complaints body."""

    name: Line
    function: Code


class Release(Shape):
    """One released copy of the register."""

    serial: Number
    released_on: date
    running: tuple[ReleasedCase, ...] = Field(max_length=5000)
    counts: tuple[ReleasedYear, ...] = Field(max_length=100)
    composition: tuple[Seat, ...] = Field(max_length=100)
    example: bool


class ReleasedRuling(Shape):
    """The public version of one ruling, with who signed it and its permanent page."""

    number: Number
    interim: bool
    language: Literal["nl", "fr", "en"]
    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=100_000)
    follow_up: str = Field(max_length=100_000)
    published_on: date
    signed_by: tuple[Seat, ...] = Field(min_length=1, max_length=20)
    page: Number
    address: Address


class Names(Shape):
    """What codes are called in each language of the site."""

    mechanism: Texts
    kinds: dict[Code, Texts] = Field(max_length=40)
    states: dict[Code, Texts] = Field(max_length=60)
    functions: dict[Code, Texts] = Field(max_length=40)


class ReleasedFile(Shape):
    """The whole file."""

    format: Literal["ketenwijs-complaints-register-1"]
    address: Address
    release: Release
    rulings: tuple[ReleasedRuling, ...] = Field(max_length=2000)
    names: Names

    @model_validator(mode="after")
    def codes_have_names(self) -> ReleasedFile:
        """Every code has a name, and no case, year or ruling stands twice."""
        kinds = {case.kind for case in self.release.running} | {
            code for row in self.release.counts for code in row.cells
        }
        unnamed = kinds - set(self.names.kinds)
        unnamed |= {case.state for case in self.release.running} - set(self.names.states)
        if unnamed:
            raise ValueError(f"no name is given for {', '.join(sorted(unnamed))}")
        for what, numbers in (
            ("case", [case.number for case in self.release.running]),
            ("year", [row.year for row in self.release.counts]),
            ("ruling", [ruling.page for ruling in self.rulings]),
        ):
            if len(numbers) != len(set(numbers)):
                raise ValueError(f"a {what} stands twice")
        return self
