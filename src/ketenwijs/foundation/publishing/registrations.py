"""Journal events of publishing."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.journal.events import EventType, register_events

register_events(
    EventType("publishing.copy.published", _("Something became public")),
    EventType("publishing.copy.withdrawn", _("Something was taken off the public site")),
)
