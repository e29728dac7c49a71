"""Files that are sent stay in memory until they are sealed; nothing is written to a temporary folder."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_AT_ONCE = 2
"""How many files of the largest size one request may carry together."""


class InMemoryOnly(FileUploadHandler):
    """Keeps the bytes in memory; a file over the limit is let go and `request.upload_too_large` says so."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.total = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.parts: list[bytes] = []
        self.length, self.over = 0, False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece, or drop it once the limit is passed; None: no other handler gets it."""
        self.length += len(raw_data)
        self.total += len(raw_data)
        if self.length > settings.LARGEST_FILE or self.total > MOST_AT_ONCE * settings.LARGEST_FILE:
            self.over, self.parts = True, []
        else:
            self.parts.append(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file, or nothing when it was too large."""
        if self.over:
            self.request.upload_too_large = True  # type: ignore[union-attr]
            return None
        content = io.BytesIO(b"".join(self.parts))
        return InMemoryUploadedFile(
            content,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
