"""The optional virus scanner, spoken to over its socket (clamd's INSTREAM)."""

from __future__ import annotations

import socket
import struct
from enum import Enum

SECONDS = 30
PIECE = 64 * 1024


class Verdict(Enum):
    """What the scanner says; silence and nonsense both count as down."""

    CLEAN = "clean"
    FOUND = "found"
    DOWN = "down"


def scan(content: bytes, address: str) -> Verdict:
    """Ask the scanner at `address` (path of a socket, or host:port) about these bytes."""
    try:
        with _connection(address) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = b""
            while not answer.endswith(b"\0") and (received := line.recv(4096)):
                answer += received
    except (OSError, ValueError):
        return Verdict.DOWN
    said = answer.rstrip(b"\0\n").strip()
    if said.endswith(b" FOUND"):
        return Verdict.FOUND
    return Verdict.CLEAN if said == b"stream: OK" else Verdict.DOWN


def _connection(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
