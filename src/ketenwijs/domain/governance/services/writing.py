"""What every service of this app does alike: asks for the right, checks codes, saves by version, writes the journal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.governance import policies
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, Sentence, StaleVersion


def managers_only(actor: Viewer, agreement: Agreement) -> None:
    """Raise NotAllowed for everybody who does not manage this agreement's governance."""
    if not policies.may_manage(actor, agreement):
        raise NotAllowed(_("You may not change this. Ask the lead of the secretariat."))


def refuse(sentence: Sentence, **fields: Sentence) -> NoReturn:
    """Raise a refusal that stands at its fields."""
    raise DomainError(sentence, fields=fields)


def one_of(code: str, known: Collection[str], field: str) -> None:
    """Raise when a code is not in its list."""
    if code not in known:
        raise DomainError(_("Choose a value of the list."), fields={field: _("This value is not known.")})


def known_fields(values: Mapping[str, Any], allowed: Collection[str]) -> None:
    """Raise when the form sent a field that does not belong to it."""
    if set(values) - set(allowed):
        raise DomainError(_("The form holds fields that do not belong there. Reload the page and try again."))


def known_section(agreement: Agreement, section: str, field: str = "section") -> None:
    """Raise when the agreement has no such section."""
    one_of(section, [one.code for one in definition_of(agreement).sections], field)


def known_term(agreement: Agreement, term: str) -> None:
    """Raise when the agreement has no such term."""
    one_of(term, [one.code for one in definition_of(agreement).terms], "term")


def same_agreement(agreement: Agreement, *rows: Any) -> None:
    """Raise when a row of another agreement was named; it is not told that it exists."""
    if any(row is not None and row.agreement_id != agreement.pk for row in rows):
        raise DomainError(_("This does not belong to the agreement. Reload the page and choose again."))


def save_version(row: models.Model, version: int, values: Mapping[str, Any]) -> None:
    """Update a row that still has the version the page showed, else raise StaleVersion."""
    found = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not found.update(**values, version=version + 1):
        raise StaleVersion(_("A colleague saved this in the meantime. Compare both versions and save again."))
    row.refresh_from_db()


def note(
    actor: Viewer, agreement: Agreement, event: str, subject: models.Model, reason: str = "", **values: Any
) -> None:
    """Write an act in the agreement's own journal chain."""
    record(
        actor=actor,
        event=f"governance.{event}",
        subject=subject,
        chain=agreement.slug,
        values=values,
        reason=reason,
    )
