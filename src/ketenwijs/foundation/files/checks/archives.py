"""ZIP archives of text files: counted while they are unpacked in memory, never written to disk under their own names."""

from __future__ import annotations

import io
import zipfile

from ketenwijs.foundation.files.checks.office import (
    ENCRYPTED_FLAG,
    FAULTS,
    HIGHEST_RATIO,
    SMALL,
    STEP,
    check_places,
    is_strange,
    plain_container,
)
from ketenwijs.foundation.files.refusals import Refused

# What systems put into an archive by themselves.
LEFT_OUT = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def unpacked(content: bytes, *, most_members: int, most_bytes: int) -> dict[str, bytes]:
    """The files of an archive by their name in it; folders and what systems add are left out.

    Raises Refused for what is no plain ZIP, is protected, holds too many files, unpacks to more than `most_bytes` or far
    more than it looks, or names places outside.
    """
    plain_container(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _refuse_strange(members, most_members)
            check_places(archive.infolist(), len(content))
            return _read(archive, [one for one in members if not _is_left_out(one.filename)], most_bytes)
    except FAULTS as error:
        raise Refused("damaged") from error


def _is_left_out(name: str) -> bool:
    return name.startswith(LEFT_OUT[0]) or name.split("/")[-1] in LEFT_OUT[1:]


def _refuse_strange(members: list[zipfile.ZipInfo], most: int) -> None:
    if len(members) > most:
        raise Refused("too_complex")
    names = [one.filename for one in members]
    if len(set(names)) != len(names) or any(is_strange(name) for name in names):
        raise Refused("unsafe_parts")
    if any(one.flag_bits & ENCRYPTED_FLAG for one in members):
        raise Refused("encrypted")
    if any(one.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for one in members):
        raise Refused("unsafe_parts")


def _read(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], most: int) -> dict[str, bytes]:
    """Piece by piece: what a member says of its own size is not believed."""
    found: dict[str, bytes] = {}
    total = 0
    for member in members:
        collected = bytearray()
        with archive.open(member) as stream:
            while piece := stream.read(STEP):
                collected += piece
                too_dense = len(collected) > max(SMALL, HIGHEST_RATIO * member.compress_size)
                if total + len(collected) > most or too_dense:
                    raise Refused("too_complex")
        total += len(collected)
        found[member.filename] = bytes(collected)
    return found
