"""All agreements, their figures, released reports and the pipeline, as published: a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ketenwijs.foundation.publishing.selectors import all_current, current, current_keys, kinds_in_force

Copy = dict[str, Any]

AGREEMENT, FIGURES, PIPELINE, REPORT = (
    "agreements.agreement",
    "agreements.figures",
    "agreements.pipeline",
    "reports.annual",
)
MEMBER, AUTHORITY, AREAS = "agreements.member", "agreements.authority", "chains.quarry_areas"
LOCATIONS = "chains.production_locations"
AWARENESS, COMPLAINTS = "awareness.numbers", "awareness.complaints"
REGISTER_KINDS = (MEMBER, AUTHORITY, AREAS, LOCATIONS, AWARENESS, COMPLAINTS)
"""Kinds that tell whether an agreement keeps a register here."""

NO_FIGURES: Copy = {"indicators": [], "figures": [], "conflicts": []}
NO_PIPELINE: Copy = {"name": {}, "note": {}, "sectors": [], "events": [], "targets": [], "claims": []}


_LATER: Copy = {
    "sector_codes": [], "complaints_body": "", "supporters": [], "bodies": [], "participant_kinds": [], "tracks": [],
    "instrument": None, "public_output": None, "projects": [], "documents": [], "life": [], "successor": "",
}  # fmt: skip
_LATER_OF_TERMS: Copy = {
    "starts_precision": "day", "ends_precision": "day", "agreed_end": None, "extended_until": None, "fees": [],
    "source": "",
}  # fmt: skip
"""What copies stored before these fields existed do not say."""


@dataclass(frozen=True)
class Agreement:
    """What the public copy of an agreement says about itself."""

    slug: str
    payload: Copy


@dataclass(frozen=True)
class Holdings:
    """What an agreement has published here beside its description, for its menu."""

    companies: bool
    authorities: bool
    areas: bool
    locations: bool
    awareness: bool = False
    complaints: bool = False

    @property
    def register(self) -> bool:
        """Whether anybody is listed here."""
        return self.companies or self.authorities


def agreements() -> list[Agreement]:
    """All agreements with a public copy, by slug."""
    return [Agreement(one.key, _complete(one.payload)) for one in all_current(AGREEMENT)]


def agreement(slug: str) -> Agreement | None:
    """One agreement, or None."""
    found = current(AGREEMENT, slug)
    return Agreement(slug, _complete(found.payload)) if found else None


def _complete(payload: Copy) -> Copy:
    """A copy with every field of today, whenever it was stored."""
    return {**_LATER, **payload, "terms": [{**_LATER_OF_TERMS, **term} for term in payload["terms"]]}


def by_sector(agreements: list[Agreement], pipeline: Copy) -> dict[str, list[Agreement]]:
    """The agreements of each sector or branch, by its code: as the pipeline says, and as agreements say themselves."""
    return {
        sector["code"]: [
            one
            for one in agreements
            if one.slug in sector["agreements"] or sector["code"] in one.payload["sector_codes"]
        ]
        for sector in pipeline["sectors"]
    }


def figures() -> dict[str, Copy]:
    """Figures with their conflicts by agreement."""
    return {one.key: one.payload for one in all_current(FIGURES)}


def figures_of(slug: str) -> Copy:
    """Figures with their conflicts of one agreement; empty lists when none are published."""
    found = current(FIGURES, slug)
    return found.payload if found else NO_FIGURES


def pipeline() -> Copy:
    """Sectors with their stages, targets, events and contested counts; empty when nothing is published."""
    found = current(PIPELINE, "policy")
    return found.payload if found else NO_PIPELINE


def report_years() -> dict[str, list[str]]:
    """Report years of the annual reports released here by agreement, newest first."""
    years: dict[str, list[str]] = {}
    for key in current_keys(REPORT):
        slug, _slash, year = key.partition("/")
        years.setdefault(slug, []).insert(0, year)
    return years


def awareness_of(slug: str) -> list[Copy]:
    """The numbers about how far the complaints route was made known, newest report year first."""
    found = [one.payload for one in all_current(AWARENESS, f"{slug}/")]
    return sorted(found, key=lambda one: str(one["starts_on"]), reverse=True)


def complaints_of(slug: str) -> Copy | None:
    """What the complaints body of an agreement released last, or None."""
    found = current(COMPLAINTS, slug)
    return found.payload if found else None


def holdings() -> dict[str, Holdings]:
    """What each agreement has published here, by slug; a query for each kind whatever their number."""
    listed = [{key.partition("/")[0] for key in current_keys(kind)} for kind in REGISTER_KINDS]
    return {slug: Holdings(*(slug in one for one in listed)) for slug in set().union(*listed)}


def holdings_of(slug: str) -> Holdings:
    """What one agreement has published here; three queries."""
    few = kinds_in_force((AREAS, LOCATIONS, AWARENESS, COMPLAINTS), slug)
    return Holdings(
        bool(current_keys(MEMBER, f"{slug}/")),
        bool(current_keys(AUTHORITY, f"{slug}/")),
        *(kind in few for kind in (AREAS, LOCATIONS, AWARENESS, COMPLAINTS)),
    )
