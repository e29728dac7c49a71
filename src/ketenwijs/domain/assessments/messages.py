"""Mail of the yearly round. Subjects and texts carry no findings and no company name (security.md 8): they say where to look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments import policies
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.assessments.own_words import filled, letter_text
from ketenwijs.foundation.access.selectors import people_with, viewer_of
from ketenwijs.foundation.access.viewer import agreement_scope, organisation_scope
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.mail.messages import render_message
from ketenwijs.foundation.mail.services import queue

FIRM_ROLES = ("company_admin", "company_user")
READER_ROLES = ("secretariat_lead", "assessor")


def handed_in(dossier: Dossier) -> None:
    """To the secretariat: a report came in."""
    _to(_staff(dossier), "handed_in", dossier)


def returned(dossier: Dossier, reason: str) -> None:
    """To the firm: the report is open again; the remarks stand on the page, not in the mail."""
    del reason
    _to(_firm(dossier), "returned", dossier)


def findings_sent(dossier: Dossier) -> None:
    """To the firm: draft findings are there, reply until."""
    _to(_firm(dossier), "findings_sent", dossier)


def reply_finished(dossier: Dossier) -> None:
    """To the assessor: the firm finished its reply."""
    _to([dossier.assessor] if dossier.assessor else _staff(dossier), "reply_finished", dossier)


def published(dossier: Dossier) -> None:
    """To the firm: the outcome is public."""
    _to(_firm(dossier), "published", dossier)


def closed(dossier: Dossier) -> None:
    """To the firm: the report is finished; only totals become public."""
    _to(_firm(dossier), "closed", dossier)


def decided(dossier: Dossier) -> None:
    """To the second reader: an outcome waits. Where none is assigned, to whoever may be it."""
    if dossier.second_reader:
        readers = [dossier.second_reader]
    else:
        scope = agreement_scope(dossier.round.agreement.slug)
        staff = {person.pk: person for role in READER_ROLES for person in people_with(role, scope)}.values()
        readers = [person for person in staff if policies.may_confirm(viewer_of(person), dossier)]
    _to(readers, "decided", dossier)


def reminder(dossier: Dossier, today: date, planned: date) -> int:
    """To the firm: the report is due soon or late. One message per dossier and planned day; returns how many people."""
    people = _firm(dossier)
    _to(people, "reminder", dossier, key=f"reminder-{planned.isoformat()}", late=_is_late(dossier, today))
    return len(people)


def reply_reminder(dossier: Dossier, planned: date) -> int:
    """To the firm: the reply period ends soon. One message per dossier and planned day; returns how many people."""
    people = _firm(dossier)
    _to(people, "reply_reminder", dossier, key=f"reply-{planned.isoformat()}")
    return len(people)


def _is_late(dossier: Dossier, today: date) -> bool:
    return bool(dossier.round.due_on and dossier.round.due_on < today)


def _firm(dossier: Dossier) -> list[Person]:
    scope = organisation_scope(dossier.organisation_id)
    return list({person.pk: person for role in FIRM_ROLES for person in people_with(role, scope)}.values())


def _staff(dossier: Dossier) -> list[Person]:
    """Whoever assesses; where nobody does, the coordinator, so that no message is sent to nobody."""
    scope = agreement_scope(dossier.round.agreement.slug)
    return list(people_with("assessor", scope)) or list(people_with("secretariat_lead", scope))


def _to(people: Iterable[Person | None], name: str, dossier: Dossier, key: str = "", late: bool = False) -> None:
    page = settings.PUBLIC_ADDRESS + reverse("assessments:dossier", args=[dossier.pk])
    for person in people:
        if person is None or not person.is_active:
            continue
        context = {"person": person, "page": page, "round": dossier.round, "dossier": dossier, "late": late}
        subject, body = _words_of(name, context, person.language)
        dedupe = f"{key}-{dossier.pk}-{person.pk}" if key else None
        queue(to=person.email, subject=subject, body=body, dedupe_key=dedupe)


def _words_of(name: str, context: dict[str, Any], language: str) -> tuple[str, str]:
    """Subject and body: in the agreement's own words where its package has them, else in the program's."""
    dossier: Dossier = context["dossier"]
    own = letter_text(dossier.round.agreement.slug, "late" if context["late"] else name)
    if own is None:
        return render_message(f"assessments/mail/{name}.txt", context, language)
    with translation.override(language):
        day = dossier.reply_due_on if name in ("findings_sent", "reply_reminder") else dossier.round.due_on
        gaps = {
            "agreement": str(definition_of(dossier.round.agreement).name),
            "year": dossier.round.year,
            "day": date_format(day) if day else "",
        }
        words = {part: filled(getattr(own, part), gaps) for part in ("subject", "opening", "closing")}
    return render_message("assessments/mail/own_words.txt", {**context, **words}, language)
