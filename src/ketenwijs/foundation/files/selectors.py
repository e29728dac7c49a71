"""Finding stored files for somebody who may read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.files.models import StoredFile
from ketenwijs.foundation.files.purposes import purpose_of


def file_for(viewer: Viewer, pk: int) -> StoredFile | None:
    """The file when its purpose lets this viewer read it; absent and foreign are both None."""
    file = StoredFile.objects.filter(pk=pk).first()
    return file if file is not None and purpose_of(file.purpose).may_read(viewer, file) else None


def opened(file: StoredFile) -> BinaryIO:
    """The stored bytes of a file that was found with `file_for`, or that the calling service itself keeps.

    Raises PermissionError for a file in quarantine or refused by the scanner, FileNotFoundError when its
    bytes are gone.
    """
    if file.state != StoredFile.State.OK:
        raise PermissionError("this file is held by the virus scanner")
    return storage.path_of(file.stored_name).open("rb")


def quarantined() -> Iterable[StoredFile]:
    """Files that wait for the scanner, oldest first; for the job that offers them again."""
    return StoredFile.objects.filter(state=StoredFile.State.QUARANTINED).order_by("pk")


def known_names(names: Iterable[str]) -> set[str]:
    """Which of these random names a row points to; for the sweeper."""
    return set(StoredFile.objects.filter(stored_name__in=list(names)).values_list("stored_name", flat=True))
