"""Where an agreement or sector stands as of a day, worked out from its public copy; no database, no clock.

Days are texts of the ISO kind throughout, as in the copies; they sort as days do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

STAGES = (
    "identified", "no_initiative", "exploring", "dialogue", "negotiating",
    "signed", "running", "extended", "ended", "successor",
)  # fmt: skip
"""Stages in their usual order (agreement-others.md 5.3)."""

NO_END_FOUND = "no_end_found"
"""An agreement without a known end of which the sources have been silent for years."""

UNDER_WAY = ("signed", "running", "extended")
AFTER_SIGNING = (*UNDER_WAY, NO_END_FOUND, "ended", "successor")
SILENT_YEARS = 3
"""After so many years without a moment or document, `running` would claim more than the sources say."""

Copy = dict[str, Any]


@dataclass(frozen=True)
class Stands:
    """A stage with the day it has held since, how exact that day is, and the source; of silence the day last heard."""

    stage: str
    since: str = ""
    precision: str = "day"
    source: str = ""


def moment_as_of(moments: list[Copy], day: str) -> Copy | None:
    """The last moment with a stage up to and with a day, or None before the first."""
    known = [one for one in moments if one["stage"] and one["on"] <= day]
    return sorted(known, key=lambda one: str(one["on"]))[-1] if known else None


def stands(agreement: Copy, day: str) -> Stands:
    """Where an agreement stands as of a day: its last moment, corrected by its terms where these know more."""
    moment = moment_as_of(agreement["life"], day)
    begun = [one for one in agreement["terms"] if one["starts_on"] <= day]
    present = next((one for one in reversed(begun) if not one["ends_on"] or one["ends_on"] >= day), None)
    if moment is None:
        return _by_terms(begun, present)
    told = Stands(moment["stage"], moment["on"], moment["precision"], moment["source"])
    if moment["stage"] in UNDER_WAY:
        return _under_way(agreement, told, begun, present, day)
    if moment["stage"] == "ended" and present and present["starts_on"] > moment["on"]:
        return _of_term("running", present, "starts")
    return told


def _under_way(agreement: Copy, told: Stands, begun: list[Copy], present: Copy | None, day: str) -> Stands:
    if begun and present is None:
        return _of_term("ended", max(begun, key=lambda one: str(one["ends_on"])), "ends")
    heard, precision = last_heard(agreement, day)
    if present and not present["ends_on"] and _years_between(heard, day) >= SILENT_YEARS:
        return Stands(NO_END_FOUND, heard, precision, told.source)
    if told.stage in ("signed", "running") and present:
        return _of_term("running", present, "starts")
    return told


def _by_terms(begun: list[Copy], present: Copy | None) -> Stands:
    if present:
        return _of_term("running", present, "starts")
    if begun:
        return _of_term("ended", begun[-1], "ends")
    return Stands("")


def _of_term(stage: str, term: Copy, side: str) -> Stands:
    since, precision = term[f"{side}_on"], term[f"{side}_precision"]
    return Stands(stage, since or "", precision, term["source"])


def last_heard(agreement: Copy, day: str) -> tuple[str, str]:
    """The last day up to a day that the sources tell something about, and how exact it is; the start when there is
    nothing else.
    """
    told = [(one["on"], one["precision"]) for one in agreement["life"]]
    told += [(one["published_on"], one["precision"]) for one in agreement["documents"] if one["published_on"]]
    told += [(one["starts_on"], one["starts_precision"]) for one in agreement["terms"]]
    return max((one for one in told if one[0] <= day), default=("", "day"))


def _years_between(earlier: str, later: str) -> float:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days / 365.25 if earlier else 0.0


def signed_on(agreement: Copy) -> str:
    """The first day on which the agreement was signed; empty when no source gives one."""
    return min((one["on"] for one in agreement["life"] if one["stage"] == "signed"), default="")


def present_term(agreement: Copy, day: str) -> Copy | None:
    """The term a day falls in, else the last one begun, else the first."""
    begun = [one for one in agreement["terms"] if one["starts_on"] <= day]
    return (begun or agreement["terms"])[-1 if begun else 0] if agreement["terms"] else None
