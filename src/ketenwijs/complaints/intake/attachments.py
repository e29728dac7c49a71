"""What people may add, told by its first bytes; place and camera are taken out of pictures unless they stay as proof."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile

from ketenwijs.complaints.cases.arrival import Arrived
from ketenwijs.foundation.files.checks.images import clean_image
from ketenwijs.foundation.files.refusals import Refused

# First bytes (at a place), type, ending. Names that people give never matter: they can tell who they are.
KINDS = (
    (0, b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (0, b"%PDF-", "application/pdf", "pdf"),
    (0, b"OggS", "audio/ogg", "ogg"),
    (0, b"#!AMR", "audio/amr", "amr"),
    (0, b"\x1aE\xdf\xa3", "audio/webm", "webm"),
    (0, b"ID3", "audio/mpeg", "mp3"),
    (0, b"\xff\xfb", "audio/mpeg", "mp3"),
    (0, b"\xff\xf3", "audio/mpeg", "mp3"),
    (0, b"\xff\xf1", "audio/aac", "aac"),
    (8, b"WAVE", "audio/wav", "wav"),
    (4, b"ftypM4A", "audio/mp4", "m4a"),
    (4, b"ftyp3gp", "audio/3gpp", "3gp"),
    (4, b"ftypisom", "audio/mp4", "m4a"),
    (4, b"ftypmp42", "audio/mp4", "m4a"),
)


class BadFile(Exception):
    """A file of a kind that is not taken, or a damaged picture."""


def arrived(files: Iterable[UploadedFile], *, keep_place: bool) -> list[Arrived]:
    """The files as they will be sealed, numbered instead of named. Raises BadFile; then nothing may be kept."""
    return [_arrived(file.read(), number, keep_place) for number, file in enumerate(files, start=1)]


def _arrived(content: bytes, number: int, keep_place: bool) -> Arrived:
    found = next((row for row in KINDS if content[row[0] : row[0] + len(row[1])] == row[1]), None)
    if found is None:
        raise BadFile
    _place, _start, kind, ending = found
    if kind.startswith("image/"):
        try:
            cleaned = clean_image(content, ending)
        except Refused as error:
            raise BadFile from error
        content = content if keep_place else cleaned
    return Arrived(f"{number}.{ending}", kind, content)
