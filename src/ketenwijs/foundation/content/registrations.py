"""Right and journal event of applying content."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.journal.events import EventType, register_events

register_rights(Right("content.apply", _("Apply content files")))
register_events(EventType("content.edition.applied", _("An edition of a content file was applied")))
