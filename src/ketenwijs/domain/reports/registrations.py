"""What this app hands to the foundation: rights, journal events, menu, the report template and the public copy."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.reports import policies
from ketenwijs.domain.reports.checks import check_report
from ketenwijs.domain.reports.definitions import ReportFile
from ketenwijs.domain.reports.figures import AnnualReport
from ketenwijs.domain.reports.selectors import KIND
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.content.kinds import ContentKind, register_kind
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.publishing.kinds import PublicationKind, register_publication_kind
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_rights(
    Right(policies.DRAFT, _("Make and write annual reports")),
    Right(policies.RELEASE, _("Release annual reports that a colleague made")),
    Right(policies.READ_RELEASED, _("Read released annual reports")),
)
register_events(
    EventType("reports.release.made", _("The figures of an annual report were computed and frozen")),
    EventType("reports.texts.saved", _("Texts of an annual report were saved")),
    EventType("reports.release.released", _("An annual report was released")),
)
register_menu(MenuItem(_("Annual reports"), "reports:home", policies.may_open, order=80))
register_kind(ContentKind("report", "agreements/*/report.yaml", ReportFile, check_report))
register_publication_kind(PublicationKind(KIND, AnnualReport))
