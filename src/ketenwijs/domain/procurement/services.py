"""Asking, recording and answering questions of contracting authorities."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.procurement import policies
from ketenwijs.domain.procurement.models import Enquiry
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


@transaction.atomic
def ask(
    *,
    actor: Viewer,
    agreement: Agreement,
    authority: Organisation,
    kind: str,
    about: str,
    question: str,
    asked_on: date,
) -> Enquiry:
    """An authority asks the secretariat. `about` is free text: whether that firm takes part is not told here (case 11)."""
    if not (policies.may_ask(actor) and actor.acting_for == authority.pk):
        raise NotAllowed(_("Only people of the contracting authority itself may ask on its behalf."))
    return _record(actor, agreement, authority, kind, about, question, asked_on, str(actor.person or ""))


@transaction.atomic
def record_question(
    *,
    actor: Viewer,
    agreement: Agreement,
    authority: Organisation | None,
    kind: str,
    about: str,
    question: str,
    asked_on: date,
    asked_by_name: str,
) -> Enquiry:
    """The secretariat writes down a question that came by telephone or mail, so that the annual report counts it."""
    if not policies.may_answer(actor, agreement.slug):
        raise NotAllowed(_("Only the secretariat records questions."))
    return _record(actor, agreement, authority, kind, about, question, asked_on, asked_by_name)


def _record(
    actor: Viewer,
    agreement: Agreement,
    authority: Organisation | None,
    kind: str,
    about: str,
    question: str,
    asked_on: date,
    asked_by_name: str,
) -> Enquiry:
    if kind not in Enquiry.Kind.values:
        raise DomainError(_("Choose what the question is about."), fields={"kind": _("Choose one of the kinds.")})
    enquiry = Enquiry.objects.create(
        agreement=agreement,
        authority=authority,
        asked_by=actor.person,
        asked_by_name=asked_by_name,
        asked_on=asked_on,
        kind=kind,
        about=about.strip(),
        question=question.strip(),
    )
    record(
        actor=actor,
        event="procurement.enquiry.asked",
        subject=enquiry,
        chain=agreement.slug,
        values={"kind": kind, "authority": authority.pk if authority else None},
    )
    return enquiry


@transaction.atomic
def answer(*, actor: Viewer, enquiry: Enquiry, text: str, version: int) -> Enquiry:
    """Answer a question; two people answering at once: the second is told (security case 48)."""
    if not policies.may_answer(actor, enquiry.agreement.slug):
        raise NotAllowed(_("Only the secretariat answers questions."))
    if not text.strip():
        raise DomainError(_("Write the answer first."), fields={"answer": _("The answer is empty.")})
    changed = Enquiry.objects.filter(pk=enquiry.pk, version=version).update(
        answer=text.strip(), answered_by=actor.person, answered_on=timezone.localdate(), version=version + 1
    )
    if not changed:
        raise StaleVersion(_("A colleague answered in the meantime. Compare both texts and save again."))
    record(actor=actor, event="procurement.enquiry.answered", subject=enquiry, chain=enquiry.agreement.slug)
    enquiry.refresh_from_db()
    return enquiry
