"""Mail about reports. To firms and the secretariat neutral: no place, no text, no sender; it says where to look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.sitereports import policies, rules
from ketenwijs.domain.sitereports.models import SiteQuestion, SiteReport
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.selectors import people_with
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION, Scope, agreement_scope, organisation_scope
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.mail.messages import render_message
from ketenwijs.foundation.mail.services import queue


def that_reports_came(agreement: Agreement, today: date) -> None:
    """To everybody who handles reports of the agreement, once a day: a flood of reports is no flood of mail."""
    page = reverse("sitereports:reports", args=[agreement.slug])
    once = f"sitereports:{agreement.slug}:{today:%Y%m%d}"
    _to(_holders(policies.HANDLE, AGREEMENT, agreement_scope(agreement.slug)), "received", page, once)


def that_a_firm_replied(agreement: Agreement, report_pk: int) -> None:
    """To everybody who handles reports of the agreement."""
    page = reverse("sitereports:report", args=[agreement.slug, report_pk])
    _to(_holders(policies.HANDLE, AGREEMENT, agreement_scope(agreement.slug)), "replied", page, None)


def to_firm(question: SiteQuestion) -> None:
    """To everybody of the firm who may reply for it."""
    page = reverse("sitereports:question", args=[question.token])
    _to(_holders(policies.REPLY, ORGANISATION, organisation_scope(question.organisation_id)), "asked", page, None)


def to_sender(name: str, report: SiteReport) -> None:
    """To the sender, when an address was given. Holds what the sender wrote nothing of, and nothing about firms."""
    if not report.sender_email:
        return
    context = {
        "agreement": _name_of(report.agreement, report.sender_language),
        "number": rules.in_groups(report.number),
        "page": settings.PUBLIC_ADDRESS + reverse("sitereports:follow"),
        "lines": report.answer.splitlines(),
    }
    subject, body = render_message(f"sitereports/mail/{name}.txt", context, report.sender_language)
    queue(to=report.sender_email, subject=subject, body=body)


def _name_of(agreement: Agreement, language: str) -> str:
    return definition_of(agreement).name.in_language(language)


def _holders(right: str, kind: str, scope: Scope) -> list[Person]:
    codes = [one.code for one in roles.all_roles().values() if one.scope == kind and right in one.rights]
    return list({person.pk: person for code in codes for person in people_with(code, scope)}.values())


def _to(people: Iterable[Person], name: str, page: str, once: str | None) -> None:
    for person in people:
        if person.is_active:
            context = {"person": person, "page": settings.PUBLIC_ADDRESS + page}
            subject, body = render_message(f"sitereports/mail/{name}.txt", context, person.language)
            key = f"{once}:{person.pk}" if once else None
            queue(to=person.email, subject=subject, body=body, dedupe_key=key)
