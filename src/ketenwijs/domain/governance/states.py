"""States and moves of meetings and of commitments."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.states.machine import Machine, Move, State

MANAGE = "governance.manage"

PLANNED = "planned"
HELD = "held"
APPROVED = "approved"
CANCELLED = "cancelled"

MEETING = Machine(
    states=[
        State(PLANNED, _("planned"), "neutral"),
        State(HELD, _("held"), "busy"),
        State(APPROVED, _("minutes approved"), "good"),
        State(CANCELLED, _("cancelled"), "warning"),
    ],
    moves=[
        Move("hold", _("The meeting was held"), (PLANNED,), HELD, MANAGE),
        Move("approve", _("The minutes are approved"), (HELD,), APPROVED, MANAGE),
        Move("cancel", _("Cancel the meeting"), (PLANNED,), CANCELLED, MANAGE, reason=True),
    ],
)

STARTED = "started"
DONE = "done"
DROPPED = "dropped"

COMMITMENT = Machine(
    states=[
        State(PLANNED, _("planned"), "neutral"),
        State(STARTED, _("started"), "busy"),
        State(DONE, _("done"), "good"),
        State(DROPPED, _("given up"), "warning"),
    ],
    moves=[
        Move("start", _("It was started"), (PLANNED,), STARTED, MANAGE),
        Move("finish", _("It is done"), (STARTED,), DONE, MANAGE),
        Move("drop", _("Give it up"), (PLANNED, STARTED), DROPPED, MANAGE, reason=True),
    ],
)
OPEN = (PLANNED, STARTED)
"""States in which a commitment still has to be worked on."""
