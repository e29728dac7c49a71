"""From the findings of a dossier to its case, proposal and outcome in words."""

from __future__ import annotations

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.frameworks import REQUIREMENT_LIST
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments.instruments.interface import Instrument
from ketenwijs.domain.assessments.instruments.registry import INSTRUMENTS, instrument_for
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome, Round
from ketenwijs.domain.assessments.requirements import (
    applicable_to,
    framework_of_dossier,
    scheme_of_dossier,
    scheme_of_round,
)
from ketenwijs.domain.assessments.rules import Case, Judged, Proposal
from ketenwijs.domain.assessments.states import COUNTED, DOSSIER, DRAFT, HANDED_IN, PUBLISHED

AGGREGATE, NOBODY_JUDGED = "aggregate", "none"


def instrument_of(dossier: Dossier) -> Instrument:
    """The instrument of the edition frozen for the dossier's round."""
    return instrument_for(framework_of_dossier(dossier))


def scheme_of(dossier: Dossier) -> OutcomeScheme:
    """The scheme of a dossier's outcome."""
    return scheme_of_dossier(dossier)


def states_offered(round_: Round) -> set[str]:
    """The states that dossiers of this round can come to: nobody is judged, only totals are used, or all is public."""
    scheme = scheme_of_round(round_)
    if scheme is not None and scheme.kind == NOBODY_JUDGED:
        return {DRAFT, HANDED_IN, COUNTED}
    aggregate = scheme is not None and scheme.published == AGGREGATE
    return set(DOSSIER.states) - ({PUBLISHED} if aggregate else {COUNTED})


def case_of(dossier: Dossier) -> Case:
    """The dossier as its instrument sees it: final findings, or the drafts where there is no final one yet."""
    findings = {one.requirement: one for one in Finding.objects.filter(dossier=dossier)}
    judged = [
        _judged(one.identifier, one.requirement.asked_from, findings[one.identifier])
        for one in applicable_to(dossier)
        if one.identifier in findings and (findings[one.identifier].final_verdict or findings[one.identifier].verdict)
    ]
    return Case(
        framework=framework_of_dossier(dossier),
        scheme=scheme_of_dossier(dossier),
        judged=tuple(judged),
        report=dossier.kind,
        number=dossier.target_level or 1,
        held=dossier.level,
        group=dossier.group,
    )


def _judged(requirement: str, asked_from: int, finding: Finding) -> Judged:
    if finding.final_verdict:
        return Judged(requirement, asked_from, finding.final_verdict, finding.final_points)
    return Judged(requirement, asked_from, finding.verdict, finding.points)


def proposal_for(dossier: Dossier) -> Proposal:
    """What the rule proposes for a dossier as it stands."""
    return instrument_of(dossier).propose(case_of(dossier))


def outcome_choices(dossier: Dossier) -> list[tuple[str, str]]:
    """Outcomes to choose from, each with its meaning."""
    return [(one.code, f"{one.name} – {one.meaning}") for one in scheme_of_dossier(dossier).outcomes]


def outcome_label(outcome: Outcome, dossier: Dossier) -> str:
    """How an outcome reads: "level 3", the colour with the year it is about, or the score."""
    scheme = definition_of(dossier.round.agreement).scheme(outcome.scheme)
    edition = dossier.round.edition
    instrument = instrument_of(dossier) if edition is not None else INSTRUMENTS[REQUIREMENT_LIST]
    return instrument.label(scheme, outcome.value, outcome.number)
