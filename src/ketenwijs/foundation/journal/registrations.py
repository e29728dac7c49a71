"""Event types of the journal itself and of accounts, which lie below it."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.journal.events import EventType, register_events

register_events(
    EventType("journal.values.erased", _("The values of a journal entry were erased")),
    EventType("accounts.person.signed_in", _("Somebody signed in")),
    EventType("accounts.sign_in.failed", _("A sign-in failed")),
    EventType("accounts.second_factor.changed", _("A second factor was added or removed")),
    EventType("accounts.password.changed", _("A password was changed")),
    EventType("accounts.invitation.accepted", _("An invitation was accepted")),
)
