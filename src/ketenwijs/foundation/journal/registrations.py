"""What the journal hands to itself: the erasure of values is an act like any other."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.journal.events import EventType, register_events

register_events(EventType("journal.values.erased", _("The values of a journal entry were erased")))
