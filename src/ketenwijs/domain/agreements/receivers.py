"""Listens to participants (a corrected name, trade or place also changes the public register) and to applied content."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.agreements.publications import publish_membership
from ketenwijs.domain.agreements.services import sync_agreements
from ketenwijs.domain.participants.events import organisation_corrected
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.events import folder_applied


@receiver(organisation_corrected)
def renew_public_copies(sender: object, organisation: Organisation, actor: Viewer, **_words: Any) -> None:
    """Renew the copies of the organisation's memberships; those that say the same already stay as they
    are.
    """
    seen: set[tuple[int, str]] = set()
    memberships = Membership.objects.filter(organisation=organisation).select_related("agreement", "organisation")
    for membership in memberships.order_by("-joined_on"):
        key = (membership.agreement_id, membership.kind)
        if key not in seen:
            seen.add(key)
            publish_membership(actor=actor, membership=membership, effective_on=timezone.localdate())


@receiver(folder_applied)
def follow_applied_content(sender: object, actor: Viewer, **_words: Any) -> None:
    """An agreement whose content was applied exists from then on, with its figures and public copy."""
    sync_agreements(actor=actor)
