"""Releasing the quarry areas of an agreement's members, and deciding on names that are also somebody's."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import AreaName
from ketenwijs.domain.chains.publications import KIND, areas_from
from ketenwijs.domain.chains.rules.areas import area_key
from ketenwijs.domain.chains.selectors.areas import areas_preview, frozen, is_alike
from ketenwijs.foundation.access.fence import fenced_to_agreement
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.rules import checksum_of
from ketenwijs.foundation.publishing.services import preview as shown_as
from ketenwijs.foundation.publishing.services import publish
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, Sentence, StaleVersion


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


@transaction.atomic
def decide_area_name(
    *, actor: Viewer, agreement: Agreement, year: ReportYear, country: str, area: str, published_as: str, reason: str
) -> AreaName:
    """Decide how an area is called in public that bears the name of a supplier, a site or a member of the agreement.

    `area` is its `area_key`; `published_as` the same name again confirms it, another renames it, none leaves it unnamed.
    Raises `DomainError` without a reason, and for a new name that is somebody's as well.
    """
    preview = areas_preview(actor, agreement, year)
    if preview is None:
        raise NotAllowed(_("You may not publish quarry areas. Ask the lead of the secretariat."))
    asked = {(one.country, area_key(one.area)) for one in preview.undecided}
    if (country, area) not in asked | {(one.country, one.area) for one in preview.decided}:
        raise StaleVersion(_("The chains changed and nothing has to be decided on this name now. Reload the page."))
    name, reason = " ".join(published_as.split()), reason.strip()
    fields: dict[str, Sentence] = {}
    if not reason:
        fields["reason"] = _("Write why; the reason stays in the journal.")
    if name and area_key(name) != area and is_alike(actor, agreement, year, name):
        fields["published_as"] = _("This is also the name of a supplier, a site or a member. Choose another name.")
    if fields:
        raise DomainError(_("The decision was not stored. Correct the marked fields."), fields=fields)
    with fenced_to_agreement(agreement.pk):
        kept, _made = AreaName.objects.update_or_create(
            agreement=agreement, country=country, area=area,
            defaults={"published_as": name, "reason": reason, "decided_by": actor.person},
        )  # fmt: skip
    verdict = ("confirmed" if area_key(name) == area else "renamed") if name else "not named"
    record(
        actor=actor, event="chains.areas.name_decided", subject=kept, chain=agreement.slug, reason=reason,
        values={"country": country, "area": area, "published_as": name, "verdict": verdict},
    )  # fmt: skip
    return kept


def fingerprint(*, preview_payload: dict[str, object], kind: str = KIND) -> str:
    """A short mark of exactly what a preview shows."""
    day = date.min
    return checksum_of(kind=kind, key="", sequence=0, effective_on=day, payload=preview_payload)[:32]
