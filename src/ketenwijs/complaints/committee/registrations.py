"""Journal events of the committee. Nothing of a case's content is ever journalled."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_events(
    EventType("committee.seat.given", _("A seat was given")),
    EventType("committee.seat.ended", _("A seat was ended")),
    EventType("committee.member.invited", _("Somebody was asked to take a seat")),
    EventType("committee.key.made", _("A member made a key")),
    EventType("committee.key.tested", _("A member tested a key")),
    EventType("committee.list.taken", _("A signed list of keys was taken")),
    EventType("committee.manifest.taken", _("A signed manifest of a release was taken")),
    EventType("committee.recovery.rehearsed", _("Two members tried the recovery key and it opened")),
    EventType("committee.recovery.failed", _("Members tried the recovery key and it did not open")),
)


def sits(viewer: object) -> bool:
    """Whether the committee's pages are for this viewer."""
    return isinstance(viewer, Member) and viewer.seat is not None


register_menu(
    MenuItem(_("My key"), "committee:key", sits, 30),
    MenuItem(_("List of keys"), "committee:list", sits, 40),
    MenuItem(_("Committee members"), "committee:seats", sits, 50),
)
