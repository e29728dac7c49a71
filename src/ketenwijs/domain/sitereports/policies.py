"""Who may send, handle and be asked: parties of the agreement, its secretariat, people of the firm itself."""

from __future__ import annotations

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.foundation.access.viewer import Scope, Viewer, agreement_scope, organisation_scope

SEND = "sitereports.send"
HANDLE = "sitereports.handle"
REPLY = "sitereports.reply"


def scopes_of(agreement: Agreement) -> list[Scope]:
    """Scopes within which a right over the reports of an agreement is held."""
    return [agreement_scope(agreement.slug)]


def may_send(viewer: Viewer, agreement: Agreement) -> bool:
    """Send a report as somebody of a party; everybody else uses the public form."""
    return viewer.holds(SEND, agreement_scope(agreement.slug))


def may_handle(viewer: Viewer, agreement: Agreement) -> bool:
    """Read reports, put them to firms and answer them: the secretariat only."""
    return viewer.holds(HANDLE, agreement_scope(agreement.slug))


def may_reply(viewer: Viewer) -> bool:
    """Read and answer what the firm acted for was asked."""
    return bool(viewer.acting_for) and viewer.holds(REPLY, organisation_scope(viewer.acting_for or 0))
