"""Whether a file is what it says, and a cleaned copy of it (security.md 7). Pure: bytes in, bytes out."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import PurePosixPath

import magic
import pikepdf
from django.utils.translation import gettext as _
from PIL import Image

from ketenwijs.foundation.ui.errors import DomainError

LONGEST_NAME = 150
MOST_PIXELS = 60_000_000
MOST_MEMBERS = 200
MOST_UNPACKED = 100 * 1024 * 1024
HIGHEST_RATIO = 100
OFFICE = {"docx": "word/", "xlsx": "xl/", "ods": "content.xml"}
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
DANGEROUS_PARTS = ("vbaproject", "macros/", "embeddings/", "activex", "externallinks/")
ACTIVE_PDF = ("/OpenAction", "/AA", "/JavaScript")


def safe_name(name: str) -> str:
    """The name to show: last part of the path, normalised, without control or direction signs, at most 150 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(
        c
        for c in unicodedata.normalize("NFC", last)
        if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")
    )
    stem, dot, extension = plain.strip(" .").rpartition(".")
    if not dot:
        return plain[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}"


def extension_of(name: str) -> str:
    """The lower-case extension, empty when there is none."""
    return PurePosixPath(name).suffix.lstrip(".").lower()


def wrong_type() -> DomainError:
    """The one sentence for every file that is not what its name says."""
    return DomainError(
        _(
            "This file is not what its name says, or holds active parts. Save it anew as a plain file and try again."
        )
    )


def cleaned(data: bytes, extension: str) -> bytes:
    """Check that content and extension agree and return the copy to keep; refuses with a sentence otherwise."""
    if extension in ("jpg", "jpeg", "png"):
        return _image(data, extension)
    if extension == "pdf":
        return _pdf(data)
    if extension in OFFICE:
        check_office(data, extension)
        return data
    if extension in ("csv", "tsv"):
        _text(data)
        return data
    raise wrong_type()


def _image(data: bytes, extension: str) -> bytes:
    """Decoded and written anew: place and camera data are gone, nothing hidden behind the picture survives."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise DomainError(
                    _("This picture is too large. Make it smaller than 60 million pixels and try again.")
                )
            wanted = "PNG" if extension == "png" else "JPEG"
            if picture.format != wanted:
                raise wrong_type()
            kept = picture.convert("RGB") if wanted == "JPEG" else picture.copy()
    except DomainError:
        raise
    except Exception as error:
        raise wrong_type() from error
    out = io.BytesIO()
    kept.save(out, wanted, **({"quality": 88} if wanted == "JPEG" else {}))
    return out.getvalue()


def _pdf(data: bytes) -> bytes:
    if not data.startswith(b"%PDF-"):
        raise wrong_type()
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if document.is_encrypted:
                raise DomainError(_("This PDF is locked with a password. Save it without one and try again."))
            for name in ACTIVE_PDF:
                if name in document.Root:
                    del document.Root[name]
            names = document.Root.get("/Names")
            if names is not None:
                for name in ("/JavaScript", "/EmbeddedFiles"):
                    if name in names:
                        del names[name]
            for page in document.pages:
                if "/AA" in page:
                    del page["/AA"]
            with document.open_metadata() as metadata:
                metadata.clear()
            document.docinfo.clear()
            out = io.BytesIO()
            document.save(out)
    except pikepdf.PasswordError as error:
        raise DomainError(
            _("This PDF is locked with a password. Save it without one and try again.")
        ) from error
    except pikepdf.PdfError as error:
        raise wrong_type() from error
    return out.getvalue()


def check_office(data: bytes, extension: str) -> None:
    """Look at the container before anybody parses it: few members, little when unpacked, no macros or embedded parts."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DomainError(
            _("This file is locked with a password or saved in an old format. Save it anew as %(type)s.")
            % {"type": extension}
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            members = container.infolist()
            _check_members(members)
            names = [member.filename for member in members]
            if not any(name.startswith(OFFICE[extension]) for name in names):
                raise wrong_type()
            _count_unpacked(container, members)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise wrong_type() from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    too_much = len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked / packed > HIGHEST_RATIO
    if too_much:
        raise DomainError(_("This file unpacks to far more than it seems. Save it anew and try again."))
    for member in members:
        name = member.filename.lower()
        if ".." in PurePosixPath(name).parts or name.startswith("/") or member.flag_bits & 1:
            raise wrong_type()
        if any(part in name for part in DANGEROUS_PARTS):
            raise wrong_type()


def _count_unpacked(container: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Sizes in the directory are claims; count while reading."""
    left = MOST_UNPACKED
    for member in members:
        with container.open(member) as stream:
            while chunk := stream.read(1 << 20):
                left -= len(chunk)
                if left < 0:
                    raise DomainError(
                        _("This file unpacks to far more than it seems. Save it anew and try again.")
                    )


def _text(data: bytes) -> None:
    kind = magic.from_buffer(data[:4096], mime=True)
    start = data.lstrip()[:64].lower()
    if start.startswith((b"<", b"\xef\xbb\xbf<")) or kind in (
        "text/html",
        "image/svg+xml",
        "application/zip",
    ):
        raise wrong_type()
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise wrong_type()
