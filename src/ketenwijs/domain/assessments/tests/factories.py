"""A small world on the invented agreement: one member with its report filled in, and a secretariat of four."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.selectors import report_years
from ketenwijs.domain.agreements.services import sync_agreements
from ketenwijs.domain.agreements.tests.factories import (
    ROBOT,
    SLUG,
    checked,
    framework_content,
    member,
    staff,
    words,
    worker,
)
from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.models import Dossier, Finding, Round
from ketenwijs.domain.chains.tests.factories import add
from ketenwijs.domain.plans import services as plans
from ketenwijs.domain.questionnaires import selectors as questions
from ketenwijs.domain.questionnaires import services as answers
from ketenwijs.domain.risks import selectors as risk_selectors
from ketenwijs.domain.risks import services as risks
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.services import apply_checked

DAY = date(2025, 10, 15)
YEAR, NEXT = "2024-2025", "2025-2026"
POLICY, TRAINED, LATER = "policy", "trained", "later"
GIVEN = {POLICY: "2", TRAINED: "yes", LATER: "2"}
WEIGHED = {"scale": 3, "scope": 2, "irremediability": 2, "likelihood": 2, "involvement": "linked", "reason": "seen"}
REASON = "In the handbook."


def _requirement(code: str, answer: str, asked_from: int = 1, **more: Any) -> dict[str, Any]:
    about = {"code": code, "substep": "1.1", "title": words(f"Title of {code}"), "answer": answer}
    return {**about, "asked_from": asked_from, **more}


def example_agreement(requirements: list[dict[str, Any]] | None = None) -> Agreement:
    """The invented agreement with three requirements, the last asked from the second step on."""
    wanted = requirements or [
        _requirement(POLICY, "scale", minimum=2, plan=True),
        _requirement(TRAINED, "yes_no"),
        _requirement(LATER, "scale", 2, minimum=2),
    ]
    frameworks = {term: framework_content(term) | {"requirements": wanted} for term in ("first", "second")}
    result = checked(**frameworks)
    assert result.faults == []
    apply_checked(actor=ROBOT, result=result)
    return next(one for one in sync_agreements(actor=ROBOT) if one.slug == SLUG)


@dataclass
class World:
    """Everybody and everything a test of the judgement needs."""

    agreement: Agreement
    firm: Membership
    owner: Viewer
    colleague: Viewer
    lead: Viewer
    adviser: Viewer
    assessor: Viewer
    reader: Viewer

    def workspace(self, year: str = YEAR, viewer: Viewer | None = None) -> Workspace:
        """The firm's workspace as a new request finds it."""
        reference = self.firm.organisation.reference
        found = workspace_for(viewer or self.owner, reference, self.agreement.slug, year, today=DAY)
        assert found is not None
        return found

    def open_round(self, year: str = YEAR) -> Round:
        """The round of a year, opened by the coordinator."""
        chosen = next(one for one in report_years(self.agreement) if one.code == year)
        with fenced_for(self.lead):
            return services.open_round(actor=self.lead, agreement=self.agreement, year=chosen)

    def dossier(self, year: str = YEAR) -> Dossier:
        """The firm's dossier, read anew."""
        with fenced_for(self.lead):
            rows = Dossier.objects.select_related("round__agreement", "round__edition", "organisation", "membership")
            return rows.get(round__year=year, organisation=self.firm.organisation)

    def finding(self, requirement: str, year: str = YEAR) -> Finding:
        """One finding, read anew."""
        with fenced_for(self.lead):
            rows = Finding.objects.select_related("dossier__round__agreement", "dossier__organisation")
            return rows.get(dossier=self.dossier(year), requirement=requirement)

    def fill_in(self, year: str = YEAR, given: Mapping[str, str] = GIVEN) -> None:
        """The firm's own work: a chain, its risks, the answers and a plan that is ready."""
        with fenced_for(self.owner):
            add(self.owner, self.workspace(year))
            weigh_all(self.owner, self.workspace(year))
            self.answer(year, given)
            plan_ready(self.owner, self.workspace(year))

    def answer(self, year: str = YEAR, given: Mapping[str, str] = GIVEN) -> None:
        """Every question asked this year, answered."""
        workspace = self.workspace(year)
        asked = {one.requirement.code for one in questions.asked_in(workspace)}
        typed = {code: (value, f"about {code}", 0) for code, value in given.items() if code in asked}
        answers.save_section(actor=self.owner, workspace=workspace, answers=typed)

    def hand_in(self, year: str = YEAR) -> Dossier:
        """Handed in by the firm."""
        with fenced_for(self.owner):
            services.hand_in(actor=self.owner, dossier=self.dossier(year), workspace=self.workspace(year))
        return self.dossier(year)

    def judge(
        self, requirement: str, verdict: str = "met", reason: str = "", version: int = 0, year: str = YEAR, **by: Viewer
    ) -> Finding:
        """One draft finding by the assessor."""
        with fenced_for(self.lead):
            return services.judge(
                actor=by.get("by", self.assessor),
                dossier=self.dossier(year),
                requirement=requirement,
                verdict=verdict,
                reason=reason,
                version=version,
            )

    def judge_all(self, year: str = YEAR) -> None:
        """Every requirement met."""
        for one in [POLICY, TRAINED] if self.dossier(year).target_level == 1 else [POLICY, TRAINED, LATER]:
            self.judge(one, year=year)

    def until_decided(self, year: str = YEAR, value: str = "l1") -> Dossier:
        """From an open round to an outcome that waits for the second reader."""
        self.fill_in(year)
        self.hand_in(year)
        self.judge_all(year)
        self.after_judging(year, value)
        return self.dossier(year)

    def after_judging(self, year: str = YEAR, value: str = "l1") -> None:
        """Sent, not contradicted, decided."""
        with fenced_for(self.lead):
            services.send_findings(actor=self.assessor, dossier=self.dossier(year), today=DAY)
        with fenced_for(self.owner):
            services.finish_reply(actor=self.owner, dossier=self.dossier(year))
        with fenced_for(self.lead):
            services.decide(actor=self.assessor, dossier=self.dossier(year), value=value, reason=REASON)

    def confirm_and_publish(self, year: str = YEAR, on: date = DAY) -> None:
        """Read by the second person and made public."""
        with fenced_for(self.lead):
            services.confirm(actor=self.reader, dossier=self.dossier(year))
            services.publish(actor=self.reader, dossier=self.dossier(year), on=on)


def world() -> World:
    """The cast, with no round yet."""
    agreement = example_agreement()
    firm = member(agreement)
    return World(
        agreement=agreement,
        firm=firm,
        owner=worker(firm.organisation, name="owner"),
        colleague=worker(firm.organisation, "company_user", name="colleague"),
        lead=staff(agreement),
        adviser=staff(agreement, "adviser", name="adviser"),
        assessor=staff(agreement, "assessor", name="assessor"),
        reader=staff(agreement, "assessor", name="reader"),
    )


def weigh_all(actor: Viewer, workspace: Workspace) -> None:
    """Every theme at every place of the chains."""
    for place, themes in risk_selectors.unweighed(workspace, risk_selectors.themes_of(workspace)):
        weighings = {theme: (0, WEIGHED) for theme in themes}
        risks.weigh_place(actor=actor, workspace=workspace, place=place, weighings=weighings)


def plan_ready(actor: Viewer, workspace: Workspace) -> None:
    """One goal with one measure, marked as ready."""
    plan = plans.plan_of(actor=actor, workspace=workspace)
    goal = plans.save_goal(actor=actor, plan=plan, values={"theme": "water", "title": "Clean water at the quarry"})
    plans.save_measure(actor=actor, goal=goal, values={"what": "Measure the water"})
    plans.mark_ready(actor=actor, plan=plan)
