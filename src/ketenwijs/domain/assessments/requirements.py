"""Which requirements a dossier is judged on, from its round's frozen edition and its own frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.frameworks import FrameworkFile, Requirement, continued_from, requirements_for
from ketenwijs.domain.agreements.rules import Reason
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments.models import Dossier, Finding, Round
from ketenwijs.foundation.content.selectors import content_of


@dataclass(frozen=True)
class Applicable:
    """A requirement in force for a dossier, with the reasons why."""

    requirement: Requirement
    because: tuple[Reason, ...]

    @property
    def identifier(self) -> str:
        """Its permanent code."""
        return self.requirement.code


def framework_of_dossier(dossier: Dossier) -> FrameworkFile:
    """The edition that was frozen when the round opened."""
    assert dossier.round.edition is not None, "a round with dossiers has an edition"
    framework: FrameworkFile = content_of(dossier.round.edition)
    return framework


def scheme_of_dossier(dossier: Dossier) -> OutcomeScheme:
    """How the outcome of this dossier is expressed."""
    return definition_of(dossier.round.agreement).scheme(framework_of_dossier(dossier).scheme)


def framework_of_round(round_: Round) -> FrameworkFile | None:
    """The edition frozen when the round opened; None for a year without a round."""
    return content_of(round_.edition) if round_.edition is not None else None


def scheme_of_round(round_: Round) -> OutcomeScheme | None:
    """How outcomes of a round are expressed, by its term; None for a term in which nobody is judged here."""
    definition = definition_of(round_.agreement)
    code = definition.term(round_.term).scheme
    return definition.scheme(code) if code else None


def is_private_round(round_: Round) -> bool:
    """Whether nobody but the firm itself may see its answers in this round; only totals are used."""
    framework = framework_of_round(round_)
    return framework is not None and framework.is_private


def is_private(dossier: Dossier) -> bool:
    """As `is_private_round`, for a dossier."""
    return is_private_round(dossier.round)


def applicable_to(dossier: Dossier) -> list[Applicable]:
    """The requirements of a dossier, from what was frozen at hand-in, in the framework's order."""
    asked = requirements_for(
        framework_of_dossier(dossier),
        report=dossier.kind,
        number=dossier.target_level or dossier.membership_year or 1,
        facts=dossier.frozen.get("facts") or {},
    )
    return [Applicable(one.requirement, one.because) for one in asked]


def requirement_identifiers(dossier: Dossier) -> set[str]:
    """Codes of the requirements of a dossier."""
    return {one.identifier for one in applicable_to(dossier)}


def unjudged(dossier: Dossier) -> list[Applicable]:
    """Requirements without a draft finding."""
    judged = set(Finding.objects.filter(dossier=dossier).exclude(verdict="").values_list("requirement", flat=True))
    return [one for one in applicable_to(dossier) if one.identifier not in judged]


def earlier_identifier(one: Applicable, last_answers: Mapping[str, Any], last_findings: Mapping[str, Any]) -> str:
    """Under which code an earlier dossier holds this requirement; empty when it is new."""
    return continued_from(one.requirement, {**last_answers, **last_findings}) or ""
