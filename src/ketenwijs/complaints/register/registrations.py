"""Journal events and menu of the register."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.complaints.committee.registrations import sits
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_events(
    EventType("register.copy.released", _("A copy of the register was released")),
    EventType("register.ruling.signed", _("A member signed the public version of a ruling")),
    EventType("register.ruling.published", _("A ruling was published")),
    EventType("register.withdrawal.asked", _("The withdrawal of a ruling was proposed")),
    EventType("register.withdrawal.dropped", _("The proposal to withdraw a ruling was dropped")),
    EventType("register.ruling.withdrawn", _("A ruling was withdrawn")),
    EventType("register.year.checked", _("The yearly self-check was answered")),
    EventType("register.ruling.followed", _("The follow-up of a ruling was told")),
)
register_menu(
    MenuItem(_("Rulings"), "register:rulings", sits, 20),
    MenuItem(_("Register"), "register:release", sits, 25),
    MenuItem(_("Self-check"), "register:yearly", sits, 28),
)
