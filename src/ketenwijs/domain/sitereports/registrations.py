"""What this app hands to the foundation: rights, journal events, content kind, menu and what is due."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.sitereports import policies, selectors, states
from ketenwijs.domain.sitereports.definitions import SiteReportsFile
from ketenwijs.domain.sitereports.vocabulary import clock, day_after
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.kinds import ContentKind, register_kind
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.due import Due, register_due
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_rights(
    Right(policies.SEND, gettext_lazy("Report what was seen at a site, as a party of the agreement")),
    Right(policies.HANDLE, gettext_lazy("Read, work through and answer reports about sites")),
    Right(policies.REPLY, gettext_lazy("Reply to questions about the own company's sites")),
)
register_events(
    EventType("sitereports.report.received", gettext_lazy("A report about a site came in")),
    EventType("sitereports.report.checked", gettext_lazy("A report about a site is being looked into")),
    EventType("sitereports.report.located", gettext_lazy("A report was linked to a location")),
    EventType("sitereports.report.answered", gettext_lazy("A report about a site was answered")),
    EventType("sitereports.report.not_taken_up", gettext_lazy("A report about a site was not taken up")),
    EventType("sitereports.report.closed", gettext_lazy("A report about a site was closed")),
    EventType("sitereports.report.sender_forgotten", gettext_lazy("The sender of a report was forgotten")),
    EventType("sitereports.question.asked", gettext_lazy("A company was asked about one of its sites")),
    EventType("sitereports.question.replied", gettext_lazy("A company replied about one of its sites")),
)
register_kind(ContentKind("site-reports", "reference/site-reports.yaml", SiteReportsFile, is_edition=False))
register_menu(
    MenuItem(
        gettext_lazy("Reports about sites"),
        "sitereports:home",
        lambda viewer: viewer.holds(policies.HANDLE) and not viewer.is_system,
        order=58,
    ),
    MenuItem(
        gettext_lazy("Report about a site"),
        "sitereports:sent",
        lambda viewer: viewer.holds(policies.SEND) and not viewer.is_system,
        order=86,
    ),
    MenuItem(gettext_lazy("Questions about sites"), "sitereports:questions", policies.may_reply, order=28),
)


def _for_the_secretariat(viewer: Viewer, today: date) -> list[Due]:
    """What waits in each agreement: to be looked into, to be answered, to be closed. One query for each agreement."""
    if viewer.is_system or not viewer.holds(policies.HANDLE):
        return []
    found = []
    for agreement in selectors.agreements_handled(viewer):
        page = reverse("sitereports:reports", args=[agreement.slug])
        rows = selectors.reports_of(viewer, agreement).filter(finished_on__isnull=True)
        waiting = list(rows.values_list("state", "received_on"))
        for state, title, days in (
            (states.RECEIVED, _("Look into reports about sites"), clock().acknowledge_days),
            (states.CHECKED, _("Work reports about sites through"), clock().answer_days),
            (states.WITH_FIRMS, _("Answer reports about sites"), clock().answer_days),
        ):
            received = [day for one, day in waiting if one == state]
            if received:
                due_on = day_after(min(received), days)
                link = f"{page}?state={state}"
                found.append(Due(title, link, due_on=due_on, late=due_on < today, count=len(received)))
    return found


def _for_the_firm(viewer: Viewer, today: date) -> list[Due]:
    """Questions that wait for the firm's reply; one query, asked or not."""
    return [
        Due(
            _("Reply to the secretariat about one of your sites"),
            reverse("sitereports:question", args=[one.token]),
            due_on=one.reply_by,
            late=one.reply_by < today,
        )
        for one in selectors.waiting_questions(viewer)
    ]


register_due(_for_the_secretariat)
register_due(_for_the_firm)
