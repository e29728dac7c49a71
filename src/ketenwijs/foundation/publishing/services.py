"""Publishing a reviewed copy, and withdrawing one. The app that publishes has checked its own right
before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import INSTALLATION, record
from ketenwijs.foundation.publishing.kinds import publication_kind
from ketenwijs.foundation.publishing.models import FrozenInputs, Publication
from ketenwijs.foundation.publishing.rules import checksum_of, inputs_checksum
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion


def preview(kind: str, payload: BaseModel) -> dict[str, Any]:
    """Exactly what `publish` would store, so that preview and public page render one template from one
    payload.

    Raises TypeError when the payload is not of the kind's shape, and pydantic's ValidationError when it was
    changed into something that no longer fits it.
    """
    shape = publication_kind(kind).shape
    if not isinstance(payload, shape):
        raise TypeError(f"{kind} publishes {shape.__name__}, not {type(payload).__name__}")
    return shape.model_validate(payload.model_dump()).model_dump(mode="json")


@transaction.atomic
def publish(
    *,
    actor: Viewer,
    kind: str,
    key: str,
    payload: BaseModel,
    effective_on: date,
    chain: str = INSTALLATION,
    inputs: Mapping[str, Any] | None = None,
) -> Publication:
    """Store a new copy that replaces the one before it from `effective_on` on; the old one stays readable.

    With `inputs` these are kept beside it, and ValueError is raised unless the copy follows from them. Raises StaleVersion
    when somebody else published the same thing at the same moment.
    """
    shown = preview(kind, payload)
    recompute = publication_kind(kind).recompute
    if inputs is not None and (recompute is None or preview(kind, recompute(inputs)) != shown):
        raise ValueError(f"a copy of {kind} does not follow from the inputs given with it")
    publication = _append(actor=actor, kind=kind, key=key, effective_on=effective_on, payload=shown)
    if inputs is not None:
        FrozenInputs.objects.create(publication=publication, inputs=dict(inputs), checksum=inputs_checksum(inputs))
    record(
        actor=actor,
        event="publishing.copy.published",
        subject=publication,
        chain=chain,
        values={"address": publication.address, "checksum": publication.checksum},
    )
    return publication


@transaction.atomic
def withdraw(*, actor: Viewer, publication: Publication, reason: str, chain: str = INSTALLATION) -> Publication:
    """Take a copy down from today on: a new record with the reason, which the public may read.

    Refuses a copy that was replaced or withdrawn already, and an empty reason.
    """
    if not reason.strip():
        raise DomainError(_("Write why this is withdrawn; the reason stays readable for everyone."))
    if publication.is_withdrawal or Publication.objects.filter(supersedes=publication).exists():
        raise StaleVersion(_("This copy was replaced or withdrawn already. Reload the page to see what is public now."))
    withdrawal = _append(
        actor=actor,
        kind=publication.kind,
        key=publication.key,
        effective_on=timezone.localdate(),
        payload={},
        withdrawal_reason=reason.strip(),
    )
    record(
        actor=actor,
        event="publishing.copy.withdrawn",
        subject=withdrawal,
        chain=chain,
        values={"withdrawn": publication.address},
        reason=reason.strip(),
    )
    return withdrawal


def _append(
    *,
    actor: Viewer,
    kind: str,
    key: str,
    effective_on: date,
    payload: dict[str, Any],
    withdrawal_reason: str = "",
) -> Publication:
    """The next row of one kind and key; the unique place in the row decides between two at once."""
    before = Publication.objects.select_for_update().filter(kind=kind, key=key).order_by("-sequence").first()
    sequence = before.sequence + 1 if before else 1
    checksum = checksum_of(kind=kind, key=key, sequence=sequence, effective_on=effective_on, payload=payload)
    try:
        with transaction.atomic():
            return Publication.objects.create(
                kind=kind,
                key=key,
                sequence=sequence,
                payload=payload,
                checksum=checksum,
                published_at=timezone.now(),
                effective_on=effective_on,
                published_by_name=actor.person.name if actor.person else "",
                address=publication_kind(kind).address_of(key, sequence, effective_on),
                is_withdrawal=bool(withdrawal_reason),
                withdrawal_reason=withdrawal_reason,
                supersedes=before,
            )
    except IntegrityError as error:
        sentence = _("Somebody else published this at the same moment. Reload the page to see what is public now.")
        raise StaleVersion(sentence) from error
