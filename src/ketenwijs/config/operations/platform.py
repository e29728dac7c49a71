"""The platform as something that is backed up and restored."""

from __future__ import annotations

from collections.abc import Iterator

from ketenwijs.foundation.files.models import StoredFile
from ketenwijs.foundation.operations.installations import Installation
from ketenwijs.foundation.operations.manifest import KeptFile
from ketenwijs.foundation.operations.snapshots import Snapshot


def _stored(taken: Snapshot) -> Iterator[KeptFile]:
    table = StoredFile._meta.db_table
    rows = taken.rows(f"SELECT stored_name, size, sha256 FROM {table} ORDER BY stored_name")  # noqa: S608 - own name
    for name, size, sha256 in rows:
        yield KeptFile(stored_name=name, size=size, sha256=sha256)


PLATFORM = Installation(
    name="platform",
    database="ketenwijs.sqlite3",
    files="files",
    stored=_stored,
    examination="ketenwijs.config.operations.afterwards",
    data_variable="DATA_DIR",
    database_variable="DATABASE_URL",
)
