"""Answers, facts and reasons in words."""

from __future__ import annotations

from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.frameworks import FrameworkFile, Requirement
from ketenwijs.domain.agreements.rules import ORIGIN_ONLY, PLAN_ONLY, Reason
from ketenwijs.domain.questionnaires.rules import (
    COLLECTIVE,
    FACT,
    NOT_APPLICABLE,
    NUMBER,
    SCALE,
    YES_NO,
    share_floor,
)


def choices_for(framework: FrameworkFile, kind: str) -> list[tuple[str, str]]:
    """The answers to choose from, as value and words; empty for free text, numbers and facts."""
    if kind == SCALE:
        scale = [(str(one.value), f"{one.value} – {one.name}") for one in framework.rubric]
        collective = (COLLECTIVE, _("done through the agreement (say which project)"))
        return [*scale, collective, (NOT_APPLICABLE, _("does not apply (say why)"))]
    if kind == YES_NO:
        return [("yes", _("yes")), ("no", _("no")), (NOT_APPLICABLE, _("does not apply (say why)"))]
    return []


def answer_in_words(framework: FrameworkFile, kind: str, value: Any) -> str:
    """How an answer reads beside this year's, in a letter or for the assessor; empty when there is none."""
    if value is None:
        return ""
    if kind == SCALE and isinstance(value, int):
        return next((f"{one.value} – {one.name}" for one in framework.rubric if one.value == value), str(value))
    if isinstance(value, str) and kind in (SCALE, YES_NO):
        return _special().get(value, value)
    return str(localize(value)) if kind == NUMBER else str(value)


def _special() -> dict[str, str]:
    return {
        COLLECTIVE: _("through the agreement"),
        NOT_APPLICABLE: _("does not apply"),
        "yes": _("yes"),
        "no": _("no"),
    }


def fact_in_words(name: str, value: Any) -> str:
    """A fact filled in from another part; shares are never rounded up. Empty while it is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name.endswith("share") and isinstance(value, int | float):
        return f"{share_floor(value)} %"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return str(localize(value))


def enough_in_words(framework: FrameworkFile, requirement: Requirement) -> str:
    """What meets this requirement; empty when the content sets no minimum."""
    least = requirement.minimum
    if least is None:
        return ""
    if requirement.answer == FACT:
        return fact_in_words(requirement.fact, least)
    if requirement.answer == SCALE:
        return answer_in_words(framework, SCALE, int(least))
    return str(localize(least))


def reason_in_words(reason: Reason, *, by_level: bool) -> str:
    """Why a requirement applies, as one short sentence; empty for reasons that need no saying."""
    values = dict(reason.values)
    if reason.code == "asked_from":
        if by_level:
            return _("Asked from level %(from)s on. This year you are judged on level %(number)s.") % values
        return _("Asked from year %(from)s of membership on. This is your year %(number)s.") % values
    if reason.code == "fact":
        return _fact_reason(str(values["fact"]), values["value"])
    if reason.code == "report" and values["report"] == PLAN_ONLY:
        return _("Also asked in a year in which only the plan is judged.")
    if reason.code == "report" and values["report"] == ORIGIN_ONLY:
        return _("Asked of every company that only states origins.")
    return ""


def _fact_reason(name: str, value: Any) -> str:
    known = {
        "risks.own_harm": _("Asked because your risk analysis says that you caused or contributed to harm."),
        "chains.non_eea": _("Asked because you buy stone from outside the European Economic Area."),
        "chains.countries": _("Asked because of the countries your stone comes from."),
        "chains.materials": _("Asked because of the kinds of stone you buy."),
    }
    if name in known and value:
        return known[name]
    return _("Asked because of what you filled in about your chains and risks.")
