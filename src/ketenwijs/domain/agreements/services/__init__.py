"""Every write of agreements, by subject; other apps import from here."""

from ketenwijs.domain.agreements.services.figures import load_observations
from ketenwijs.domain.agreements.services.membership import (
    correct_joining,
    join,
    leave,
    link_plan,
    set_group,
    set_level,
)
from ketenwijs.domain.agreements.services.packages import publish_agreement, sync_agreement, sync_agreements
from ketenwijs.domain.agreements.services.people import end_role, invite_to_agreement, withdraw_invitation
from ketenwijs.domain.agreements.services.register import ImportResult, import_register
from ketenwijs.domain.agreements.services.starting import apply_package, difference_of, invite_first_lead

__all__ = [
    "ImportResult",
    "apply_package",
    "correct_joining",
    "difference_of",
    "end_role",
    "import_register",
    "invite_first_lead",
    "invite_to_agreement",
    "join",
    "leave",
    "link_plan",
    "load_observations",
    "publish_agreement",
    "set_group",
    "set_level",
    "sync_agreement",
    "sync_agreements",
    "withdraw_invitation",
]
