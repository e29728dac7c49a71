"""Duties and their reasons in words for the screen; the rules give codes and values only."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements import packages
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.rules import FULL, NONE, ORIGIN_ONLY, PLAN_ONLY, Reason


def duty_words(report: str) -> str:
    """What is handed in this year, in a few words."""
    return {
        NONE: _("no report this year"),
        ORIGIN_ONLY: _("the origin of the materials"),
        PLAN_ONLY: _("the plan of action only"),
        FULL: _("a full report"),
    }[report]


def reason_words(reason: Reason, definition: AgreementFile) -> str:
    """One step of the reasoning as a sentence."""
    values = dict(reason.values)
    if reason.code == "no_round":
        texts = values["reason"]
        return str(texts.get(_language()) or texts.get("nl", "")) if isinstance(texts, dict) else ""
    if reason.code == "group":
        values["group"] = packages.local(packages.group_names(definition), str(values["group"]))
        values["report"] = duty_words(str(values["report"]))
    if "joined_on" in values:
        values["joined_on"] = date_format(values["joined_on"])  # type: ignore[arg-type]
    return _sentences()[reason.code] % values


def _sentences() -> dict[str, str]:
    return {
        "no_group": _("No group is recorded for this company."),
        "group": _("In %(group)s a company hands in: %(report)s."),
        "membership_years": _("A member since %(joined_on)s: %(years)s full years at the end of the report year."),
        "too_new": _("The first report is due after %(after)s full years."),
        "no_level": _("No level was reached yet."),
        "below_level": _("Level %(level)s is below %(from_level)s, so every year is full."),
        "alternates": _(
            "From level %(from_level)s on full years and plan-only years take turns; the level is %(level)s."
        ),
    }


def _language() -> str:
    return (get_language() or "nl")[:2]
