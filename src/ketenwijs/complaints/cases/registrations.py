"""Journal events of cases: that something was done and by whom, never what a case says."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.complaints.committee.registrations import sits
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_events(
    EventType("cases.interest.declared", _("A member declared whether they have an interest in a case")),
    EventType("cases.key.granted", _("A member was given the key of a case")),
    EventType("cases.key.renewed", _("A case got new keys")),
    EventType("cases.key.recovered", _("Two members recovered keys of cases")),
    EventType("cases.party.heard", _("A party was asked to answer")),
    EventType("cases.state.moved", _("A case moved on")),
    EventType("cases.clock.stopped", _("The clocks of a case were stopped")),
    EventType("cases.clock.resumed", _("The clocks of a case run again")),
    EventType("cases.clock.extended", _("The clocks of a case were extended")),
    EventType("cases.kind.set", _("The kind of a case was set")),
    EventType("cases.measure.noted", _("A measure was noted in a case")),
    EventType("cases.measure.followed", _("It was recorded what became of a measure")),
    EventType("cases.party.extended", _("A heard party was given more time")),
    EventType("cases.party.closed", _("The hearing of a party was closed")),
    EventType("cases.access.extended", _("A temporary member may open a case until another day")),
    EventType("cases.access.ended", _("The access of a temporary member to a case ended")),
    EventType("cases.transfer.asked", _("A person was asked whether a case may go to an outside body")),
    EventType("cases.transfer.given", _("A case was handed to an outside body, with consent")),
    EventType("cases.transfer.repeated", _("The package of a case that was handed over was made again")),
    EventType("cases.case.erased", _("A closed case was erased")),
)
register_menu(
    MenuItem(_("Cases"), "cases:board", sits, 10),
    MenuItem(_("Recovery"), "cases:recovery", sits, 45),
)
