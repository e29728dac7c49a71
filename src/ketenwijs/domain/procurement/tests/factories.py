"""A contracting authority that takes part, and its questions."""

from __future__ import annotations

from datetime import date
from typing import Any

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.services import join
from ketenwijs.domain.agreements.tests.factories import ROBOT, company, example_agreement, member, staff, worker
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.procurement import services
from ketenwijs.domain.procurement.models import Enquiry
from ketenwijs.foundation.access.viewer import Viewer

__all__ = ["ROBOT", "example_agreement", "member", "sign_in", "staff", "worker"]

DAY = date(2025, 10, 15)


def authority(agreement: Agreement, name: str = "Example town") -> Organisation:
    """An invented authority that takes part."""
    found = company(name, kind="authority", subkind="municipality")
    join(actor=ROBOT, agreement=agreement, organisation=found, kind="authority", joined_on=date(2019, 10, 1), group="")
    return found


def asked(actor: Viewer, agreement: Agreement, by: Organisation, **changes: Any) -> Enquiry:
    """One question."""
    words = {"kind": "individual_supplier", "about": "Voorbeeld Leisteen BV", "question": "How do they do?"}
    return services.ask(actor=actor, agreement=agreement, authority=by, asked_on=DAY, **{**words, **changes})
