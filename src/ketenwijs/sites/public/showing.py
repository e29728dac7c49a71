"""From codes in public copies to what a reader sees, and the text an extract vouches for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.ui.templatetags.ui import as_day
from ketenwijs.sites.public.copies import Agreement
from ketenwijs.sites.public.register import Entry


@dataclass(frozen=True)
class ShownOutcome:
    """An outcome in words."""

    label: str
    meaning: str
    tone: str
    year: str
    since: str


def words(texts: dict[str, str] | None) -> str:
    """A text in the reader's language, Dutch where it is missing."""
    known = texts or {}
    return known.get((get_language() or "nl")[:2]) or known.get("nl", "")


def outcome_of(entry: Entry, agreement: Agreement) -> ShownOutcome | None:
    """The member's newest outcome: published by the judgement, or brought in with the first register."""
    newest = _newest(entry)
    if newest is None:
        return None
    scheme = next((s for s in agreement.payload["schemes"] if s["code"] == newest["scheme"]), None)
    value = next((o for o in scheme["outcomes"] if o["code"] == newest["value"]), None) if scheme else None
    if scheme is None or value is None:
        return None
    label = words(value["name"])
    if scheme["kind"] == "grade" and newest["number"]:
        label = f"{label} {newest['number']}"
    return ShownOutcome(label, words(value["meaning"]), value["tone"], newest["year"], newest["since"])


def _newest(entry: Entry) -> dict[str, Any] | None:
    held = [
        {**{name: one[name] for name in ("scheme", "value", "number", "since")}, "year": one["report_year"]}
        for one in entry.member.get("outcomes", [])
    ]
    if entry.outcome:
        judged = entry.outcome
        held.append({**{n: judged[n] for n in ("scheme", "value", "number", "year")}, "since": judged["published_on"]})
    return max(held, key=lambda one: (str(one["since"]), one["year"]), default=None)


def names_for(agreement: Agreement) -> dict[str, dict[str, str]]:
    """Names of groups, countries, themes and materials by code."""
    return {
        "group_names": {one["code"]: words(one["name"]) for one in agreement.payload["groups"]},
        "country_names": {one.code: one.name for one in reference.countries()},
        "theme_names": {one.code: one.name for one in reference.themes()},
        "material_names": {one.code: one.name for one in reference.materials()},
    }


def statement_text(entry: Entry, agreement: Agreement) -> str:
    """The facts an extract vouches for, in one fixed notation and no language."""
    facts = {
        "agreement": agreement.slug,
        "firm": entry.reference,
        "name": entry.member["name"],
        "joined_on": entry.member["joined_on"],
        "left_on": entry.member["left_on"],
        "group": entry.member["group"],
        "outcome": _newest(entry),
        "plan": entry.latest_plan_year,
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True)
class RegisterRow:
    """A line of the register in words, so that drawing it costs little."""

    name: str
    reference: str
    address: str
    is_example: bool
    since: str
    group: str
    outcome: ShownOutcome | None
    plan_year: str
    plan_address: str
    plan_elsewhere: bool


def register_rows(entries: list[Entry], agreement: Agreement) -> list[RegisterRow]:
    """All lines of the register in the reader's language."""
    return [_register_row(entry, agreement) for entry in entries]


def _register_row(entry: Entry, agreement: Agreement) -> RegisterRow:
    member, links = entry.member, entry.member.get("plan_links") or []
    year, address, elsewhere = "", "", False
    if entry.plans:
        year = entry.latest_plan_year
        address = reverse("public:plan", args=[agreement.slug, entry.reference, year])
    elif links:
        year, address, elsewhere = links[0]["report_year"], links[0]["url"], True
    since = as_day(member["joined_on"])
    return RegisterRow(
        name=str(member["name"]),
        reference=entry.reference,
        address=reverse("public:firm", args=[agreement.slug, entry.reference]),
        is_example=member["is_example"],
        since=f"{since} – {as_day(member['left_on'])}" if member["left_on"] else since,
        group=member["group"],
        outcome=outcome_of(entry, agreement),
        plan_year=year,
        plan_address=address,
        plan_elsewhere=elsewhere,
    )
