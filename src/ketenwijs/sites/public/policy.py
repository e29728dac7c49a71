"""The way from risk sector to agreement: where sectors stood on a day, and promised against signed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ketenwijs.sites.public import pictures
from ketenwijs.sites.public.copies import Agreement, Copy, by_sector
from ketenwijs.sites.public.pictures import Strip
from ketenwijs.sites.public.rules import (
    AFTER_SIGNING,
    NO_END_FOUND,
    STAGES,
    UNDER_WAY,
    Stands,
    moment_as_of,
    signed_on,
    stands,
)
from ketenwijs.sites.public.showing import words


@dataclass(frozen=True)
class Signing:
    """One agreement with the first day a source says it was signed; the slug is empty without a page here."""

    name: str
    slug: str
    on: str


@dataclass(frozen=True)
class Goal:
    """A goal with what was reached: signed in all by its day, and in the year of that day."""

    target: Copy
    signed: int
    in_its_year: int


def signings(agreements: list[Agreement], pipeline: Copy) -> list[Signing]:
    """First signings in order of time: of the agreements here, and of sectors whose agreement is not described here."""
    held = by_sector(agreements, pipeline)
    found = [
        Signing(words(one.payload["name"]), one.slug, day) for one in agreements if (day := signed_on(one.payload))
    ]
    for sector in pipeline["sectors"]:
        days = [one["on"] for one in sector["moments"] if one["stage"] == "signed"]
        if days and not held[sector["code"]]:
            found.append(Signing(words(sector["name"]), "", min(days)))
    return sorted(found, key=lambda one: (one.on, one.name))


def goals(pipeline: Copy, signed: list[Signing]) -> list[Goal]:
    """Every goal, also those that moved, against the number signed by its day."""
    return [
        Goal(
            target,
            sum(one.on <= target["by"] for one in signed),
            sum(one.on[:4] == target["by"][:4] and one.on <= target["by"] for one in signed),
        )
        for target in pipeline["targets"]
    ]


BOARD = (*STAGES[: STAGES.index("ended")], NO_END_FOUND, *STAGES[STAGES.index("ended") :])
"""Stages as the board shows them, from left to right."""


def sectors_by_stage(pipeline: Copy, agreements: list[Agreement], day: str, only: str = "") -> list[dict[str, Any]]:
    """Stages in their usual order, each with the sectors that stood there on a day and what tells it."""
    standing: dict[str, list[dict[str, Any]]] = {}
    above = {one["code"]: one for one in pipeline["sectors"]}
    held = by_sector(agreements, pipeline)
    for sector in pipeline["sectors"]:
        found = sector_stands(sector, held[sector["code"]], day)
        if found.stage and (not only or found.stage == only):
            shown = {"sector": sector, "stands": found, "above": above.get(sector["part_of"])}
            standing.setdefault(found.stage, []).append(shown)
    return [{"stage": stage, "sectors": standing[stage]} for stage in BOARD if stage in standing]


def sector_stands(sector: Copy, agreements: list[Agreement], day: str) -> Stands:
    """Where a sector stood on a day: as its newest agreement here did once that was signed, else as the pipeline tells."""
    found = [stands(one.payload, day) for one in agreements]
    signed = [one for one in found if one.stage in AFTER_SIGNING]
    if signed:
        return max(signed, key=lambda one: (one.stage in UNDER_WAY, one.since))
    moment = moment_as_of(sector["moments"], day)
    return Stands(moment["stage"], moment["on"], moment["precision"], moment["source"]) if moment else Stands("")


def in_families(pipeline: Copy) -> list[tuple[Copy, bool]]:
    """Sectors with their branches behind them; the flag says that one is a branch."""
    branches: dict[str, list[Copy]] = {}
    for one in pipeline["sectors"]:
        branches.setdefault(one["part_of"], []).append(one)
    return [
        found
        for sector in branches.get("", [])
        for found in [(sector, False), *((branch, True) for branch in branches.get(sector["code"], []))]
    ]


def policy_of(agreements: list[Agreement], pipeline: Copy, today: str) -> dict[str, Any]:
    """Context of the part of the page that does not depend on the day asked for."""
    signed = signings(agreements, pipeline)
    families = in_families(pipeline)
    held = by_sector(agreements, pipeline)
    strips = [_strip(one, is_branch, sector_stands(one, held[one["code"]], today)) for one, is_branch in families]
    return {
        "pipeline": pipeline,
        "families": [(one, is_branch, held[one["code"]]) for one, is_branch in families],
        "listed": sum(one["listed"] for one in pipeline["sectors"]),
        "lives": pictures.lives(
            _("Stages of each sector through time"),
            _("A row per sector with a mark at each moment that a source tells."),
            strips,
            today,
        ),
        "signed": signed,
        "goals": goals(pipeline, signed),
        "growth": pictures.signed_by_year(dict(Counter(one.on[:4] for one in signed)), today) if signed else None,
        "events": sorted(pipeline["events"], key=lambda one: str(one["on"]), reverse=True),
    }


def _strip(sector: Copy, is_branch: bool, now: Stands) -> Strip:
    """A sector's moments; the line ends today while an agreement runs, else where the sources stop telling."""
    marks = tuple((one["on"], one["stage"]) for one in sector["moments"])
    until = marks[-1][0] if marks and now.stage not in ("running", "extended") else ""
    return Strip(("– " if is_branch else "") + words(sector["name"]), marks, until)
