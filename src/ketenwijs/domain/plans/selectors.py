"""Reading plans: the firm's own, those of members for staff, and exactly what the public would see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains.selectors import names_of
from ketenwijs.domain.plans import policies
from ketenwijs.domain.plans.models import Goal, Measure, Plan
from ketenwijs.domain.plans.publications import PublicGoal, PublicMeasure, PublicPlan
from ketenwijs.domain.plans.rules import GoalFacts, Letter, smart, words_not_for_the_public
from ketenwijs.domain.risks.rules import HIGHEST
from ketenwijs.domain.risks.selectors import RankedRisk, ranked, risks_in
from ketenwijs.foundation.access.viewer import Viewer


def plan_in(workspace: Workspace) -> Plan | None:
    """The plan of a workspace the viewer may open, with goals, measures and risks; None while nothing was written."""
    plans = Plan.objects.filter(
        organisation=workspace.organisation, agreement=workspace.agreement, year=workspace.year.code
    )
    return (
        policies.visible(workspace.viewer, plans)
        .select_related("organisation", "agreement")
        .prefetch_related("goals__measures", "goals__risk")
        .first()
    )


def goal_for(viewer: Viewer, pk: int) -> Goal | None:
    """One goal, if its plan is visible."""
    goals = Goal.objects.select_related("plan__agreement", "plan__organisation", "risk")
    return goals.filter(pk=pk, plan__in=policies.visible(viewer, Plan.objects.all())).first()


def measure_for(viewer: Viewer, pk: int) -> Measure | None:
    """One measure, if its plan is visible."""
    measures = Measure.objects.select_related("goal__plan__agreement", "goal__plan__organisation")
    return measures.filter(pk=pk, goal__plan__in=policies.visible(viewer, Plan.objects.all())).first()


def facts_of(goal: Goal) -> GoalFacts:
    """What the SMART check looks at. Uses the prefetched measures."""
    return GoalFacts(
        title=goal.title,
        for_whom=goal.for_whom,
        indicator=goal.indicator,
        baseline=goal.baseline,
        target=goal.target,
        due_on=goal.due_on,
        owner=goal.owner,
        means=goal.means,
        measures=len(goal.measures.all()),
    )


def smart_of(goal: Goal, *, today: date, latest: date | None) -> list[Letter]:
    """The five letters for one goal."""
    return smart(facts_of(goal), today=today, latest=latest)


def public_payload(plan: Plan) -> PublicPlan:
    """Exactly what would be public: only goals and measures marked so, and only the fields written for the public."""
    goals = list(plan.goals.prefetch_related("measures"))
    shown = [goal for goal in goals if goal.is_public]
    return PublicPlan(
        firm=plan.organisation.name,
        firm_reference=plan.organisation.reference,
        agreement=plan.agreement.slug,
        year=plan.year,
        introduction=plan.public_introduction,
        policy=plan.public_policy,
        goals=[_public_goal(goal) for goal in shown],
        goals_not_public=len(goals) - len(shown),
        is_example=plan.organisation.is_example,
    )


def _public_goal(goal: Goal) -> PublicGoal:
    return PublicGoal(
        theme=goal.theme,
        country=goal.country,
        title=goal.public_title,
        text=goal.public_text,
        indicator=goal.indicator,
        baseline=goal.baseline,
        target=goal.target,
        due_on=goal.due_on,
        measures=[
            PublicMeasure(text=measure.public_text, due_on=measure.due_on, progress=measure.progress)
            for measure in goal.measures.all()
            if measure.is_public
        ],
    )


def risks_without_goal(workspace: Workspace, goals: Iterable[Goal]) -> list[RankedRisk]:
    """Risks that must enter the plan, or stand in the highest band, and have no goal yet; worst first."""
    have = {goal.risk_id for goal in goals} | {(goal.theme, goal.country) for goal in goals}
    return [
        one
        for one in ranked(risks_in(workspace))
        if (one.in_plan or one.severity.band == HIGHEST)
        and one.risk.pk not in have
        and (one.risk.theme, one.risk.country) not in have
    ]


def confidential_names_in(plan: Plan) -> list[tuple[str, str]]:
    """Names of the firm's own suppliers and sites that stand in texts meant for the public: a warning before publishing."""
    payload = public_payload(plan)
    texts = {"introduction": payload.introduction, "policy": payload.policy}
    for number, goal in enumerate(payload.goals, start=1):
        measures = " ".join(measure.text for measure in goal.measures)
        texts[f"goal {number}"] = " ".join(
            [goal.title, goal.text, goal.indicator, goal.baseline, goal.target, measures]
        )
    return words_not_for_the_public(texts, names_of(plan.organisation))


def earlier_plan(workspace: Workspace) -> Plan | None:
    """The firm's latest plan of an earlier report year, whatever years without a round lie between."""
    earlier = [year.code for year in workspace.years if year.starts_on < workspace.year.starts_on]
    rows = Plan.objects.filter(organisation=workspace.organisation, agreement=workspace.agreement, year__in=earlier)
    return policies.visible(workspace.viewer, rows).order_by("-year").first()
