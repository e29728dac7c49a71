"""States and moves of a report about a site, and what of them its sender may know."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.sitereports.policies import HANDLE
from ketenwijs.foundation.states.machine import Label, Machine, Move, State

RECEIVED = "received"
CHECKED = "checked"
WITH_FIRMS = "with_firms"
ANSWERED = "answered"
CLOSED = "closed"
NOT_TAKEN_UP = "not_taken_up"

REPORT = Machine(
    states=[
        State(RECEIVED, _("received"), "warning"),
        State(CHECKED, _("being looked into"), "busy"),
        State(WITH_FIRMS, _("put to companies"), "busy"),
        State(ANSWERED, _("answered"), "good"),
        State(CLOSED, _("closed"), "neutral"),
        State(NOT_TAKEN_UP, _("not taken up"), "neutral"),
    ],
    moves=[
        Move("check", _("Look into it"), (RECEIVED,), CHECKED, HANDLE),
        Move("ask", _("Put it to companies"), (CHECKED,), WITH_FIRMS, HANDLE),
        Move("answer", _("Answer the sender"), (CHECKED, WITH_FIRMS), ANSWERED, HANDLE),
        Move("not_take_up", _("Do not take it up"), (RECEIVED, CHECKED), NOT_TAKEN_UP, HANDLE, reason=True),
        Move("close", _("Close"), (ANSWERED,), CLOSED, HANDLE),
    ],
)
OPEN = (RECEIVED, CHECKED, WITH_FIRMS)
FINISHED = (CLOSED, NOT_TAKEN_UP)

# The sender never learns whether any firm was asked: that would say that a member buys at the place.
_FOR_THE_SENDER = {
    RECEIVED: (_("received"), "neutral"),
    CHECKED: (_("being looked into"), "busy"),
    WITH_FIRMS: (_("being looked into"), "busy"),
    ANSWERED: (_("answered"), "good"),
    CLOSED: (_("answered"), "good"),
    NOT_TAKEN_UP: (_("not taken up"), "neutral"),
}


def for_the_sender(state: str) -> tuple[Label, str]:
    """Name and tone of a state as its sender sees it."""
    return _FOR_THE_SENDER[state]
