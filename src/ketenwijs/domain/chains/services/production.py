"""Releasing the combined list of production locations of an agreement's members."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.publications import LOCATIONS_KIND, locations_from
from ketenwijs.domain.chains.selectors.production import locations_preview
from ketenwijs.domain.chains.services.areas import fingerprint
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.services import preview as shown_as
from ketenwijs.foundation.publishing.services import publish
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


@transaction.atomic
def publish_locations(
    *, actor: Viewer, agreement: Agreement, year: ReportYear, today: date, seen: str = ""
) -> Publication:
    """Publish the list as the preview shows it, in force from its yearly day on.

    Refused for members of fewer company groups than the agreement's minimum: their own lists could be told from it. So is
    a list that differs from an earlier one while fewer groups than that came or went: the difference would be theirs.
    `seen` is the fingerprint of the preview; when chains changed since, nothing is published unseen (`StaleVersion`).
    """
    preview = locations_preview(actor, agreement, year, today)
    if preview is None or not policies.may_release_areas(actor, agreement):
        raise NotAllowed(_("You may not publish production locations. Ask the lead of the secretariat."))
    if preview.groups < preview.minimum:
        raise DomainError(
            _(
                "Company groups that name locations: %(number)s. The minimum is %(minimum)s, so no list can be published yet."
            )
            % {"number": preview.groups, "minimum": preview.minimum}
        )
    if preview.too_close is not None:
        raise DomainError(
            _(
                "Since the list of %(day)s only a few company groups came or went, and the difference would show their "
                "locations. Wait until more change, or publish when the same members take part."
            )
            % {"day": date_format(preview.too_close)}
        )
    payload = locations_from(preview.inputs)
    if seen and seen != fingerprint(preview_payload=shown_as(LOCATIONS_KIND, payload), kind=LOCATIONS_KIND):
        raise StaleVersion(_("The chains changed since you opened the preview. Look at it again and publish then."))
    copy = publish(
        actor=actor, kind=LOCATIONS_KIND, key=agreement.slug, payload=payload, effective_on=preview.as_of,
        chain=agreement.slug, inputs=preview.inputs,
    )  # fmt: skip
    values = {"year": year.code, "locations": len(payload.locations), "copy": copy.pk}
    record(actor=actor, event="chains.locations.published", subject=agreement, chain=agreement.slug, values=values)
    return copy
