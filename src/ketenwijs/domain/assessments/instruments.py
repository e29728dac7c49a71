"""From findings to a proposal, by the instrument the agreement's content names. Two of four families so far:
requirement lists that give a grade for the year, or a level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome
from ketenwijs.domain.assessments.requirements import applicable_to, scheme_of_dossier
from ketenwijs.domain.assessments.rules import Judged, Proposal, propose_grade, propose_level


@dataclass(frozen=True)
class Scheme:
    """An outcome scheme as the services need it."""

    content: OutcomeScheme

    @property
    def code(self) -> str:
        """Its code."""
        return self.content.code

    @property
    def codes(self) -> set[str]:
        """Codes of the outcomes that may be decided."""
        return {one.code for one in self.content.outcomes}

    def number_for(self, value: str, dossier: Dossier) -> int | None:
        """The number an outcome is about: the level's own, or the membership year judged."""
        own = next((one.number for one in self.content.outcomes if one.code == value), None)
        return own if self.content.kind == "level" else dossier.target_level


Instrument = Callable[[list[Judged], OutcomeScheme, Dossier], Proposal]


def _grade(judged: list[Judged], scheme: OutcomeScheme, dossier: Dossier) -> Proposal:
    return propose_grade(judged, number=dossier.target_level or 1, best=scheme.best, under_way=scheme.under_way)


def _level(judged: list[Judged], scheme: OutcomeScheme, dossier: Dossier) -> Proposal:
    """The rule counts levels; the agreement's content names each with a code of its own."""
    proposal = propose_level(
        judged,
        held=dossier.level,
        highest=scheme.highest,
        may_skip=bool(scheme.may_skip and scheme.may_skip.value),
        may_fall_back=bool(scheme.may_fall_back and scheme.may_fall_back.value),
        plan_only=dossier.kind == Dossier.Kind.PLAN_ONLY,
    )
    if proposal.number is None:
        return proposal
    return replace(proposal, value=next(one.code for one in scheme.outcomes if one.number == proposal.number))


INSTRUMENTS: dict[str, Instrument] = {"grade": _grade, "level": _level}


def scheme_of(dossier: Dossier) -> Scheme:
    """The scheme of a dossier's outcome."""
    return Scheme(scheme_of_dossier(dossier))


def proposal_for(dossier: Dossier) -> Proposal:
    """What the rule proposes from the final findings, or from the drafts where there is no final one yet."""
    scheme = scheme_of_dossier(dossier)
    verdicts = {f.requirement: f.final_verdict or f.verdict for f in Finding.objects.filter(dossier=dossier)}
    judged = [
        Judged(one.identifier, one.requirement.asked_from, verdicts[one.identifier])
        for one in applicable_to(dossier)
        if verdicts.get(one.identifier)
    ]
    return INSTRUMENTS[scheme.kind](judged, scheme, dossier)


def outcome_choices(dossier: Dossier) -> list[tuple[str, str]]:
    """Outcomes to choose from, each with its meaning."""
    return [(one.code, f"{one.name} – {one.meaning}") for one in scheme_of_dossier(dossier).outcomes]


def outcome_label(outcome: Outcome, dossier: Dossier) -> str:
    """How an outcome reads: "level 3", or the colour with the year it is about."""
    scheme = definition_of(dossier.round.agreement).scheme(outcome.scheme)
    name = next((str(one.name) for one in scheme.outcomes if one.code == outcome.value), outcome.value)
    return f"{name} {outcome.number}" if scheme.kind == "grade" and outcome.number else name
