"""Publishing the numbers about awareness of one agreement and year."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.awareness.publications import AWARENESS_KIND, frozen_numbers, numbers_from
from ketenwijs.domain.awareness.selectors import sources_of
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.rules import checksum_of
from ketenwijs.foundation.publishing.services import preview, publish
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


@transaction.atomic
def publish_numbers(
    *, actor: Viewer, agreement: Agreement, year: ReportYear, today: date, seen: str = ""
) -> Publication:
    """Publish the numbers of a report year as the preview shows them.

    `seen` is the fingerprint of the preview; when the register changed since, nothing is published unseen
    (`StaleVersion`).
    """
    sources = sources_of(actor, agreement, year)
    if sources is None:
        raise NotAllowed(_("You may not publish these numbers. Ask the lead of the secretariat."))
    if not sources.announced and not sources.named:
        raise DomainError(
            _("No company has put anything into the register of this year, so there is nothing to publish.")
        )
    inputs = frozen_numbers(sources.announced, sources.named, sources.terms, today)
    payload = numbers_from(inputs)
    if seen and seen != fingerprint(preview(AWARENESS_KIND, payload)):
        raise StaleVersion(_("The register changed since you opened the preview. Look at it again and publish then."))
    copy = publish(
        actor=actor, kind=AWARENESS_KIND, key=f"{agreement.slug}/{year.code}", payload=payload, effective_on=today,
        chain=agreement.slug, inputs=inputs,
    )  # fmt: skip
    values = {"year": year.code, "copy": copy.pk}
    record(actor=actor, event="awareness.numbers.published", subject=agreement, chain=agreement.slug, values=values)
    return copy


def fingerprint(payload: dict[str, object]) -> str:
    """A short mark of exactly what a preview shows."""
    return checksum_of(kind=AWARENESS_KIND, key="", sequence=0, effective_on=date.min, payload=payload)[:32]
