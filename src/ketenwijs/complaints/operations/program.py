"""The complaints program as something that is backed up and restored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ketenwijs.complaints.cases.models import Piece, SealedFile
from ketenwijs.complaints.operations import erased
from ketenwijs.foundation.files import storage
from ketenwijs.foundation.operations import making, restoring
from ketenwijs.foundation.operations.installations import Installation
from ketenwijs.foundation.operations.manifest import KeptFile, Manifest, Unusable, sha256_of
from ketenwijs.foundation.operations.restoring import Restored
from ketenwijs.foundation.operations.snapshots import Snapshot

ERASED = "erased"
"""Name of the list in the manifest."""


def _sealed_files(taken: Snapshot) -> Iterator[KeptFile]:
    """The database keeps no checksum of a sealed file, only its size: the checksum is of what lies there now."""
    table = SealedFile._meta.db_table
    for name, size in taken.rows(f"SELECT stored_name, size FROM {table} ORDER BY stored_name"):  # noqa: S608 - own name
        path = storage.path_of(name)
        yield KeptFile(stored_name=name, size=size, sha256=sha256_of(path) if path.is_file() else "")


COMPLAINTS = Installation(
    name="complaints",
    database="sealed.sqlite3",
    files="sealed",
    stored=_sealed_files,
    examination="ketenwijs.complaints.operations.afterwards",
    data_variable="COMPLAINTS_DATA_DIR",
    database_variable="COMPLAINTS_DATABASE_URL",
    # Who is signed in now must not be so again from an archive; what was still going up is sent again.
    emptied=("django_session", Piece._meta.db_table),
    lists=lambda: {ERASED: erased.listed()},
)


def backup(target: Path) -> Manifest:
    """One archive of this program while it runs. Raises Unusable (see `making.backup`)."""
    return making.backup(COMPLAINTS, target)


def restore(source: Path, data_dir: Path, purged: Path | None) -> Restored:
    """Put an archive back into an empty folder and erase again what was erased since.

    `purged` is the newest list of erased cases; None says that it is lost, then the list in the archive serves. Raises
    Unusable for a list that is older than the archive, and for whatever `restoring.restore` refuses.
    """
    lines = erased.lines_in(purged) if purged else []
    in_archive = restoring.manifest_of(source).lists.get(ERASED, [])
    if purged and not set(in_archive) <= set(lines):
        raise Unusable("The list of erased cases is older than the backup. Take the newest list; nothing was changed.")
    return restoring.restore(COMPLAINTS, source, data_dir, words=[str(purged.resolve())] if purged else [])
