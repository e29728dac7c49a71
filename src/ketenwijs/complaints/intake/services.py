"""Sending and following without script: sealed here, in memory, within the request."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from ketenwijs.complaints.cases import arrival
from ketenwijs.complaints.cases.arrival import Arrived, Opened
from ketenwijs.complaints.cases.models import COMPLAINANT, Envelope, Holder
from ketenwijs.complaints.cases.selectors import holder_of
from ketenwijs.complaints.cases.services.opening import open_case
from ketenwijs.complaints.cases.services.writing import note_word_of
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.intake.brakes import brake, costly_work
from ketenwijs.complaints.sealing import receipts
from ketenwijs.complaints.sealing.payloads import INTAKE
from ketenwijs.complaints.sealing.refusals import Refusal
from ketenwijs.foundation.ui.errors import DomainError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """What somebody sends: words, files, and what they ticked."""

    text: str
    files: Sequence[Arrived] = ()
    for_other: bool = False
    without_chair: bool = False
    kept_place: bool = False
    language: str = ""


def stretch(receipt: str) -> bytes:
    """What a receipt becomes on this site. Raises Busy when too many wait."""
    with costly_work():
        return receipts.stretched(receipt, committee.site_salt())


def send(secret: bytes, told: Told, nonce: str) -> bool:
    """Seal and keep a new case, or add to the case this receipt has already (a sending that was tried again).

    The words are kept before any file. Returns whether all files were kept too.
    """
    body = {
        "text": told.text,
        "for_other": told.for_other,
        "without_chair": told.without_chair,
        "language": told.language,
        "place_kept": told.kept_place,
        "sealed_by": "service",
    }
    now = timezone.now()
    known = holder_of(*_shown(secret))
    if known is None:
        new = arrival.seal_case(stretched=secret, body=body, nonce=nonce, now=now, without_chair=told.without_chair)
        open_case(new)
        known = holder_of(*_shown(secret))
        assert known is not None
    once = receipts.once_token(secret, nonce, told.text)
    if not Envelope.objects.filter(case=known.case, once=once).exists():
        arrival.write(open_again(known, secret), name=INTAKE, kind="text", body=body, now=now, once=once)
        note_word_of(known)
    return _keep_files(known, secret, INTAKE, told.files)


def find(secret: bytes) -> Holder | None:
    """The holder of a receipt; a miss counts as a guess."""
    found = holder_of(*_shown(secret))
    if found is None:
        brake.note("guess")
    return found


def open_again(holder: Holder, secret: bytes) -> Opened:
    """Everything the holder may read, each message checked."""
    return arrival.open_for(holder, secret)


def answer(holder: Holder, secret: bytes, told: Told, nonce: str, *, kind: str = "text", about: int = 0) -> bool:
    """Add words, files, or a yes or no (`kind` consent or remedy, `about` the message that asked) to one's own thread.

    Returns whether all files were kept.
    """
    name = holder.thread
    once = receipts.once_token(secret, nonce, f"{kind} {about} {told.text}")
    body: dict[str, object] = {"text": told.text, "sealed_by": "service"}
    if about:
        body["about"] = about
    if told.text or about:
        arrival.write(open_again(holder, secret), name=name, kind=kind, body=body, now=timezone.now(), once=once)
    if holder.role == COMPLAINANT:
        note_word_of(holder)
    return _keep_files(holder, secret, name, told.files)


def _keep_files(holder: Holder, secret: bytes, name: str, files: Sequence[Arrived]) -> bool:
    for file in files:
        try:
            arrival.write_file(open_again(holder, secret), name=name, file=file, now=timezone.now())
        except (OSError, DomainError, Refusal) as error:
            logger.warning("a file was not kept: %s", type(error).__name__)
            return False
    return True


def _shown(secret: bytes) -> tuple[str, str]:
    keys = receipts.keys_from(secret)
    return keys.locator, keys.proof
