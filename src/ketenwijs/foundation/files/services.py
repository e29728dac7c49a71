"""Keeping files. The domain service that calls has checked that the actor may add one here."""

from __future__ import annotations

import hashlib
import logging

import magic
from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.files.checks.every import checked
from ketenwijs.foundation.files.checks.limited import checked_apart
from ketenwijs.foundation.files.kinds import FileKind, kind_for_name
from ketenwijs.foundation.files.models import StoredFile
from ketenwijs.foundation.files.names import shown_name
from ketenwijs.foundation.files.purposes import Purpose, purpose_of
from ketenwijs.foundation.files.refusals import SENTENCES, Refused
from ketenwijs.foundation.files.scanner import Verdict, scan
from ketenwijs.foundation.journal.services import INSTALLATION, record
from ketenwijs.foundation.ui.errors import DomainError

logger = logging.getLogger(__name__)
MAGIC_BYTES = 256 * 1024
Upload = File | tuple[str, bytes]  # what a form gives, or a name with its bytes


@transaction.atomic
def store(
    *,
    actor: Viewer,
    uploaded: Upload,
    purpose: str,
    owner_kind: str,
    owner_key: str | int,
    chain: str = INSTALLATION,
) -> StoredFile:
    """Check, clean and keep a file for a purpose; `owner_kind` and `owner_key` say whose it is.

    Raises DomainError with one sentence when the kind, content or size does not fit, the owner's room is
    full, the scanner finds something, or the disk does not take it. With a scanner that does not answer the
    file is kept in quarantine, where nobody can open it until it was scanned.
    """
    wanted = purpose_of(purpose)
    given_name, content = _received(uploaded, wanted.max_bytes)
    name = shown_name(given_name)
    kind = kind_for_name(name, wanted.kinds)
    if kind is None:
        raise DomainError(_kind_sentence(wanted))
    kept = _checked(content, kind)
    _refuse_over_quota(owner_kind, str(owner_key), len(kept))
    state = _scanned(kept)
    stored = StoredFile.objects.create(
        owner_kind=owner_kind,
        owner_key=str(owner_key),
        purpose=purpose,
        name=name,
        content_type=kind.content_type,
        size=len(kept),
        sha256=hashlib.sha256(kept).hexdigest(),
        stored_name=_written(kept),
        chain=chain,
        state=state,
        created_by=actor.person,
    )
    record(
        actor=actor,
        event="files.file.stored",
        subject=stored,
        chain=chain,
        values={
            "name": name,
            "purpose": purpose,
            "sha256": stored.sha256,
            "size": stored.size,
            "state": state,
        },
    )
    return stored


@transaction.atomic
def remove(*, actor: Viewer, file: StoredFile, reason: str = "") -> None:
    """Forget a file that nothing points to any more (a protected reference raises); the sweeper deletes its
    bytes."""
    record(
        actor=actor,
        event="files.file.removed",
        subject=file,
        chain=file.chain,
        values={"name": file.name, "sha256": file.sha256},
        reason=reason,
    )
    file.delete()


@transaction.atomic
def note_opened(*, actor: Viewer, file: StoredFile) -> None:
    """Write in the journal who opened a confidential file."""
    if purpose_of(file.purpose).confidential:
        record(
            actor=actor,
            event="files.file.opened",
            subject=file,
            chain=file.chain,
            values={"sha256": file.sha256},
        )


@transaction.atomic
def scan_again(*, actor: Viewer, file: StoredFile) -> StoredFile:
    """Offer a file in quarantine to the scanner once more; without an answer it stays there."""
    state = _verdict_state(scan(storage.path_of(file.stored_name).read_bytes(), _scanner_address()))
    if state != file.state:
        file.state = state
        file.save(update_fields=["state"])
        record(actor=actor, event="files.file.scanned", subject=file, chain=file.chain, values={"state": state})
    return file


def _received(uploaded: Upload, most: int) -> tuple[str, bytes]:
    """Name and bytes; one byte more than allowed is read at most."""
    if isinstance(uploaded, tuple):
        name, content = uploaded
    else:
        name = uploaded.name or ""
        uploaded.seek(0)
        content = uploaded.read(most + 1)
    if len(content) > most:
        sentence = _("The file is larger than %(most)s. Make it smaller or split it, and upload that.")
        raise DomainError(sentence % {"most": filesizeformat(most)})
    return name, content


def _kind_sentence(wanted: Purpose) -> str:
    kinds = ", ".join(kind.code for kind in wanted.kinds)
    return _("This kind of file cannot be kept here. Save it as one of these and upload that: %(kinds)s.") % {
        "kinds": kinds
    }


def _checked(content: bytes, kind: FileKind) -> bytes:
    """Ending, first bytes, libmagic and the inside must all agree."""
    try:
        if not content:
            raise Refused("empty")
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            raise Refused("old_office")
        named = magic.from_buffer(content[:MAGIC_BYTES], mime=True)
        if not kind.agrees(content, named):
            raise Refused("mismatch")
        return checked_apart(content, kind.code) if kind.heavy else checked(content, kind.code)
    except Refused as refusal:
        raise DomainError(SENTENCES[refusal.code]) from refusal


def _refuse_over_quota(owner_kind: str, owner_key: str, size: int) -> None:
    quota = settings.FILES_QUOTA_BYTES
    kept = StoredFile.objects.filter(owner_kind=owner_kind, owner_key=owner_key)
    used = kept.aggregate(sum=Sum("size"))["sum"] or 0
    if used + size > quota:
        sentence = _("There is room for %(quota)s of files; this one does not fit. Remove what is not needed.")
        raise DomainError(sentence % {"quota": filesizeformat(quota)})


def _scanner_address() -> str:
    return str(settings.CLAMD_SOCKET)


def _scanned(content: bytes) -> str:
    address = _scanner_address()
    if not address:
        return StoredFile.State.OK
    state = _verdict_state(scan(content, address))
    if state == StoredFile.State.INFECTED:
        raise DomainError(SENTENCES["virus"])
    if state == StoredFile.State.QUARANTINED:
        logger.error("the virus scanner does not answer: a file was put into quarantine")
    return state


def _verdict_state(verdict: Verdict) -> str:
    return {
        Verdict.CLEAN: StoredFile.State.OK,
        Verdict.FOUND: StoredFile.State.INFECTED,
        Verdict.DOWN: StoredFile.State.QUARANTINED,
    }[verdict]


def _written(content: bytes) -> str:
    try:
        return storage.write(content)
    except OSError as error:
        logger.exception("a file could not be written")
        sentence = _("The server has no room for the file now. Nothing was saved; try again later.")
        raise DomainError(sentence) from error
