"""What the secretariat does with a report: look into it, link it to a location, answer it, close it, or leave it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.chains import selectors as chains
from ketenwijs.domain.chains.models import SharedSite
from ketenwijs.domain.sitereports import messages, policies, rules, states
from ketenwijs.domain.sitereports.models import SiteQuestion, SiteReport
from ketenwijs.domain.sitereports.selectors import names_kept_from_the_sender
from ketenwijs.foundation.access.fence import fenced_to_agreement
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.states.services import move
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


@contextmanager
def handling(actor: Viewer, report: SiteReport) -> Iterator[SiteReport]:
    """Refuse whoever may not; inside the agreement's fence, with the report read anew and held."""
    if not policies.may_handle(actor, report.agreement):
        raise NotAllowed(_("Only the secretariat handles reports about sites."))
    with fenced_to_agreement(report.agreement_id):
        yield SiteReport.objects.select_for_update().get(pk=report.pk)


def journal(actor: Viewer, report: SiteReport, event: str, **values: object) -> None:
    """One entry about a report in the agreement's own chain: numbers, never words of a text."""
    record(actor=actor, event=event, subject=report, chain=report.agreement.slug, values=values)


@transaction.atomic
def check(*, actor: Viewer, report: SiteReport, today: date) -> SiteReport:
    """Say that the report is being looked into; the sender hears so."""
    with handling(actor, report) as held:
        _move(actor, held, "check")
        held.checked_on = today
        held.save(update_fields=["checked_on"])
        journal(actor, held, "sitereports.report.checked")
        messages.to_sender("checked", held)
        return held


@transaction.atomic
def link_location(*, actor: Viewer, report: SiteReport, location: SharedSite | None) -> SiteReport:
    """Say which location of the register the report is about, or take that back. Not any more once firms were asked."""
    with handling(actor, report) as held:
        if held.state != states.CHECKED:
            raise DomainError(_("The location is chosen while the report is looked into, before companies are asked."))
        if location is not None:
            found = chains.location_for(actor, held.agreement, location.pk)
            if found is None:
                raise DomainError(_("This location is not in the register any more. Search again."))
            location = found.current or found
        held.location = location
        held.save(update_fields=["location"])
        journal(actor, held, "sitereports.report.located", location=location.pk if location else None)
        return held


@transaction.atomic
def answer(*, actor: Viewer, report: SiteReport, text: str, today: date) -> SiteReport:
    """Answer the sender. Refuses a text with the name of a member, or of a supplier of those that use the place."""
    with handling(actor, report) as held:
        ensure_names_nobody(actor, held, text, today, field="answer")
        _move(actor, held, "answer")
        held.answer, held.answered_on = text.strip(), today
        held.save(update_fields=["answer", "answered_on"])
        SiteQuestion.objects.filter(report_id=held.pk, replied_on__isnull=True).update(ended_on=today)
        journal(actor, held, "sitereports.report.answered")
        messages.to_sender("answered", held)
        return held


@transaction.atomic
def not_take_up(*, actor: Viewer, report: SiteReport, reason: str, today: date) -> SiteReport:
    """End a report without working it through. The sender reads the reason, so it may name nobody either."""
    with handling(actor, report) as held:
        ensure_names_nobody(actor, held, reason, today, field="reason")
        _move(actor, held, "not_take_up", reason)
        held.answer, held.finished_on = reason.strip(), today
        held.save(update_fields=["answer", "finished_on"])
        journal(actor, held, "sitereports.report.not_taken_up")
        messages.to_sender("not_taken_up", held)
        return held


@transaction.atomic
def close(*, actor: Viewer, report: SiteReport, today: date) -> SiteReport:
    """Close an answered report; from this day the term runs after which the sender is forgotten."""
    with handling(actor, report) as held:
        _move(actor, held, "close")
        held.finished_on = today
        held.save(update_fields=["finished_on"])
        journal(actor, held, "sitereports.report.closed")
        return held


def ensure_names_nobody(actor: Viewer, report: SiteReport, text: str, today: date, *, field: str) -> None:
    """Refuse an empty text to the sender, and one that names a firm or a supplier."""
    if not text.strip():
        raise DomainError(_("Write the text for the sender first."), fields={field: _("This is empty.")})
    name = rules.first_name_in(text, names_kept_from_the_sender(actor, report, today))
    if name is not None:
        sentence = _("The sender must not read the name of a company. Take “%(name)s” out of the text.") % {
            "name": name
        }
        raise DomainError(_("The answer was not sent."), fields={field: sentence})


def _move(actor: Viewer, report: SiteReport, name: str, reason: str = "") -> None:
    scopes = policies.scopes_of(report.agreement)
    move(actor=actor, instance=report, machine=states.REPORT, name=name, scopes=scopes, reason=reason)
