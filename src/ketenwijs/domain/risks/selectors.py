"""Reading a firm's risks in their order, what is not weighed yet, and the matrix picture's numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains.models import Chain
from ketenwijs.domain.chains.selectors import combinations_in, counted_in
from ketenwijs.domain.risks import policies
from ketenwijs.domain.risks.models import Risk, Weighing
from ketenwijs.domain.risks.rules import Scores, Severity, is_weighed, must_enter_plan, ranking_key, severity, worst
from ketenwijs.foundation.access.viewer import Viewer


@dataclass(frozen=True)
class Place:
    """Where a risk may arise: country, material and stage, all codes."""

    country: str
    material: str
    stage: str


@dataclass(frozen=True)
class RankedRisk:
    """One risk in its place of the order."""

    risk: Risk
    scores: Scores
    severity: Severity
    in_plan: bool
    rank: int


def scores_of(weighing: Weighing) -> Scores:
    """The scores of a risk or an exception."""
    return Scores(weighing.scale, weighing.scope, weighing.irremediability, weighing.likelihood, weighing.involvement)


def risks_in(workspace: Workspace) -> QuerySet[Risk]:
    """All risks of a workspace the viewer may open, with their exceptions."""
    rows = Risk.objects.filter(
        organisation=workspace.organisation, agreement=workspace.agreement, year=workspace.year.code
    )
    return policies.visible(workspace.viewer, rows).prefetch_related("exceptions")


def risk_for(viewer: Viewer, pk: int) -> Risk | None:
    """One risk, if visible."""
    rows = policies.visible(viewer, Risk.objects.all())
    return rows.select_related("organisation", "agreement").filter(pk=pk).first()


def ranked(risks: Iterable[Risk]) -> list[RankedRisk]:
    """Risks worst first; where chains differ, the worst of them decides. Uses prefetched exceptions."""
    scored = []
    for risk in risks:
        deciding = worst(scores_of(risk), (scores_of(one) for one in risk.exceptions.all()))
        scored.append((risk, deciding))
    scored.sort(key=lambda pair: (ranking_key(pair[1]), pair[0].theme, pair[0].country, pair[0].pk))
    return [
        RankedRisk(risk, scores, severity(scores), must_enter_plan(scores), place)
        for place, (risk, scores) in enumerate(scored, start=1)
    ]


def places_of(workspace: Workspace) -> list[Place]:
    """Where this firm's risks may arise: each country, stone and stage of its chains of the year. Read once a request."""
    if "risks.places" not in workspace.kept:
        found = combinations_in(workspace)
        workspace.kept["risks.places"] = [Place(country, material, stage) for country, material, stage in found]
    places: list[Place] = workspace.kept["risks.places"]
    return places


def unweighed(workspace: Workspace, themes: Iterable[str]) -> list[tuple[Place, list[str]]]:
    """Places with the themes that have no weighing, or one with unknown scores and no reason."""
    done = {
        (risk.country, risk.material, risk.stage, risk.theme)
        for risk in risks_in(workspace)
        if (is_weighed(scores_of(risk)) or risk.reason) and (risk.carried_from_id is None or risk.confirmed_at)
    }
    listed = list(themes)
    left = []
    for place in places_of(workspace):
        open_themes = [t for t in listed if (place.country, place.material, place.stage, t) not in done]
        if open_themes:
            left.append((place, open_themes))
    return left


def themes_of(workspace: Workspace) -> tuple[str, ...]:
    """Codes of the themes the agreement has in this year's term, in its order."""
    return workspace.definition.theme_codes(workspace.year.term_code)


def own_harm(workspace: Workspace) -> int:
    """How many risks are actual harm that the firm causes or contributes to."""
    return sum(one.in_plan for one in ranked(risks_in(workspace)))


def waiting_for_confirmation(workspace: Workspace) -> int:
    """Weighings carried over from an earlier year that nobody confirmed yet."""
    return risks_in(workspace).filter(carried_from__isnull=False, confirmed_at=None).count()


def year_to_carry(workspace: Workspace) -> str | None:
    """The latest earlier report year with weighings of this firm, or None."""
    earlier = [year.code for year in workspace.years if year.starts_on < workspace.year.starts_on]
    rows = Risk.objects.filter(organisation=workspace.organisation, agreement=workspace.agreement, year__in=earlier)
    return policies.visible(workspace.viewer, rows).order_by("-year").values_list("year", flat=True).first()


def chains_of_risk(workspace: Workspace, risk: Risk) -> list[Chain]:
    """The firm's chains of a risk's stone in its year that have no exception yet and are handed in for the agreement."""
    excepted = risk.exceptions.values_list("chain_id", flat=True)
    counted = [one.pk for one in counted_in(workspace) if one.material == risk.material]
    rows = Chain.objects.filter(organisation=workspace.organisation, year=risk.year, pk__in=counted)
    return list(rows.exclude(pk__in=excepted).select_related("supplier").order_by("supplier__name", "pk"))
