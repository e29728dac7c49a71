"""A sealed file that goes up in pieces, so that a lost connection costs one piece: kept apart until all are there.

The browser seals the whole file first; a piece is a part of that age file, readable for nobody. Who sends one shows the
right to a case, and the number of the upload, which only that browser knows: nobody else can add to it or finish it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Min, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases.models import Case, Holder, Piece, SealedFile
from ketenwijs.complaints.cases.selectors import stored_bytes
from ketenwijs.complaints.cases.services.writing import NoRoom, add_file
from ketenwijs.complaints.sealing.envelopes import looks_sealed
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.ui.errors import DomainError

PIECE = 256 * 1024
"""Bytes of every piece but the last (security.md 4.6)."""
ROOM = 512 * 1024
"""Bytes that a seal and its size step may add to a file of the largest size."""
MOST_UPLOADS = 2
"""Files that one person may have on the way; beginning one more lets go of the oldest, which was left behind."""


class Incomplete(Exception):
    """Pieces that are not here; the browser sends them again. `missing`: their numbers."""

    def __init__(self, missing: list[int]) -> None:
        super().__init__("pieces are missing")
        self.missing = missing


def is_begun(holder: Holder, upload: str) -> bool:
    """Whether a piece of this upload is here."""
    return Piece.objects.filter(holder=holder, upload=_digest(upload)).exists()


def keep_piece(*, holder: Holder, upload: str, number: int, content: bytes) -> Piece:
    """Keep one piece, in any order; sent again it is kept once.

    Raises DomainError for what is no part of a sealed file or differs from what was sent before, NoRoom for more than
    one file or one case may hold.
    """
    _refuse_unsealed(number, content)
    if number >= most_pieces():
        raise NoRoom(_("This file is too large, or there is no room for it in this case. Send a smaller one."))
    known = _known(holder, upload, number)
    if known:
        return _same(known, content)
    _refuse_full(holder, upload, len(content))
    stored_name = storage.write(content)
    try:
        with transaction.atomic():
            return Piece.objects.create(
                holder=holder, upload=_digest(upload), number=number, stored_name=stored_name, size=len(content)
            )
    except IntegrityError as error:  # the same piece came twice at the same moment
        with suppress(OSError):
            storage.remove(stored_name)
        twin = _known(holder, upload, number)
        if twin is None:
            raise DomainError(_("Something changed meanwhile. Send it again.")) from error
        return _same(twin, content)


def join_pieces(
    *, holder: Holder, name: str, upload: str, count: int, identifier: str, sequence: int, message: bytes
) -> SealedFile:
    """The file of `count` pieces, kept together with the sealed message that names it; then the pieces go.

    Sent again it is kept once. Raises Incomplete, StaleVersion (the pieces stay) and what `add_file` refuses.
    """
    pieces = {one.number: one for one in Piece.objects.filter(holder=holder, upload=_digest(upload))}
    kept = SealedFile.objects.filter(case=holder.case, identifier=identifier).first()
    if kept is None:
        content = _joined([pieces.get(number) for number in range(count)])
        kept = add_file(
            case=holder.case, name=name, identifier=identifier, file=content, sequence=sequence, message=message
        )
    _let_go(pieces.values())
    return kept


def sweep_pieces() -> int:
    """Let go of uploads that were begun too long ago, and of rows whose bytes are gone. Returns how many pieces."""
    since = timezone.now() - timedelta(hours=settings.PIECES_KEPT_HOURS)
    old = set(storage.names_older_than(since))
    begun = set(Piece.objects.filter(stored_name__in=old).values_list("holder", "upload"))
    gone = [
        one
        for one in Piece.objects.all()
        if (one.holder_id, one.upload) in begun or not storage.path_of(one.stored_name).is_file()
    ]
    _let_go(gone)
    return len(gone)


def most_pieces() -> int:
    """Pieces of a file of the largest size."""
    return -(-(settings.LARGEST_FILE + ROOM) // PIECE)


def bytes_on_the_way(case: Case) -> int:
    """Bytes of a case's files that are still going up."""
    return Piece.objects.filter(holder__case=case).aggregate(total=Sum("size"))["total"] or 0


def _refuse_unsealed(number: int, content: bytes) -> None:
    """A first piece begins as an age file does. A later one cannot be told from chance, but text can: it is refused."""
    is_text = True
    try:
        content.decode()
    except UnicodeDecodeError:
        is_text = False
    if is_text or len(content) > PIECE or (number == 0 and not looks_sealed(content)):
        raise DomainError(_("What was sent is not sealed as it must be, so nothing was kept. Reload the page."))


def _refuse_full(holder: Holder, upload: str, size: int) -> None:
    first = Piece.objects.filter(holder=holder).exclude(upload=_digest(upload)).values("upload")
    others = list(first.annotate(first=Min("pk")).order_by("first").values_list("upload", flat=True))
    for old in others[: len(others) - MOST_UPLOADS + 1] if len(others) >= MOST_UPLOADS else []:
        _let_go(Piece.objects.filter(holder=holder, upload=old))
    if stored_bytes(holder.case) + bytes_on_the_way(holder.case) + size > settings.LARGEST_CASE:
        raise NoRoom(_("This file is too large, or there is no room for it in this case. Send a smaller one."))


def _known(holder: Holder, upload: str, number: int) -> Piece | None:
    """A piece that is here already; a row that lost its bytes is no piece and goes."""
    found = Piece.objects.filter(holder=holder, upload=_digest(upload), number=number).first()
    if found and not storage.path_of(found.stored_name).is_file():
        _let_go([found])
        return None
    return found


def _same(known: Piece, content: bytes) -> Piece:
    if storage.path_of(known.stored_name).read_bytes() != content:
        raise DomainError(_("This part differs from what was sent before. Send the whole file again."))
    return known


def _joined(pieces: list[Piece | None]) -> bytes:
    parts, missing = [], []
    for number, piece in enumerate(pieces):
        try:
            parts.append(storage.path_of(piece.stored_name).read_bytes() if piece else b"")
        except FileNotFoundError:
            parts.append(b"")
        if not parts[-1]:
            missing.append(number)
    if missing:
        raise Incomplete(missing)
    if any(len(one) != PIECE for one in parts[:-1]):
        raise DomainError(_("What was sent is not sealed as it must be, so nothing was kept. Reload the page."))
    return b"".join(parts)


def _let_go(pieces: Iterable[Piece]) -> None:
    """The row first: a row may never point at bytes that were taken away on purpose."""
    found = list(pieces)
    Piece.objects.filter(pk__in=[one.pk for one in found]).delete()
    for one in found:
        with suppress(OSError):  # what stays behind goes with the next sweep
            storage.remove(one.stored_name)


def _digest(upload: str) -> str:
    return hashlib.sha256(f"ketenwijs upload 1 {upload}".encode()).hexdigest()
