"""Codes of public copies in words: stages, families, kinds, units, confidence; and days as exact as known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ketenwijs.sites.public.rules import NO_END_FOUND

Label = str | Promise

STAGES: dict[str, tuple[Label, str]] = {
    "identified": (_("named as a risk sector"), "neutral"),
    "no_initiative": (_("no initiative"), "neutral"),
    "exploring": (_("exploring"), "neutral"),
    "dialogue": (_("in dialogue"), "busy"),
    "negotiating": (_("negotiating"), "busy"),
    "signed": (_("signed"), "good"),
    "running": (_("running"), "good"),
    "extended": (_("extended"), "good"),
    "ended": (_("ended"), "neutral"),
    "successor": (_("followed by a successor"), "neutral"),
    NO_END_FOUND: (_("no end found"), "warning"),
}
"""Stage to its words and the tone of its badge."""

FAMILIES: dict[str, Label] = {
    "weighted_score": _("weighted score with a rising pass mark"),
    "requirement_list": _("requirements with a reasoned judgement"),
    "indicator_tree": _("indicators at a reference date"),
    "self_assessment": _("self-assessment with advice"),
}
COMPLAINTS: dict[str, Label] = {
    "none": _("no body of its own"),
    "own": _("a body of its own"),
    "external": _("an outside body"),
    "both": _("a body of its own and an outside one"),
    "unknown": _("not found in the sources"),
}
OUTPUT: dict[str, Label] = {
    "participant": _("per participant"),
    "aggregate": _("only added up"),
    "both": _("per participant and added up"),
}
DOCUMENTS: dict[str, Label] = {
    "agreement": _("text of the agreement"),
    "annual_report": _("annual report"),
    "final_report": _("final report"),
    "evaluation": _("evaluation"),
    "measurement": _("measurement"),
    "other": _("other document"),
}
ROLES: dict[str, Label] = {
    "party": _("party"),
    "partner": _("partner"),
    "funder": _("funder"),
    "buyer": _("buyer"),
}
CONFIDENCE: dict[str, Label] = {
    "published": _("published by the agreement itself"),
    "news": _("news or others"),
    "seed": _("from the source documents of this site"),
    "derived": _("worked out from other figures"),
}
UNITS: dict[str, Label] = {
    "count": "",
    "words": "",
    "number": "",
    "EUR": _("euros"),
    "EUR m": _("million euros"),
    "EUR bn": _("billion euros"),
}


def stage(code: str) -> Label:
    """A stage in words; an unknown one as it stands."""
    return STAGES[code][0] if code in STAGES else code


def tone(code: str) -> str:
    """The tone of a stage's badge."""
    return STAGES[code][1] if code in STAGES else "neutral"


def day(on: str | None, precision: str = "day") -> str:
    """A day of a copy as exactly as it is known: the day, the month or the year; empty for none."""
    if not on:
        return ""
    known = date.fromisoformat(on)
    return date_format(known, {"month": "F Y", "year": "Y"}.get(precision, "j F Y"))


def short_day(on: str, precision: str = "day", with_month: bool = False) -> str:
    """As `day`, short enough to stand under a column: the year, with the month where asked and known."""
    known = date.fromisoformat(on)
    if not with_month or precision == "year":
        return str(known.year)
    short = date_format(known, "M Y")
    return short if (get_language() or "").startswith("en") else short.lower()


def amount(value: Any, unit: str = "count") -> str:
    """A number of a copy with its unit, as the reader writes numbers."""
    number = floatformat(Decimal(str(value)), "-2g")
    if unit == "percent":
        return f"{number}%"
    words = str(UNITS.get(unit, unit))
    return f"{number} {words}".rstrip()
