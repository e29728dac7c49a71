"""Office files: the container is read and counted, never believed; active parts and links to elsewhere are
refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from ketenwijs.foundation.files.refusals import Refused

# security.md 7
MOST_MEMBERS = 200
MOST_UNPACKED = 100 * 1024 * 1024
HIGHEST_RATIO = 100
SMALL = 1024 * 1024  # below this a high ratio is harmless, and a relations part above it is not ordinary
STEP = 64 * 1024
OVERLAP = 64
ENCRYPTED_FLAG = 0x1

CONTENT_TYPES = {
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "docx": b"wordprocessingml.document.main+xml",
}
ACTIVE = re.compile(r"vbaproject|vbadata|macrosheets/|activex/|^basic/|^scripts/", re.IGNORECASE)
EMBEDDED = re.compile(r"(^|/)(embeddings|oleobjects?)/|oleobject", re.IGNORECASE)
LINKED = re.compile(r"(^|/)externallinks?/", re.IGNORECASE)
FAULTS = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError,
    ElementTree.ParseError,
)  # fmt: skip
DTD_WORDS = ("<!DOCTYPE", "<!ENTITY")
DTD = tuple(word.encode(coding) for word in DTD_WORDS for coding in ("ascii", "utf-16-le", "utf-16-be"))


def check_office(content: bytes, code: str) -> bytes:
    """Check a docx, xlsx or ods; gives the same bytes back. Ordinary hyperlinks are allowed."""
    plain_container(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            members = container.infolist()
            _check_directory(members, len(content))
            kept = _read_all(container, members)
        _check_kind(kept, code)
        _check_relations(kept)
    except FAULTS as error:
        raise Refused("damaged") from error
    return content


def plain_container(content: bytes) -> None:
    """Nothing before the first member and nothing after the directory: no second file hides around the
    container."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("old_office")
    if not content.startswith(b"PK\x03\x04") or content[-22:-18] != b"PK\x05\x06":
        raise Refused("unsafe_parts")


def _check_directory(members: list[zipfile.ZipInfo], size: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise Refused("too_complex")
    names = [member.filename for member in members]
    if len(set(names)) != len(names) or any(is_strange(name) for name in names):
        raise Refused("unsafe_parts")
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise Refused("encrypted")
    if any(member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for member in members):
        raise Refused("unsafe_parts")
    check_places(members, size)
    for pattern, refusal in ((ACTIVE, "macros"), (EMBEDDED, "embedded"), (LINKED, "external")):
        if any(pattern.search(name) for name in names):
            raise Refused(refusal)


def is_strange(name: str) -> bool:
    """Whether a member's name leads out of the container."""
    return ".." in name.split("/") or name.startswith("/") or "\\" in name or "\x00" in name or ":" in name


def check_places(members: list[zipfile.ZipInfo], size: int) -> None:
    """Members lie one after the other: overlapping ones are how a small file claims an enormous content."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end or (end == 0 and member.header_offset != 0):
            raise Refused("unsafe_parts")
        end = member.header_offset + 30 + len(member.filename.encode()) + member.compress_size
    if end > size:
        raise Refused("unsafe_parts")


def _read_all(container: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Unpack everything once, counting what really comes out; keep only the small parts that say what the
    file is."""
    total = 0
    kept: dict[str, bytes] = {}
    for member in members:
        is_kept = member.filename in {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"}
        is_kept = is_kept or member.filename.endswith(".rels")
        is_text = is_kept or member.filename.lower().endswith((".xml", ".vml", ".rdf"))
        collected, tail, own = bytearray(), b"", 0
        with container.open(member) as stream:
            while piece := stream.read(STEP):
                own += len(piece)
                if total + own > MOST_UNPACKED or own > max(SMALL, HIGHEST_RATIO * member.compress_size):
                    raise Refused("too_complex")
                if is_text and any(word in tail + piece for word in DTD):
                    raise Refused("unsafe_parts")
                tail = piece[-OVERLAP:]
                if is_kept:
                    collected += piece
        total += own
        if is_kept:
            kept[member.filename] = bytes(collected)
    return kept


def _check_kind(kept: dict[str, bytes], code: str) -> None:
    types = kept.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types:
        raise Refused("macros")
    if code == "ods":
        if kept.get("mimetype", b"").strip() != b"application/vnd.oasis.opendocument.spreadsheet":
            raise Refused("mismatch")
        if b"encryption-data" in kept.get("META-INF/manifest.xml", b""):
            raise Refused("encrypted")
    elif CONTENT_TYPES[code] not in types:
        raise Refused("mismatch")


def _check_relations(kept: dict[str, bytes]) -> None:
    """Whatever is fetched from outside by itself is refused; a link that a person has to press is not."""
    for name, relations in kept.items():
        if not name.endswith(".rels"):
            continue
        if len(relations) > SMALL:
            raise Refused("too_complex")
        for relation in ElementTree.fromstring(relations):  # noqa: S314 - parts with a DTD were refused while reading
            outside = relation.get("TargetMode", "").lower() == "external"
            if outside and not relation.get("Type", "").endswith("/hyperlink"):
                raise Refused("external")
