"""The governance of the invented agreement; confidential words carry the canary."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.services import join
from ketenwijs.domain.agreements.tests.factories import (
    OTHER_SLUG,
    ROBOT,
    company,
    example_agreement,
    member,
    staff,
    worker,
)
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.domain.governance import services
from ketenwijs.domain.governance.models import Body, BudgetLine, Commitment, Decision, Goal, Meeting, Seat
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.models import JournalEntry

__all__ = [
    "OTHER_SLUG",
    "ROBOT",
    "company",
    "example_agreement",
    "member",
    "sign_in",
    "staff",
    "worker",
]

CANARY = "kanarie-42"
PAST = date(2025, 3, 12)


def day(offset: int) -> date:
    """A day so many days from today."""
    return timezone.localdate() + timedelta(days=offset)


def body(actor: Viewer, agreement: Agreement, **changes: Any) -> Body:
    """A steering group since the start of the agreement."""
    values = {"name": f"Steering {CANARY}", "kind": "steering_group", "since": date(2019, 10, 1), **changes}
    return services.save_body(actor=actor, agreement=agreement, values=values)


def seat(actor: Viewer, where: Body, **changes: Any) -> Seat:
    """Somebody of the unions' section."""
    values = {"role": "member", "section": "unions", "holder": f"Holder {CANARY}", "since": date(2020, 1, 1), **changes}
    return services.save_seat(actor=actor, body=where, values=values)


def meeting(actor: Viewer, where: Body, when: date | None = None, **changes: Any) -> Meeting:
    """A planned meeting."""
    values = {"day": when or PAST, "place": "Example hall", "agenda": f"Point {CANARY}", **changes}
    return services.save_meeting(actor=actor, body=where, values=values)


def held(actor: Viewer, where: Body, when: date | None = None) -> Meeting:
    """A meeting that was held."""
    return services.hold_meeting(actor=actor, meeting=meeting(actor, where, when))


def paper(actor: Viewer, of: Meeting, kind: str = "paper") -> Any:
    """A small sheet as paper or minutes of a meeting."""
    return services.add_paper(actor=actor, meeting=of, kind=kind, title="", upload=("stuk.csv", b"a;b\n1;2\n"))


def decided(actor: Viewer, where: Body, kind: str = "other", **changes: Any) -> Decision:
    """A decision in writing, by consensus."""
    values = {
        "title": f"Decision {CANARY}",
        "decided_on": PAST,
        "by_consensus": True,
        "effect": "Something follows.",
        **changes,
    }
    supersedes = values.pop("supersedes", None)
    return services.record_decision(actor=actor, body=where, kind=kind, values=values, supersedes=supersedes)


def goal(actor: Viewer, agreement: Agreement, title: str = "Safer work") -> Goal:
    """A goal of the agreement."""
    return services.save_goal(actor=actor, agreement=agreement, values={"title": title, "text": ""})


def commitment_values(**changes: Any) -> dict[str, Any]:
    """A SMART commitment of the unions' section."""
    return {
        "title": f"Commitment {CANARY}",
        "specific": "Train two hundred workers.",
        "measurable": "Lists of participants.",
        "ambitious": "Twice as many as before.",
        "realistic": "Two trainers.",
        "due_on": day(90),
        "owner_kind": "section",
        "owner_section": "unions",
        **changes,
    }


def committed(actor: Viewer, agreement: Agreement, **changes: Any) -> Commitment:
    """A commitment."""
    return services.save_commitment(actor=actor, agreement=agreement, values=commitment_values(**changes))


def line(actor: Viewer, agreement: Agreement, **changes: Any) -> BudgetLine:
    """A budget line."""
    values = {"year": "2024-2025", "code": "C1", "name": f"Secretariat {CANARY}", "kind": "cost", **changes}
    return services.save_line(actor=actor, agreement=agreement, values=values)


def amount(actor: Viewer, of: BudgetLine, kind: str = "budgeted", euros: str = "1000", on: date = PAST) -> Any:
    """An amount of a line."""
    return services.record_amount(actor=actor, line=of, kind=kind, euros=Decimal(euros), on=on, source="test")


def check(actor: Viewer, agreement: Agreement, **changes: Any) -> Any:
    """A question to the competition authority."""
    values = {
        "kind": "competition_authority",
        "by_whom": f"Authority {CANARY}",
        "question": "May we?",
        "asked_on": PAST,
        **changes,
    }
    return services.save_check(actor=actor, agreement=agreement, values=values)


def subsidy(actor: Viewer, agreement: Agreement, **changes: Any) -> Any:
    """A subsidy that was asked for."""
    values = {
        "grantor": f"Fund {CANARY}",
        "purpose": "training",
        "euros": Decimal("5000"),
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2025, 12, 31),
        "state": "asked",
        "state_on": PAST,
        **changes,
    }
    return services.save_subsidy(actor=actor, agreement=agreement, values=values)


def party(agreement: Agreement, name: str = "Example Union") -> Membership:
    """An organisation that is a party."""
    organisation = company(name, kind="party", subkind="trade_union")
    return join(
        actor=ROBOT,
        agreement=agreement,
        organisation=organisation,
        kind="party",
        joined_on=date(2019, 10, 1),
        section="unions",
    )


def events() -> list[str]:
    """Names of the governance events in the journal, in order."""
    rows = JournalEntry.objects.filter(event__startswith="governance.").order_by("sequence", "pk")
    return list(rows.values_list("event", flat=True))
