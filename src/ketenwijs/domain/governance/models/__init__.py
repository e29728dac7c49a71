"""Bodies with seats and meetings, decisions, commitments, budget, outside checks and subsidies of an agreement."""

from ketenwijs.domain.governance.models.bodies import Body, Meeting, MeetingPaper, Seat
from ketenwijs.domain.governance.models.commitments import Commitment, Contribution, Goal
from ketenwijs.domain.governance.models.decisions import Decision
from ketenwijs.domain.governance.models.money import BudgetAmount, BudgetLine, OutsideCheck, Subsidy

__all__ = [
    "Body",
    "BudgetAmount",
    "BudgetLine",
    "Commitment",
    "Contribution",
    "Decision",
    "Goal",
    "Meeting",
    "MeetingPaper",
    "OutsideCheck",
    "Seat",
    "Subsidy",
]
