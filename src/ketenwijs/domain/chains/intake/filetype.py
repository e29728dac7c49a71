"""Decides what a file is from its name and from its bytes; where these disagree it is refused."""

from __future__ import annotations

from pathlib import PurePath

from .limits import Limits
from .model import UnreadableSheet

EXTENSIONS = {".xlsx": "xlsx", ".ods": "ods", ".csv": "text", ".tsv": "text", ".tab": "text", ".txt": "text"}

_MACRO_EXTENSIONS = {".xlsm", ".xltm", ".xlam", ".xlsb"}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN_STARTS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ",
    b"\x7fELF", b"MZ", b"{\\rtf", b"SQLite format",
)  # fmt: skip
_MARKUP_STARTS = (
    "<!doctype",
    "<html",
    "<svg",
    "<?xml",
    "<script",
    "<head",
    "<body",
    "<table",
    "<!--",
    "<?php",
    "mime-version",
)


def file_kind(data: bytes, name: str, limits: Limits) -> str:
    """Returns "xlsx", "ods" or "text". Raises UnreadableSheet: wrong_type, encrypted, macros, too_large or
    damaged.
    """
    if len(data) > limits.file_size:
        raise UnreadableSheet("too_large", {"found": len(data), "allowed": limits.file_size})
    extension = PurePath(name).suffix.lower()
    if extension in _MACRO_EXTENSIONS:
        raise UnreadableSheet("macros", {"extension": extension})
    kind = EXTENSIONS.get(extension)
    if kind is None:
        raise UnreadableSheet("wrong_type", {"extension": extension, "allowed": sorted(set(EXTENSIONS))})
    if not data.strip():
        raise UnreadableSheet("damaged", {"what": "empty"})
    if kind == "text":
        _check_text_start(data, extension)
    else:
        _check_container_start(data, extension)
    return kind


def _check_container_start(data: bytes, extension: str) -> None:
    if data.startswith(_OLE):
        # Office encrypts a workbook into an old-style container with a stream of this name.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableSheet("encrypted")
        raise UnreadableSheet("wrong_type", {"extension": extension, "content": "xls"})
    if not data.startswith(_ZIP):
        raise UnreadableSheet("wrong_type", {"extension": extension, "content": "other"})


def _check_text_start(data: bytes, extension: str) -> None:
    if data.startswith((_ZIP, _OLE, b"PK\x05\x06")):
        raise UnreadableSheet("wrong_type", {"extension": extension, "content": "workbook"})
    if data.startswith(_FOREIGN_STARTS):
        raise UnreadableSheet("wrong_type", {"extension": extension, "content": "other"})
    start = data[:2000].replace(b"\x00", b"").decode("latin-1").lstrip("ï»¿ÿþ \t\r\n").lower()
    if start.startswith(_MARKUP_STARTS):
        raise UnreadableSheet("wrong_type", {"extension": extension, "content": "markup"})
