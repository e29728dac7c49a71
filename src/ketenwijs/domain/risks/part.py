"""The risk analysis as a part of what a member hands in each year."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.agreements.parts import Missing, Part
from ketenwijs.domain.agreements.rules import FULL
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.domain.risks import selectors, services
from ketenwijs.domain.risks.services import FIELDS
from ketenwijs.foundation.access.viewer import Viewer


def applies(workspace: Workspace) -> bool:
    """Only a full report asks for the risk analysis."""
    return workspace.duty.report == FULL


def url(workspace: Workspace) -> str:
    """The overview of the firm's risks."""
    return reverse("risks:overview", kwargs=workspace.url_parts)


def missing(workspace: Workspace) -> list[Missing]:
    """Each country, stone and stage with themes that were not weighed; one line when only the confirmation is missing."""
    waiting = selectors.waiting_for_confirmation(workspace)
    if waiting:
        return [
            Missing(
                _("%(count)s weighings of last year wait for your confirmation") % {"count": waiting}, url(workspace)
            )
        ]
    if not selectors.places_of(workspace):
        return [Missing(_("Bring in your chains first; then weigh their risks"), url(workspace))]
    found = []
    for place, themes in selectors.unweighed(workspace, selectors.themes_of(workspace)):
        page = reverse(
            "risks:place",
            kwargs={**workspace.url_parts, "country": place.country, "material": place.material, "stage": place.stage},
        )
        words = {"place": place_in_words(place), "count": len(themes)}
        found.append(Missing(_("Risks of %(place)s: %(count)s themes not weighed") % words, page))
    return found


def place_in_words(place: selectors.Place) -> str:
    """Country, stone and stage by name."""
    items = (reference.country(place.country), reference.material(place.material), reference.stage(place.stage))
    return ", ".join(str(item.name) for item in items if item)


def summary(workspace: Workspace) -> str | Promise:
    """How many were weighed and how many are very severe."""
    order = selectors.ranked(selectors.risks_in(workspace))
    if not order:
        return _("nothing weighed yet")
    severe = sum(one.severity.band == 4 for one in order)
    return _("%(count)s weighed, %(severe)s very severe") % {"count": len(order), "severe": severe}


def freeze(workspace: Workspace) -> dict[str, Any]:
    """Every weighing with its exceptions, in order."""
    rows = []
    for one in selectors.ranked(selectors.risks_in(workspace)):
        risk = one.risk
        rows.append(
            {
                **{name: getattr(risk, name) for name in ("country", "material", "stage", "theme", *FIELDS)},
                "rank": one.rank,
                "exceptions": [
                    {"chain": e.chain_id, **{name: getattr(e, name) for name in FIELDS}} for e in risk.exceptions.all()
                ],
            }
        )
    return {"risks": rows}


def facts(workspace: Workspace) -> dict[str, Any]:
    """What conditions of requirements may look at."""
    return {"risks.own_harm": selectors.own_harm(workspace), "risks.number": selectors.risks_in(workspace).count()}


def carry_over(workspace: Workspace, previous_year: str, actor: Viewer) -> None:
    """Bring the latest earlier weighings along."""
    before = selectors.year_to_carry(workspace)
    if before:
        services.carry_over(actor=actor, workspace=workspace, from_year=before)


PART = Part(
    code="risks",
    label=gettext_lazy("Risks"),
    order=20,
    applies=applies,
    missing=missing,
    summary=summary,
    url=url,
    freeze=freeze,
    carry_over=carry_over,
    facts=facts,
)
