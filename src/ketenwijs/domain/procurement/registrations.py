"""What this app hands to the foundation: rights, journal events, menu and what is due."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.procurement.selectors import enquiries_visible_to
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.due import Due, register_due
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_rights(
    Right("procurement.ask", gettext_lazy("Ask the secretariat on behalf of a contracting authority")),
    Right("procurement.answer", gettext_lazy("Read, record and answer questions of contracting authorities")),
)
register_events(
    EventType("procurement.enquiry.asked", gettext_lazy("A contracting authority asked a question")),
    EventType("procurement.enquiry.answered", gettext_lazy("A question of a contracting authority was answered")),
)
register_menu(
    MenuItem(
        gettext_lazy("Questions"),
        "procurement:enquiries",
        lambda viewer: viewer.holds("procurement.ask") or viewer.holds("procurement.answer"),
        order=70,
    )
)


def _unanswered(viewer: Viewer, today: date) -> list[Due]:
    if not viewer.holds("procurement.answer"):
        return []
    waiting = enquiries_visible_to(viewer).filter(answered_on=None).count()
    if not waiting:
        return []
    return [Due(_("Answer questions of contracting authorities"), reverse("procurement:enquiries"), count=waiting)]


register_due(_unanswered)
