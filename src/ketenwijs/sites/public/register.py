"""The register as the public sees it: published copies of members, outcomes and plans, put side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.selectors import all_current, current, history


@dataclass(frozen=True)
class Entry:
    """One organisation in the register. `outcome` and `plans` are None or empty while nothing was published."""

    reference: str
    member: dict[str, Any]
    outcome: dict[str, Any] | None
    plans: list[tuple[str, dict[str, Any]]]

    @property
    def latest_plan_year(self) -> str:
        """The report year of the newest published plan, or empty."""
        return self.plans[0][0] if self.plans else ""


def entries(slug: str) -> list[Entry]:
    """All members of an agreement by name, each with its outcome and plans: three queries whatever their number."""
    members = all_current("agreements.member", prefix=f"{slug}/")
    outcomes = {one.key: one.payload for one in all_current("assessments.outcome", prefix=f"{slug}/")}
    plans = _plans_by_firm(all_current("plans.plan", prefix=f"{slug}/"))
    listed = [
        Entry(_last(one.key), one.payload, outcomes.get(one.key), plans.get(_last(one.key), [])) for one in members
    ]
    return sorted(listed, key=lambda entry: str(entry.member.get("name", "")).casefold())


def entry(slug: str, reference: str) -> Entry | None:
    """One member with outcome and plans, or None when it is not in the register (no matter why)."""
    key = f"{slug}/{reference}"
    member = current("agreements.member", key)
    if member is None:
        return None
    outcome = current("assessments.outcome", key)
    plans = _plans_by_firm(all_current("plans.plan", prefix=f"{key}/"))
    return Entry(reference, member.payload, outcome.payload if outcome else None, plans.get(reference, []))


def outcome_history(slug: str, reference: str) -> list[Publication]:
    """Every published outcome of a member, newest first."""
    return list(history("assessments.outcome", f"{slug}/{reference}"))


def authorities(slug: str) -> list[dict[str, Any]]:
    """Contracting authorities that take part, by name."""
    listed = [one.payload for one in all_current("agreements.authority", prefix=f"{slug}/")]
    return sorted(listed, key=lambda payload: str(payload.get("name", "")).casefold())


def _plans_by_firm(publications: Iterable[Publication]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    plans: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for one in publications:
        _slug, reference, year = one.key.split("/")
        plans.setdefault(reference, []).append((year, one.payload))
    for listed in plans.values():
        listed.sort(reverse=True)
    return plans


def _last(key: str) -> str:
    return key.rsplit("/", 1)[-1]
