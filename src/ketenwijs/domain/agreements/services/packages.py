"""Rows and public copies for the agreements whose content was applied."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements import packages, policies
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.publications import (
    AGREEMENT,
    PIPELINE,
    PIPELINE_KEY,
    agreement_payload,
    pipeline_payload,
)
from ketenwijs.domain.agreements.services.figures import load_observations
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.publishing.selectors import current
from ketenwijs.foundation.publishing.services import preview, publish
from ketenwijs.foundation.ui.errors import NotAllowed


@transaction.atomic
def sync_agreements(*, actor: Viewer) -> list[Agreement]:
    """Make a row for every applied agreement, load its figures, and renew its public copy and that of the policy
    pipeline where the content changed.

    Run after content was applied; doing it again changes nothing.
    """
    publish_pipeline(actor=actor)
    return [sync_agreement(actor=actor, slug=definition.slug) for definition in packages.all_definitions()]


@transaction.atomic
def sync_agreement(*, actor: Viewer, slug: str) -> Agreement:
    """As `sync_agreements`, for one agreement."""
    if not policies.may_start(actor):
        raise NotAllowed(_("Only the operator applies content."))
    agreement, created = Agreement.objects.get_or_create(slug=slug)
    if created:
        record(actor=actor, event="agreements.agreement.added", subject=agreement, chain=agreement.slug)
    publish_agreement(actor=actor, agreement=agreement)
    load_observations(actor=actor, agreement=agreement)
    return agreement


@transaction.atomic
def publish_agreement(*, actor: Viewer, agreement: Agreement) -> bool:
    """Publish what the agreement says, unless the public copy says it already; answers whether it did."""
    if not policies.may_start(actor):
        raise NotAllowed(_("Only the operator applies content."))
    payload = agreement_payload(packages.definition_of(agreement.slug))
    before = current(AGREEMENT, agreement.slug)
    if before is not None and before.payload == preview(AGREEMENT, payload):
        return False
    publish(
        actor=actor, kind=AGREEMENT, key=agreement.slug, payload=payload, effective_on=timezone.localdate(),
        chain=agreement.slug,
    )  # fmt: skip
    return True


@transaction.atomic
def publish_pipeline(*, actor: Viewer) -> bool:
    """Publish the sectors with their stages, unless the public copy says it already; answers whether it did."""
    if not policies.may_start(actor):
        raise NotAllowed(_("Only the operator applies content."))
    file = packages.pipeline()
    if file is None:
        return False
    payload = pipeline_payload(file)
    before = current(PIPELINE, PIPELINE_KEY)
    if before is not None and before.payload == preview(PIPELINE, payload):
        return False
    publish(actor=actor, kind=PIPELINE, key=PIPELINE_KEY, payload=payload, effective_on=timezone.localdate())
    return True
