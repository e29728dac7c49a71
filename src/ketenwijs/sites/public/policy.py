"""The way from risk sector to agreement: where sectors stood on a day, and promised against signed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ketenwijs.sites.public import pictures
from ketenwijs.sites.public.copies import Agreement, Copy
from ketenwijs.sites.public.pictures import Strip
from ketenwijs.sites.public.rules import STAGES, moment_as_of, signed_on
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
    known = {one.slug for one in agreements}
    found = [
        Signing(words(one.payload["name"]), one.slug, day) for one in agreements if (day := signed_on(one.payload))
    ]
    for sector in pipeline["sectors"]:
        days = [one["on"] for one in sector["moments"] if one["stage"] == "signed" and one["agreement"] not in known]
        if days and not known.intersection(sector["agreements"]):
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


def sectors_by_stage(pipeline: Copy, day: str, only: str = "") -> list[dict[str, Any]]:
    """Stages in their usual order, each with the sectors that stood there on a day and the moment that tells it."""
    standing: dict[str, list[dict[str, Any]]] = {}
    above = {one["code"]: one for one in pipeline["sectors"]}
    for sector in pipeline["sectors"]:
        moment = moment_as_of(sector["moments"], day)
        if moment and (not only or moment["stage"] == only):
            shown = {"sector": sector, "moment": moment, "above": above.get(sector["part_of"])}
            standing.setdefault(moment["stage"], []).append(shown)
    return [{"stage": stage, "sectors": standing[stage]} for stage in STAGES if stage in standing]


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
    strips = [
        Strip(
            ("– " if is_branch else "") + words(one["name"]),
            tuple((m["on"], m["stage"]) for m in one["moments"]),
            _end(one),
        )
        for one, is_branch in families
    ]
    return {
        "pipeline": pipeline,
        "families": families,
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
        "names": {one.slug: words(one.payload["name"]) for one in agreements},
    }


def _end(sector: Copy) -> str:
    """Where a strip ends: today while an agreement runs, else the last moment, after which nothing is known."""
    last = sector["moments"][-1] if sector["moments"] else None
    return "" if last is None or last["stage"] in ("running", "extended") else str(last["on"])
