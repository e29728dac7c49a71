"""The public copy of an outcome: level or colour, the year judged and the day; reasons stay between firm and secretariat."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from ketenwijs.domain.assessments.models import Dossier, Outcome


class PublicOutcome(BaseModel):
    """One outcome in the register. `scheme` and `value` are codes whose names the agreement's public copy carries."""

    model_config = ConfigDict(extra="forbid")

    agreement: str
    firm: str
    firm_reference: str
    year: str
    scheme: str
    value: str
    number: int | None
    kind: str
    published_on: date
    decision: int
    is_example: bool


def outcome_payload(outcome: Outcome, dossier: Dossier, on: date) -> PublicOutcome:
    """What the register will show about this decision from a day on."""
    return PublicOutcome(
        agreement=dossier.round.agreement.slug,
        firm=dossier.organisation.name,
        firm_reference=dossier.organisation.reference,
        year=dossier.round.year,
        scheme=outcome.scheme,
        value=outcome.value,
        number=outcome.number,
        kind=dossier.kind,
        published_on=on,
        decision=outcome.pk,
        is_example=dossier.organisation.is_example,
    )
