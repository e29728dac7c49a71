"""Every write of the governance of an agreement, one function per verb."""

from ketenwijs.domain.governance.services.bodies import save_body, save_seat
from ketenwijs.domain.governance.services.commitments import (
    drop_commitment,
    finish_commitment,
    rate_contribution,
    save_commitment,
    save_goal,
    start_commitment,
)
from ketenwijs.domain.governance.services.decisions import carry_out_accession, carry_out_exit, record_decision
from ketenwijs.domain.governance.services.meetings import (
    add_paper,
    approve_minutes,
    cancel_meeting,
    hold_meeting,
    remove_paper,
    save_meeting,
)
from ketenwijs.domain.governance.services.money import record_amount, save_check, save_line, save_subsidy

__all__ = [
    "add_paper",
    "approve_minutes",
    "cancel_meeting",
    "carry_out_accession",
    "carry_out_exit",
    "drop_commitment",
    "finish_commitment",
    "hold_meeting",
    "rate_contribution",
    "record_amount",
    "record_decision",
    "remove_paper",
    "save_body",
    "save_check",
    "save_commitment",
    "save_goal",
    "save_line",
    "save_meeting",
    "save_seat",
    "save_subsidy",
    "start_commitment",
]
