"""An optional virus scanner (clamd over its socket); a scanner that is down refuses, it does not accept."""

from __future__ import annotations

import socket
import struct

from django.conf import settings
from django.utils.translation import gettext as _

from ketenwijs.foundation.ui.errors import DomainError

CHUNK = 1 << 16


def refuse_infected(data: bytes) -> None:
    """Do nothing without a configured scanner; otherwise refuse what it finds, and everything while it is down."""
    if not settings.CLAMD_SOCKET:
        return
    try:
        answer = _ask(settings.CLAMD_SOCKET, data)
    except OSError as error:
        raise DomainError(
            _("Files cannot be checked at the moment. Try again later; the rest is saved.")
        ) from error
    if b"OK" not in answer:
        raise DomainError(_("The scanner refused this file. Check your computer and send another copy."))


def _ask(address: str, data: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(20)
        connection.connect(address)
        connection.sendall(b"zINSTREAM\0")
        for place in range(0, len(data), CHUNK):
            piece = data[place : place + CHUNK]
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
        return connection.recv(4096)
