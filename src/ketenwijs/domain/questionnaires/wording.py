"""Answers and reasons in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.agreements.rules import Reason
from ketenwijs.domain.questionnaires.rules import COLLECTIVE, NOT_APPLICABLE


def choices_for(framework: FrameworkFile, kind: str) -> list[tuple[str, str]]:
    """The answers to choose from, as value and words; empty for free text and facts."""
    if kind == "scale":
        scale = [(str(one.value), f"{one.value} – {one.name}") for one in framework.rubric]
        return [
            *scale,
            (COLLECTIVE, _("done through the agreement (say which project)")),
            (NOT_APPLICABLE, _("does not apply (say why)")),
        ]
    if kind == "yes_no":
        return [("yes", _("yes")), ("no", _("no")), (NOT_APPLICABLE, _("does not apply (say why)"))]
    return []


def answer_in_words(framework: FrameworkFile, value: Any) -> str:
    """How an answer reads on a page of the assessor or in a letter."""
    special = {COLLECTIVE: _("through the agreement"), NOT_APPLICABLE: _("does not apply"), "yes": _("yes"), "no": _("no")}
    if value in special:
        return special[value]
    level = next((one for one in framework.rubric if one.value == value), None) if isinstance(value, int) else None
    if level is not None:
        return f"{level.value} – {level.name}"
    return "" if value is None else str(value)


def reason_in_words(reason: Reason) -> str:
    """Why a requirement applies, as one short sentence; empty for reasons that need no saying."""
    values = dict(reason.values)
    if reason.code == "asked_from":
        return _("asked from %(from)s on; you are judged on %(number)s") % values
    if reason.code == "fact":
        return _("because of your own figures: %(fact)s is %(value)s") % values
    if reason.code == "report" and values["report"] == "plan_only":
        return _("also asked in a year in which only the plan is judged")
    if reason.code == "report" and values["report"] == "origin_only":
        return _("asked of companies that only state origins")
    return ""
