"""Journal events and menu of succession."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.complaints.committee.registrations import sits
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_events(
    EventType("succession.body.proposed", _("A body to continue open cases was proposed")),
    EventType("succession.body.confirmed", _("A body to continue open cases was confirmed")),
    EventType("succession.body.objected", _("A member objected to a body")),
    EventType("succession.objection.ended", _("A member took an objection to a body back")),
    EventType("succession.body.withdrawn", _("A body to continue open cases was withdrawn")),
    EventType("succession.case.handed", _("A case was handed over to a body")),
)
register_menu(MenuItem(_("Successor"), "succession:body", sits, 46))
