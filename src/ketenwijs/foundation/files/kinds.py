"""The kinds of file that exist here: endings, fixed content type, and what libmagic may call them."""

from __future__ import annotations

from dataclasses import dataclass

ZIP_NAMES = frozenset({"application/zip", "application/octet-stream"})
# libmagic takes many a plain table for something else (a letter, a program); these it may not be.
NOT_A_TABLE = frozenset(
    {
        "text/html",
        "text/xml",
        "text/rtf",
        "text/x-shellscript",
        "text/x-php",
        "image/svg+xml",
        "application/pdf",
    }
)
OFFICE = "application/vnd.openxmlformats-officedocument"
SHEET = f"{OFFICE}.spreadsheetml.sheet"
DOCUMENT = f"{OFFICE}.wordprocessingml.document"
OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class FileKind:
    """One kind of file. `starts` are its first bytes where they are fixed; `heavy` kinds are checked in a
    limited process."""

    code: str
    endings: frozenset[str]
    content_type: str
    magic_names: frozenset[str] = frozenset()
    starts: bytes = b""
    heavy: bool = False

    def agrees(self, content: bytes, named: str) -> bool:
        """Whether first bytes and libmagic's name for the content fit this kind."""
        fits = named in self.magic_names if self.magic_names else named not in NOT_A_TABLE
        return fits and content.startswith(self.starts)


_KINDS = {
    kind.code: kind
    for kind in (
        FileKind("pdf", frozenset({"pdf"}), "application/pdf", frozenset({"application/pdf"}), b"%PDF-", heavy=True),
        FileKind(
            "jpg",
            frozenset({"jpg", "jpeg"}),
            "image/jpeg",
            frozenset({"image/jpeg"}),
            b"\xff\xd8\xff",
            heavy=True,
        ),
        FileKind("png", frozenset({"png"}), "image/png", frozenset({"image/png"}), b"\x89PNG\r\n\x1a\n", heavy=True),
        FileKind("docx", frozenset({"docx"}), DOCUMENT, ZIP_NAMES | {DOCUMENT}, b"PK\x03\x04"),
        FileKind("xlsx", frozenset({"xlsx"}), SHEET, ZIP_NAMES | {SHEET}, b"PK\x03\x04"),
        FileKind("ods", frozenset({"ods"}), OPEN_SHEET, ZIP_NAMES | {OPEN_SHEET}, b"PK\x03\x04"),
        FileKind("csv", frozenset({"csv"}), "text/csv; charset=binary"),
        FileKind("tsv", frozenset({"tsv"}), "text/tab-separated-values; charset=binary"),
    )
}


def file_kind(code: str) -> FileKind:
    """One kind; KeyError when it does not exist here."""
    return _KINDS[code]


def kind_for_name(name: str, allowed: list[FileKind]) -> FileKind | None:
    """The allowed kind with the ending of this name, or None."""
    ending = name.rpartition(".")[2].lower()
    return next((kind for kind in allowed if ending in kind.endings), None)
