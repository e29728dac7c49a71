"""Adding to a case: messages and files, both only sealed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases.models import Case, Envelope, HeardParty, Holder, SealedFile, Thread
from ketenwijs.complaints.cases.rules import week_of
from ketenwijs.complaints.cases.selectors import newest_threads, next_sequence, stored_bytes
from ketenwijs.complaints.sealing.envelopes import looks_sealed
from ketenwijs.complaints.sealing.payloads import is_party
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion

LARGEST_MESSAGE = 1024 * 1024
"""Bytes of one sealed message; longer words are sent as a file."""


@dataclass(frozen=True)
class Letter:
    """A sealed message and the number it gets in its thread."""

    sequence: int
    sealed: bytes


class NoRoom(DomainError):
    """The file or the case would become larger than may be."""


@transaction.atomic
def add_message(
    *, case: Case, name: str, sequence: int, sealed: bytes, once: str = "", is_key: bool = False
) -> Envelope:
    """Append one envelope to the newest epoch of a thread. Sent again with the same `once` it is kept once.

    Of a heard party only a holder sends with `once`, which tells that it answered. Refuses a thread whose hearing is
    closed (but for a new key, `is_key`), what is not sealed, and a number that somebody else's message took: then it must
    be sealed again, because every message names the one before it.
    """
    known = Envelope.objects.filter(case=case, once=once).first() if once else None
    if known:
        return known
    thread = _open_thread(case, name)
    if is_party(name) and not is_key:
        _refuse_closed_hearing(case, name)
    if not looks_sealed(sealed) or len(sealed) > LARGEST_MESSAGE:
        raise DomainError(_("What was sent is not sealed as it must be, so nothing was kept. Reload the page."))
    if sequence != next_sequence(case, name):
        raise StaleVersion(_("Another message came in between. Reload the page and send yours again."))
    try:
        with transaction.atomic():
            kept = Envelope.objects.create(
                case=case, name=name, epoch=thread.epoch, sequence=sequence, sealed=sealed, once=once
            )
    except IntegrityError as error:
        raise StaleVersion(_("Another message came in between. Reload the page and send yours again.")) from error
    if once and is_party(name):
        answered = HeardParty.objects.filter(case=case, name=name, answered_week=None)
        answered.update(answered_week=week_of(timezone.localdate()))
    return kept


def add_file(*, case: Case, name: str, identifier: str, file: bytes, sequence: int, message: bytes) -> SealedFile:
    """Keep a sealed file and, in the same transaction, the sealed message that names it.

    The bytes are on disk before the row, so a row never points at half a file. A file sent again is kept once.
    """
    known = SealedFile.objects.filter(case=case, identifier=identifier).first()
    if known:
        return known
    if not looks_sealed(file):
        raise DomainError(_("What was sent is not sealed as it must be, so nothing was kept. Reload the page."))
    too_large = len(file) > settings.LARGEST_FILE + 512 * 1024
    if too_large or stored_bytes(case) + len(file) > settings.LARGEST_CASE:
        raise NoRoom(_("This file is too large, or there is no room for it in this case. Send a smaller one."))
    stored_name = storage.write(file)
    try:
        with transaction.atomic():
            thread = _open_thread(case, name)
            kept = SealedFile.objects.create(
                case=case,
                identifier=identifier,
                name=name,
                epoch=thread.epoch,
                stored_name=stored_name,
                size=len(file),
            )
            add_message(case=case, name=name, sequence=sequence, sealed=message)
            return kept
    except Exception:
        with suppress(OSError):
            storage.remove(stored_name)
        raise


def note_word_of(holder: Holder) -> None:
    """The complainant wrote: the case is kept long enough for an answer to be read."""
    Case.objects.filter(pk=holder.case_id).update(last_word_week=week_of(timezone.localdate()))


def note_read(case: Case, sequence: int) -> None:
    """A member opened the intake thread up to a number."""
    Case.objects.filter(pk=case.pk, read_to__lt=sequence).update(read_to=sequence)


def _refuse_closed_hearing(case: Case, name: str) -> None:
    if HeardParty.objects.filter(case=case, name=name).exclude(closed_week=None).exists():
        raise DomainError(_("This hearing is closed; nothing more can be written here."))


def _open_thread(case: Case, name: str) -> Thread:
    Case.objects.select_for_update().get(pk=case.pk)
    thread = newest_threads(case).get(name)
    if thread is None:
        raise DomainError(_("There is no such thread in this case. Reload the page."))
    return thread
