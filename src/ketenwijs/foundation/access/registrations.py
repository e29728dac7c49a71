"""What access itself adds to the catalogues."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.journal.events import EventType, register_events

register_rights(
    Right("access.manage_roles", _("Give and end every role")),
    Right("journal.read", _("Read the journal")),
)
register_events(
    EventType("access.role.given", _("A role was given")),
    EventType("access.role.ended", _("A role was ended")),
)
