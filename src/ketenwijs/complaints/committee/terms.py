"""The mechanism per agreement and term: files of `mechanisms/`, and which of them is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from pydantic import Field, ValidationInfo, field_validator

from ketenwijs.complaints import content_files
from ketenwijs.complaints.committee.definitions import Kind, Outside, Shape, Way, mechanism, refuse_without_outside
from ketenwijs.foundation.content.texts import Texts

FOLDER = "mechanisms"
INSTALLATION = "installation"
"""Code of what holds where no term has a file of its own."""


class TermMechanism(Shape):
    """One file: how complaints are received under one agreement in one term, from the day `since`. `other_ways`: its own
    telephone and post; where there are none, those of the installation hold."""

    version: str
    example: bool = False
    agreement: str = Field(min_length=1)
    term: str = Field(min_length=1)
    agreement_name: Texts
    outside: Outside | None = None
    other_ways: tuple[Way, ...] = ()
    kind: Kind
    since: date
    source: str = ""

    @field_validator("kind")
    @classmethod
    def has_what_it_names(cls, kind: str, others: ValidationInfo) -> str:
        """An outside body where one is named."""
        refuse_without_outside(kind, others)
        return kind

    @property
    def code(self) -> str:
        """How other data names it."""
        return f"{self.agreement}/{self.term}"


@dataclass(frozen=True)
class Held:
    """What holds today for one agreement, or for the rest of the installation (`agreement` is empty then)."""

    code: str
    agreement: str
    agreement_name: Texts | None
    term: str
    kind: str
    outside: Outside | None
    example: bool
    since: date | None = None
    other_ways: tuple[Way, ...] = ()

    @property
    def own(self) -> bool:
        """Whether the own committee takes new cases."""
        return self.kind != "outside"


@dataclass(frozen=True)
class Reception:
    """What a visitor is shown: whether the own form is offered, the outside bodies, each once, and telephone and post."""

    own: bool
    bodies: tuple[Held, ...]
    other_ways: tuple[Way, ...] = ()

    @property
    def ways(self) -> tuple[Way, ...]:
        """Telephone and post; those of the installation where nothing else is said."""
        return self.other_ways or mechanism().other_ways

    @property
    def kind(self) -> str:
        """own, outside or both."""
        return ("both" if self.bodies else "own") if self.own else "outside"


def term_files() -> list[str]:
    """Names of the files below the folder of this program's content, in the order of their names."""
    return sorted(f"{FOLDER}/{path.name}" for path in (content_files.folder() / FOLDER).glob("*.yaml"))


@lru_cache(maxsize=1)
def term_mechanisms() -> tuple[TermMechanism, ...]:
    """Every mechanism that belongs to a term, read once per process. Raises ImproperlyConfigured for two of one term."""
    found = tuple(content_files.read(name, TermMechanism) for name in term_files())
    codes = [one.code for one in found]
    if len(set(codes)) < len(codes):
        twice = sorted({code for code in codes if codes.count(code) > 1})
        raise ImproperlyConfigured(f"{FOLDER}: more than one file for {', '.join(twice)}")
    return found


def in_force(today: date | None = None) -> tuple[Held, ...]:
    """What holds today: one per agreement that is served here, or the one of the installation.

    Of several terms the one that began last counts; an agreement that ended keeps its last one, so that open cases are
    finished under it.
    """
    today = today or timezone.localdate()
    latest: dict[str, TermMechanism] = {}
    for one in sorted(term_mechanisms(), key=lambda found: found.since):
        if one.since <= today and one.agreement in mechanism().agreements:
            latest[one.agreement] = one
    held = [_of_term(latest[slug]) for slug in mechanism().agreements if slug in latest]
    rest = not mechanism().agreements or set(mechanism().agreements) - set(latest)
    return (*held, _of_installation()) if rest else tuple(held)


def reception(agreement: str = "", today: date | None = None) -> Reception:
    """What is shown at the address of one agreement, or of all. Raises LookupError for one that is not served here."""
    if agreement and agreement not in mechanism().agreements:
        raise LookupError(agreement)
    every = in_force(today)
    mine = tuple(one for one in every if not agreement or one.agreement == agreement) or (_of_installation(),)
    outside = [one for one in mine if one.outside and one.kind != "own"]
    bodies = {(one.outside.name, str(one.outside.address)): one for one in reversed(outside) if one.outside}
    shown = tuple(one for one in outside if one in bodies.values())
    ways = dict.fromkeys(way for one in mine for way in one.other_ways or mechanism().other_ways)
    return Reception(any(one.own for one in mine), shown, tuple(ways))


def agreement_names(today: date | None = None) -> dict[str, Texts]:
    """Name of every agreement that is served here and has a file of its own in force, by its name in addresses."""
    return {one.agreement: one.agreement_name for one in in_force(today) if one.agreement and one.agreement_name}


def body_in_force(code: str, today: date | None = None) -> Held | None:
    """The outside body of a code while it is in force, else None."""
    return next((one for one in reception(today=today).bodies if one.code == code), None)


def _of_term(one: TermMechanism) -> Held:
    return Held(
        code=one.code,
        agreement=one.agreement,
        agreement_name=one.agreement_name,
        term=one.term,
        kind=one.kind,
        outside=one.outside,
        example=one.example,
        since=one.since,
        other_ways=one.other_ways,
    )


def _of_installation() -> Held:
    own = mechanism()
    return Held(INSTALLATION, "", None, "", own.kind, own.outside, own.example)
