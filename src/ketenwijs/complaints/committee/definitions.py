"""Shape of `mechanism.yaml`: how complaints are received in this installation, where no term says otherwise."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, ValidationInfo, field_validator

from ketenwijs.complaints import content_files
from ketenwijs.complaints.sealing.envelopes import is_recipient
from ketenwijs.foundation.content.texts import Texts

Kind = Literal["own", "outside", "both"]
Item = Literal["told", "messages", "files"]
"""What can be handed over: what the person told first, the messages both ways, the person's files. Every language of
intake has a phrase for each, so that consent is asked for something that everybody can read."""
ITEMS: tuple[str, ...] = get_args(Item)


def _https(address: HttpUrl) -> HttpUrl:
    if address.scheme != "https":
        raise ValueError("this address must begin with https://")
    return address


def _recipient(key: str) -> str:
    if key and not is_recipient(key):
        raise ValueError("this is no age key; it begins with age1, or leave it empty")
    return key


HttpsUrl = Annotated[HttpUrl, AfterValidator(_https)]


class Shape(BaseModel):
    """Nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Way(Shape):
    """Another way in: telephone or post."""

    kind: Literal["telephone", "post"]
    value: str


class Outside(Shape):
    """A mechanism of somebody else. `recipient`: its age key, to which a package is sealed; empty for a passphrase."""

    name: str = Field(min_length=1, max_length=120)
    address: HttpsUrl
    telephone: str = Field(default="", max_length=40)
    what: Texts
    handed_over: tuple[Item, ...] = Field(min_length=1)
    recipient: Annotated[str, AfterValidator(_recipient)] = ""


class SeatKind(Shape):
    """One function in the committee. `temporary_days`: who has it is admitted to one case at a time, for so many days."""

    code: str
    names: Texts
    temporary_days: int | None = Field(default=None, ge=1)


class Mechanism(Shape):
    """The whole file. `agreements`: whose complaints come in here; `kind` and `outside` hold for those of them, and for
    those of their terms, that have no file of their own in `mechanisms/`."""

    version: str
    example: bool = False
    agreements: tuple[str, ...] = ()
    outside: Outside | None = None
    seats: tuple[SeatKind, ...] = ()
    kind: Kind
    name: Texts
    neutral_title: str = Field(min_length=1, max_length=20)
    other_ways: tuple[Way, ...]
    quick_exit: HttpsUrl
    first_readers: tuple[str, ...] = Field(default=(), min_length=2)
    first_readers_without_chair: tuple[str, ...] = Field(default=(), min_length=2)
    kept_after_closing_days: int = Field(ge=1)
    kept_after_last_message_days: int = Field(ge=1)
    small_cell: int = Field(ge=2)
    party_answer_days: int = Field(default=28, ge=1)
    refused_domains: tuple[str, ...] = Field(default=(), description="mail domains of the secretariat and the host")

    @field_validator("kind")
    @classmethod
    def has_what_it_names(cls, kind: str, others: ValidationInfo) -> str:
        """An outside body where one is named, seats where the own committee takes cases."""
        refuse_without_outside(kind, others)
        if kind != "outside" and others.data.get("seats", ...) == ():
            raise ValueError("the own committee takes cases here, so `seats` must name its functions")
        return kind

    def left_out(self) -> frozenset[str]:
        """Functions that a case told without the chair is kept from."""
        return frozenset(self.first_readers) - frozenset(self.first_readers_without_chair)

    def temporary_days(self, function: str) -> int | None:
        """For how many days somebody in a function is admitted to a case; None for no end."""
        return next((seat.temporary_days for seat in self.seats if seat.code == function), None)

    def seat_names(self) -> dict[str, Texts]:
        """Name of each function by code."""
        return {seat.code: seat.names for seat in self.seats}


def refuse_without_outside(kind: str, others: ValidationInfo) -> None:
    """Raises ValueError when a kind needs `outside` and there is none; says nothing about one that is misshapen."""
    if kind != "own" and others.data.get("outside", ...) is None:
        raise ValueError(f"kind is {kind}, so `outside` must say which body that is")


@lru_cache(maxsize=1)
def mechanism() -> Mechanism:
    """The mechanism of this installation, read once per process."""
    return content_files.read("mechanism.yaml", Mechanism)
