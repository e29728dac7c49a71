"""The check that belongs to each kind of file."""

from __future__ import annotations

from ketenwijs.foundation.files.checks.office import check_office
from ketenwijs.foundation.files.checks.text import check_text


def checked(content: bytes, code: str) -> bytes:
    """The bytes to keep for content of this kind; raises Refused."""
    if code in {"csv", "tsv"}:
        return check_text(content)
    if code == "pdf":
        # Loaded where they are used: the web process itself never opens a PDF or a picture.
        from ketenwijs.foundation.files.checks.pdf import clean_pdf

        return clean_pdf(content)
    if code in {"jpg", "png"}:
        from ketenwijs.foundation.files.checks.images import clean_image

        return clean_image(content, code)
    return check_office(content, code)
