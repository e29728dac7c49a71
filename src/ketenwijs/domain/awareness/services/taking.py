"""Taking a released copy of the complaints body's register in, exactly as it was released."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.awareness.publications import COMPLAINTS_KIND, PublicComplaints, PublicKind
from ketenwijs.domain.awareness.released import FORMAT, LARGEST_FILE, ReleasedFile
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.selectors import history
from ketenwijs.foundation.publishing.services import publish
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


@transaction.atomic
def take_release(*, actor: Viewer, agreement: Agreement, content: bytes, today: date) -> Publication:
    """Publish a released file for an agreement; earlier copies stay as they are.

    Only the program itself acts here, on the command of an operator. Refuses a file that is not exactly of the known
    shape, a day still to come, and a copy that is not newer than the last one taken.
    """
    if not actor.is_system:
        raise NotAllowed(_("Copies of the complaints register are taken in by an operator's command."))
    found = read_release(content)
    if found.release.released_on > today:
        raise DomainError(_("This copy was released on a day still to come. Check the clocks of both computers."))
    last = history(COMPLAINTS_KIND, agreement.slug).filter(is_withdrawal=False).first()
    if last is not None and found.release.serial <= last.payload["serial"]:
        raise DomainError(
            _("Copy %(new)s is not newer than copy %(last)s, which was taken before. Release a new copy first.")
            % {"new": found.release.serial, "last": last.payload["serial"]}
        )
    copy = publish(
        actor=actor, kind=COMPLAINTS_KIND, key=agreement.slug, payload=public_copy(found, agreement.slug),
        effective_on=today, chain=agreement.slug,
    )  # fmt: skip
    values = {"serial": found.release.serial, "copy": copy.pk}
    record(actor=actor, event="awareness.release.taken", subject=agreement, chain=agreement.slug, values=values)
    return copy


def read_release(content: bytes) -> ReleasedFile:
    """The file in its strict shape; DomainError with the place of the first fault, never with what stands there."""
    if len(content) > LARGEST_FILE:
        raise DomainError(_("This file is larger than a released copy can be. Nothing was taken."))
    try:
        return ReleasedFile.model_validate_json(content, strict=True)
    except ValidationError as error:
        if b'"release": {}' in content or b'"release":{}' in content:
            raise DomainError(_("The complaints body has released no copy yet. Nothing was taken.")) from error
        place, kind = _first_fault(error)
        sentence = _("This is not a released copy of the form %(form)s: %(place)s (%(fault)s). Nothing was taken.")
        raise DomainError(sentence % {"form": FORMAT, "place": place, "fault": kind}) from error


def public_copy(found: ReleasedFile, slug: str) -> PublicComplaints:
    """What of the file becomes public here: everything about cases and rulings, not who sits in the body."""
    release, names = found.release, found.names
    used = {case.state for case in release.running}
    return PublicComplaints(
        agreement=slug,
        mechanism=names.mechanism,
        register_address=found.address,
        serial=release.serial,
        released_on=release.released_on,
        is_example=release.example,
        kinds=[PublicKind(code=code, name=name) for code, name in names.kinds.items()],
        states=[PublicKind(code=code, name=name) for code, name in names.states.items() if code in used],
        running=list(release.running),
        counts=list(release.counts),
        rulings=list(found.rulings),
    )


def _first_fault(error: ValidationError) -> tuple[str, Any]:
    fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
    return ".".join(str(step) for step in fault["loc"])[:200] or "file", fault["type"]
