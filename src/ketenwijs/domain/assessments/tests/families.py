"""A round of the invented agreement under an instrument of each family, with as many participants as a test needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.selectors import report_years
from ketenwijs.domain.agreements.services import sync_agreements
from ketenwijs.domain.agreements.tests import instruments
from ketenwijs.domain.agreements.tests.factories import ROBOT, SLUG, checked, member, staff, worker
from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome, Round
from ketenwijs.domain.questionnaires import selectors as questions
from ketenwijs.domain.questionnaires import services as answers
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.services import apply_checked

DAY = date(2025, 10, 15)
YEAR, NEXT = "2024-2025", "2025-2026"
POLICY, GOALS, ACTIONS, TALKS = instruments.POLICY, instruments.GOALS, instruments.ACTIONS, instruments.TALKS
GIVEN = {POLICY: "3", GOALS: "2", ACTIONS: "2", TALKS: "yes"}
WHERE = "See https://example.org/policy"
Points = Mapping[str, int | None]


def apply(family: str, agreed: Mapping[str, Any] | None = None, **changes: Any) -> Agreement:
    """The invented agreement with a framework of a family in its second term."""
    content = instruments.agreement(family, **(agreed or {}))
    result = checked(agreement=content, second=instruments.framework(family, **changes))
    assert [str(fault) for fault in result.faults] == []
    apply_checked(actor=ROBOT, result=result)
    return next(one for one in sync_agreements(actor=ROBOT) if one.slug == SLUG)


@dataclass
class Participant:
    """One firm of the round with somebody who works for it."""

    cast: Cast
    membership: Membership
    owner: Viewer

    def workspace(self, year: str = YEAR) -> Workspace:
        """Its workspace as a new request finds it."""
        reference = self.membership.organisation.reference
        found = workspace_for(self.owner, reference, self.cast.agreement.slug, year, today=DAY)
        assert found is not None
        return found

    def dossier(self, year: str = YEAR) -> Dossier:
        """Its dossier, read anew."""
        with unfenced(reason="test"):
            rows = Dossier.objects.select_related("round__agreement", "round__edition", "organisation", "membership")
            return rows.get(round__year=year, organisation=self.membership.organisation)

    def findings(self, year: str = YEAR) -> dict[str, Finding]:
        """Its findings by requirement."""
        with unfenced(reason="test"):
            return {one.requirement: one for one in Finding.objects.filter(dossier=self.dossier(year))}

    def outcome(self, year: str = YEAR) -> Outcome:
        """Its running outcome."""
        with unfenced(reason="test"):
            return Outcome.objects.get(dossier=self.dossier(year), superseded_by=None)

    def answer(self, given: Mapping[str, str] = GIVEN, words: str = WHERE, year: str = YEAR) -> None:
        """Its answers, each with the same words."""
        workspace = self.workspace(year)
        with fenced_for(self.owner):
            known = questions.answers_in(workspace)
            versions = {code: known[code].version if code in known else 0 for code in given}
            typed = {code: (value, words, versions[code]) for code, value in given.items()}
            answers.save_section(actor=self.owner, workspace=workspace, answers=typed)

    def size(self, value: int, year: str = YEAR) -> None:
        """Its size figure."""
        with fenced_for(self.owner):
            services.record_size(actor=self.owner, dossier=self.dossier(year), value=Decimal(value))

    def hand_in(self, year: str = YEAR) -> Dossier:
        """Handed in by the firm."""
        with fenced_for(self.owner):
            services.hand_in(actor=self.owner, dossier=self.dossier(year), workspace=self.workspace(year))
        return self.dossier(year)

    def judge(
        self, requirement: str, verdict: str = "", points: int | None = None, reason: str = "Seen.", year: str = YEAR
    ) -> Finding:
        """One draft finding by the assessor."""
        with fenced_for(self.cast.lead):
            return services.judge(
                actor=self.cast.assessor,
                dossier=self.dossier(year),
                requirement=requirement,
                verdict=verdict,
                points=points,
                reason=reason,
                version=0,
            )

    def heard(self, year: str = YEAR) -> None:
        """Draft findings sent and not contradicted."""
        with fenced_for(self.cast.lead):
            services.send_findings(actor=self.cast.assessor, dossier=self.dossier(year), today=DAY)
        with fenced_for(self.owner):
            services.finish_reply(actor=self.owner, dossier=self.dossier(year))

    def decide(self, value: str, year: str = YEAR) -> None:
        """Decided by the assessor and confirmed by the second reader."""
        with fenced_for(self.cast.lead):
            services.decide(actor=self.cast.assessor, dossier=self.dossier(year), value=value, reason="All read.")
            services.confirm(actor=self.cast.reader, dossier=self.dossier(year))

    def publish(self, year: str = YEAR, on: date = DAY) -> None:
        """Made public, or only counted."""
        with fenced_for(self.cast.lead):
            services.publish(actor=self.cast.reader, dossier=self.dossier(year), on=on)


@dataclass
class Cast:
    """An agreement of one family with its secretariat and its participants."""

    agreement: Agreement
    lead: Viewer
    assessor: Viewer
    reader: Viewer
    firms: list[Participant] = field(default_factory=list)

    @property
    def firm(self) -> Participant:
        """The first participant."""
        return self.firms[0]

    def join(self, number: int, group: str = "C", joined_on: date = date(2023, 10, 1)) -> list[Participant]:
        """More participants of a group."""
        fresh = []
        for _one in range(number):
            name = f"Example {len(self.firms) + 1} BV"
            membership = member(self.agreement, name, group=group, joined_on=joined_on)
            fresh.append(Participant(self, membership, worker(membership.organisation, name=f"p{len(self.firms)}")))
            self.firms.append(fresh[-1])
        return fresh

    def open_round(self, year: str = YEAR) -> Round:
        """The round of a year, opened by the coordinator."""
        chosen = next(one for one in report_years(self.agreement) if one.code == year)
        with fenced_for(self.lead):
            return services.open_round(actor=self.lead, agreement=self.agreement, year=chosen)

    def round(self, year: str = YEAR) -> Round:
        """The round, read anew."""
        return Round.objects.select_related("agreement", "edition").get(agreement=self.agreement, year=year)


def cast_of(family: str, firms: int = 1, agreed: Mapping[str, Any] | None = None, **changes: Any) -> Cast:
    """Agreement, secretariat and participants; the round is not open yet."""
    agreement = apply(family, agreed, **changes)
    cast = Cast(
        agreement=agreement,
        lead=staff(agreement),
        assessor=staff(agreement, "assessor", name="assessor"),
        reader=staff(agreement, "assessor", name="reader"),
    )
    cast.join(firms)
    return cast
