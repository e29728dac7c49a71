"""Journal events of operating this program."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.journal.events import EventType, register_events

register_events(EventType("operations.backup.restored", _("A backup was restored")))
