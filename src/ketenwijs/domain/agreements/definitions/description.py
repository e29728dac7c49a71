"""Shapes of what sources tell about an agreement beside its round: instrument, projects, reports, life cycle."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ketenwijs.domain.agreements.definitions.shapes import Named, Precision, Shape
from ketenwijs.foundation.content.texts import Texts

Stage = Literal[
    "identified",
    "no_initiative",
    "exploring",
    "dialogue",
    "negotiating",
    "signed",
    "running",
    "extended",
    "ended",
    "successor",
]
"""Stages of a sector or agreement over time, in their usual order (agreement-others.md 5.3)."""

Family = Literal["weighted_score", "requirement_list", "indicator_tree", "self_assessment"]
"""The four instrument families (product.md 3)."""


class Instrument(Shape):
    """How the agreement measures its participants, in one sentence for the overview, as far as sources tell.

    `family` is left out where the sources show no instrument of one of the four families.
    """

    family: Family | None = None
    sentence: Texts
    scored_by: Texts | None = None
    evidence: Texts | None = None
    small_participants: Texts | None = None
    source: str


class ParticipantKind(Named):
    """Who takes part: firms, associations for all their members, funds, banks …"""

    source: str


class Track(Named):
    """A line of work that runs beside others (wide and deep track)."""

    meaning: Texts
    source: str


class Supporter(Shape):
    """An organisation that supports the agreement without being a party, with its role in words."""

    name: str
    role: Texts
    terms: tuple[str, ...] = ()
    source: str


class Body(Named):
    """A body or consultative circle: steering group, working group, embassies, knowledge partners, parliament."""

    kind: Literal[
        "steering_group",
        "working_group",
        "monitoring_committee",
        "complaints_body",
        "embassies",
        "knowledge_partner",
        "parliament",
        "other",
    ]
    tells: Texts | None = None
    source: str


class Project(Named):
    """A collective project as a source describes it."""

    tells: Texts
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    starts_on: date | None = None
    starts_precision: Precision = "day"
    ends_on: date | None = None
    ends_precision: Precision = "day"
    source: str


class Document(Shape):
    """A report or text that was published: what, about which period, when, and where it stands."""

    code: str
    kind: Literal["agreement", "annual_report", "final_report", "evaluation", "measurement", "other"]
    title: Texts
    about: str = ""
    published_on: date | None = None
    precision: Precision = "day"
    url: str = ""
    source: str


class PublicOutput(Shape):
    """What becomes public: about each participant, or only added up."""

    per: Literal["participant", "aggregate", "both"]
    tells: Texts
    source: str


class LifeEvent(Shape):
    """One moment in the life of an agreement, with the stage it brought."""

    on: date
    precision: Precision = "day"
    stage: Stage | None = None
    tells: Texts
    source: str
