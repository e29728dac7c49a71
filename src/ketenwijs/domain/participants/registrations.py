"""What this app hands to the foundation: rights, journal events and its place in the menu."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.participants.selectors import name_acted_for
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.navigation import MenuItem, register_acting, register_menu

register_rights(
    Right("participants.edit_own", _("Correct the data of the own organisation")),
    Right("participants.invite", _("Invite people to the own organisation and end their roles")),
    Right("participants.register", _("Bring organisations in and correct their data")),
)
register_events(
    EventType("participants.organisation.registered", _("An organisation was brought in")),
    EventType("participants.organisation.corrected", _("The data of an organisation were corrected")),
    EventType("participants.organisation.holding_set", _("The group of companies of an organisation was set")),
    EventType("participants.person.invited", _("Somebody was invited")),
    EventType("participants.invitation.withdrawn", _("An invitation was withdrawn")),
    EventType("participants.contact.added", _("A contact was added")),
)
register_menu(
    MenuItem(_("Our organisation"), "participants:own", lambda viewer: viewer.acting_for is not None, order=80),
)
register_acting(name_acted_for)
