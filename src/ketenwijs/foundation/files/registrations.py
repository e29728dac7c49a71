"""Rights and journal events of files."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.journal.events import EventType, register_events

register_rights(
    Right("files.keep", _("Keep files of the own organisation")),
    Right("files.read_members", _("Open files of members")),
)
register_events(
    EventType("files.file.stored", _("A file was kept")),
    EventType("files.file.opened", _("A confidential file was opened")),
    EventType("files.file.removed", _("A file was removed")),
    EventType("files.file.scanned", _("The virus scanner looked at a file")),
)
