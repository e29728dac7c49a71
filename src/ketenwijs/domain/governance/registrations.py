"""What this app hands to the foundation: rights, journal events, file purposes, content kind, menu and what is due."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.governance import policies, selectors
from ketenwijs.domain.governance.definitions import GovernanceFile
from ketenwijs.domain.governance.services import meetings, money
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.kinds import ContentKind, register_kind
from ketenwijs.foundation.files.purposes import EVIDENCE, Purpose, register_purpose
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.due import Due, register_due
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_rights(
    Right(policies.READ, gettext_lazy("Read meetings, decisions, commitments and budget of the agreement")),
    Right(policies.MANAGE, gettext_lazy("Keep bodies, meetings, decisions, commitments and budget of the agreement")),
)
register_events(
    EventType("governance.body.saved", gettext_lazy("A body was saved")),
    EventType("governance.seat.saved", gettext_lazy("A seat was saved")),
    EventType("governance.meeting.saved", gettext_lazy("A meeting was planned or changed")),
    EventType("governance.meeting.held", gettext_lazy("A meeting was held")),
    EventType("governance.meeting.minutes_approved", gettext_lazy("Minutes were approved")),
    EventType("governance.meeting.cancelled", gettext_lazy("A meeting was cancelled")),
    EventType("governance.paper.added", gettext_lazy("A paper was added to a meeting")),
    EventType("governance.paper.removed", gettext_lazy("A paper was taken away from a meeting")),
    EventType("governance.decision.recorded", gettext_lazy("A decision was recorded")),
    EventType("governance.decision.carried_out", gettext_lazy("A decision about a party was carried out")),
    EventType("governance.goal.saved", gettext_lazy("A goal of the agreement was saved")),
    EventType("governance.commitment.saved", gettext_lazy("A commitment was saved")),
    EventType("governance.commitment.started", gettext_lazy("A commitment was started")),
    EventType("governance.commitment.done", gettext_lazy("A commitment was done")),
    EventType("governance.commitment.dropped", gettext_lazy("A commitment was dropped")),
    EventType("governance.commitment.rated", gettext_lazy("The contribution of a commitment was rated")),
    EventType("governance.budget.line_saved", gettext_lazy("A budget line was saved")),
    EventType("governance.budget.amount_recorded", gettext_lazy("An amount was recorded in the budget")),
    EventType("governance.check.saved", gettext_lazy("An outside check was saved")),
    EventType("governance.subsidy.saved", gettext_lazy("A subsidy was saved")),
)
# What a secretariat sends round: letters, sheets, pictures.
PAPERS = (*EVIDENCE, "ods", "csv")
for code in (meetings.PURPOSE, money.PURPOSE):
    register_purpose(Purpose(code, PAPERS, policies.may_read_file))
register_kind(ContentKind("governance", "reference/governance.yaml", GovernanceFile, is_edition=False))
register_menu(
    MenuItem(gettext_lazy("Governance"), "governance:home", lambda viewer: viewer.holds(policies.READ), order=85)
)


def _due(viewer: Viewer, today: date) -> list[Due]:
    """Meetings coming up for all readers; for managers also meetings to record and commitments that are late."""
    if viewer.is_system or not viewer.holds(policies.READ):
        return []
    found = []
    for meeting in selectors.meetings_coming_up(viewer, today):
        agreement = meeting.body.agreement
        page = reverse("governance:meeting", args=[agreement.slug, meeting.pk])
        if meeting.day >= today:
            found.append(Due(_("Meeting: %(body)s") % {"body": meeting.body.name}, page, due_on=meeting.day))
        elif policies.may_manage(viewer, agreement):
            title = _("Record whether the meeting was held: %(body)s") % {"body": meeting.body.name}
            found.append(Due(title, page, due_on=meeting.day, late=True))
    if not viewer.holds(policies.MANAGE):
        return found
    for agreement, rows in groupby(selectors.late_commitments(viewer, today), key=lambda one: one.agreement):
        if policies.may_manage(viewer, agreement):
            page = reverse("governance:commitments", args=[agreement.slug]) + "?show=late"
            found.append(Due(_("Commitments past their day"), page, late=True, count=len(list(rows))))
    return found


register_due(_due)
