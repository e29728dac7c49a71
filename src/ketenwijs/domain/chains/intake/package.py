"""Opens the container of a workbook without believing its own figures: parts are counted while unpacked."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .limits import Limits
from .model import UnreadableSheet

_CHUNK = 1 << 18
_END_RECORD = b"PK\x05\x06"
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED_FLAG = 0x1
_XML_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<")
_DECLARED_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")


class Package:
    """A checked zip container. Raises UnreadableSheet on any sign of a bomb, encryption or damage."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._unpacked = 0
        self._kept: dict[str, bytes] = {}
        _check_member_count(data, limits)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._members = archive.infolist()
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableSheet("damaged") from error
        self._check_directory()
        self._by_name = {member.filename: member for member in self._members}

    @property
    def names(self) -> list[str]:
        """Names of the parts."""
        return [member.filename for member in self._members]

    def part(self, name: str) -> bytes | None:
        """The unpacked content of one part, checked, or None where there is none. XML must be plain UTF-8
        without DTD.
        """
        if name not in self._by_name:
            return None
        if name not in self._kept:
            content = b"".join(self._unpack(self._by_name[name]))
            if name.endswith((".xml", ".rels")) or _XML_START.match(content[:64]):
                _check_xml(content)
            self._kept[name] = content
        return self._kept[name]

    def forget(self, name: str) -> None:
        """Gives back the memory of a part that has been dealt with."""
        self._kept.pop(name, None)

    def _check_directory(self) -> None:
        limits = self._limits
        if len(self._members) > limits.members:
            raise UnreadableSheet("bomb", {"what": "members", "found": len(self._members), "allowed": limits.members})
        if len({member.filename for member in self._members}) != len(self._members):
            raise UnreadableSheet("damaged", {"what": "double_member"})
        for member in self._members:
            self._check_member(member)
        declared = sum(member.file_size for member in self._members)
        if declared > limits.unpacked:
            raise UnreadableSheet("bomb", {"what": "size", "found": declared, "allowed": limits.unpacked})
        self._check_overlap()

    def _check_member(self, member: zipfile.ZipInfo) -> None:
        name = member.filename
        if ".." in name.split("/") or name.startswith("/") or "\\" in name or ":" in name:
            raise UnreadableSheet("damaged", {"what": "member_name"})
        if member.flag_bits & _ENCRYPTED_FLAG:
            raise UnreadableSheet("encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableSheet("damaged", {"what": "compression"})
        self._check_ratio(member.file_size, member.compress_size)

    def _check_ratio(self, unpacked: int, packed: int) -> None:
        limits = self._limits
        if unpacked > limits.ratio_from and unpacked > limits.ratio * max(packed, 1):
            raise UnreadableSheet(
                "bomb", {"what": "ratio", "found": unpacked // max(packed, 1), "allowed": limits.ratio}
            )

    def _check_overlap(self) -> None:
        """Two entries that share bytes let a small file unpack into a huge one without a suspicious ratio."""
        end = 0
        for member in sorted(self._members, key=lambda member: member.header_offset):
            if member.header_offset < end:
                raise UnreadableSheet("bomb", {"what": "overlap"})
            start, name = self._content_start(member)
            if name != member.filename.encode("utf-8") and name != member.orig_filename.encode("cp437", "replace"):
                raise UnreadableSheet("damaged", {"what": "member_name"})
            end = start + member.compress_size
        if end > len(self._data):
            raise UnreadableSheet("damaged", {"what": "cut_off"})

    def _content_start(self, member: zipfile.ZipInfo) -> tuple[int, bytes]:
        offset = member.header_offset
        try:
            header = _LOCAL_HEADER.unpack_from(self._data, offset)
        except struct.error as error:
            raise UnreadableSheet("damaged", {"what": "cut_off"}) from error
        if header[0] != b"PK\x03\x04":
            raise UnreadableSheet("damaged", {"what": "member_header"})
        name_length, extra_length = header[9], header[10]
        name_start = offset + _LOCAL_HEADER.size
        return name_start + name_length + extra_length, self._data[name_start : name_start + name_length]

    def _unpack(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Counts what really comes out, since the size that the directory states is the sender's claim."""
        start, _ = self._content_start(member)
        packed = memoryview(self._data)[start : start + member.compress_size]
        produced, checksum = 0, 0
        for chunk in _inflate(packed, member.compress_type):
            produced += len(chunk)
            self._unpacked += len(chunk)
            if self._unpacked > self._limits.unpacked or produced > member.file_size:
                raise UnreadableSheet("bomb", {"what": "size", "allowed": self._limits.unpacked})
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if produced != member.file_size or checksum != member.CRC:
            raise UnreadableSheet("damaged", {"what": "checksum"})


def _inflate(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for position in range(0, len(packed), _CHUNK):
            yield bytes(packed[position : position + _CHUNK])
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    source: bytes | memoryview = packed
    try:
        while not unpacker.eof:
            chunk = unpacker.decompress(source, _CHUNK)
            source = unpacker.unconsumed_tail
            if not chunk and not source:
                break
            yield chunk
    except zlib.error as error:
        raise UnreadableSheet("damaged", {"what": "compression"}) from error
    if not unpacker.eof or unpacker.unused_data:
        raise UnreadableSheet("damaged", {"what": "compression"})


def _check_member_count(data: bytes, limits: Limits) -> None:
    """Looks at the end record first: parsing a directory of hundreds of thousands of names costs time by
    itself.
    """
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableSheet("damaged", {"what": "not_a_container"})
    position = data.rfind(_END_RECORD, max(0, len(data) - 66_000))
    if position < 0 or position + 22 > len(data):
        raise UnreadableSheet("damaged", {"what": "cut_off"})
    count, size = struct.unpack_from("<HI", data, position + 10)
    if count > limits.members or size > limits.members * 2_000:
        raise UnreadableSheet("bomb", {"what": "members", "found": count, "allowed": limits.members})


def _check_xml(content: bytes) -> None:
    """Other encodings would hide references from the checks; a DTD can define entities that grow or fetch."""
    declared = _DECLARED_ENCODING.match(content[:200])
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:200]:
        raise UnreadableSheet("unsupported_encoding", {"encoding": "UTF-16"})
    if declared and declared.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise UnreadableSheet("unsupported_encoding", {"encoding": declared.group(1).decode("ascii", "replace")})
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnreadableSheet("has_doctype")
