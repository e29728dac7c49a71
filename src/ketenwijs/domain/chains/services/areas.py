"""Releasing the quarry areas of an agreement's members."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.publications import KIND, areas_from
from ketenwijs.domain.chains.selectors.areas import areas_preview, frozen
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.rules import checksum_of
from ketenwijs.foundation.publishing.services import preview as shown_as
from ketenwijs.foundation.publishing.services import publish
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


@transaction.atomic
def publish_areas(*, actor: Viewer, agreement: Agreement, year: ReportYear, today: date, seen: str = "") -> Publication:
    """Publish the areas of a report year as the preview shows them.

    `seen` is the fingerprint of the preview; when chains changed since, nothing is published unseen
    (`StaleVersion`). Refused while an area bears the name of a supplier, a site or a member and nobody decided on it.
    """
    preview = areas_preview(actor, agreement, year)
    if preview is None or not policies.may_release_areas(actor, agreement):
        raise NotAllowed(_("You may not publish quarry areas. Ask the lead of the secretariat."))
    if not preview.countries:
        raise DomainError(_("There are no chains of this year yet, so there is nothing to publish."))
    if preview.undecided:
        raise DomainError(
            _("Names of areas are also the name of a supplier, a site or a member. Decide on these names first.")
        )
    inputs = frozen(preview, today)
    payload = areas_from(inputs)
    if seen and seen != fingerprint(preview_payload=shown_as(KIND, payload)):
        raise StaleVersion(_("The chains changed since you opened the preview. Look at it again and publish then."))
    copy = publish(
        actor=actor, kind=KIND, key=agreement.slug, payload=payload, effective_on=today, chain=agreement.slug,
        inputs=inputs,
    )  # fmt: skip
    withheld = len(preview.withheld)
    values = {"year": year.code, "countries": len(payload.countries), "copy": copy.pk, "too_close": withheld}
    record(actor=actor, event="chains.areas.published", subject=agreement, chain=agreement.slug, values=values)
    return copy


def fingerprint(*, preview_payload: dict[str, object], kind: str = KIND) -> str:
    """A short mark of exactly what a preview shows."""
    day = date.min
    return checksum_of(kind=kind, key="", sequence=0, effective_on=day, payload=preview_payload)[:32]
