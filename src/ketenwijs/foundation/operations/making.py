"""Makes one archive of a running program: database and stored files from one point, with a manifest."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.utils import timezone

from ketenwijs.foundation.files import storage
from ketenwijs.foundation.journal.models import JournalHead
from ketenwijs.foundation.operations.installations import Installation
from ketenwijs.foundation.operations.manifest import NAME, ChainHead, KeptFile, Manifest, Unusable, sha256_of
from ketenwijs.foundation.operations.snapshots import Snapshot, snapshot

PRIVATE = 0o600


def backup(installation: Installation, target: Path) -> Manifest:
    """Write the archive (tar.gz) to `target` while the program runs, and return what is in it.

    The archive appears under its name only when it is complete. It is not encrypted: pipe it through the
    operator's own program (docs/how-to/beheer.md). Raises Unusable when the target exists or the database
    cannot be read. Stored files that are missing or changed do not stop the backup; they are named in
    `damaged`.
    """
    if target.exists():
        raise Unusable(f"{target} exists already. Choose another name; a backup never replaces another.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as working,
        storage.held_still(wait=True),
        snapshot(Path(working), installation.emptied) as taken,
    ):
        manifest = _manifest_of(installation, taken)
        unfinished = Path(working) / "archive"
        _write(unfinished, taken, manifest, installation.files)
        unfinished.rename(target)
    _sync(target.parent)
    return manifest


def table_names() -> list[str]:
    """Tables of all models, managed by us or by the libraries, that exist in the database."""
    existing = set(connection.introspection.table_names())
    wanted = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return sorted(wanted & existing)


def counts_of(taken: Snapshot, emptied: Sequence[str] = ()) -> dict[str, int]:
    """Rows per table in the archive: those at the point of the snapshot, none of the emptied tables."""
    quote = connection.ops.quote_name
    return {
        name: 0 if name in emptied else taken.rows(f"SELECT COUNT(*) FROM {quote(name)}")[0][0]  # noqa: S608 - own names
        for name in table_names()
    }


def _manifest_of(installation: Installation, taken: Snapshot) -> Manifest:
    kept = list(installation.stored(taken))
    journal = JournalHead._meta.db_table
    heads = taken.rows(f"SELECT chain, sequence, hash FROM {journal} ORDER BY chain")  # noqa: S608 - own name
    return Manifest(
        of=installation.name,
        program=program_version(),
        made_at=timezone.now(),
        engine=connection.vendor,
        database=taken.path.name,
        database_sha256=sha256_of(taken.path),
        migrations=_migrations(taken),
        counts=counts_of(taken, installation.emptied),
        journal=[ChainHead(chain=chain, sequence=sequence, hash=digest) for chain, sequence, digest in heads],
        files=kept,
        damaged=[one.stored_name for one in kept if not _is_whole(one)],
        lists=installation.lists(),
    )


def _migrations(taken: Snapshot) -> list[str]:
    if "django_migrations" not in connection.introspection.table_names():
        return []
    return [f"{app}.{name}" for app, name in taken.rows("SELECT app, name FROM django_migrations ORDER BY app, name")]


def program_version() -> str:
    """The version of the program that runs."""
    try:
        return version("ketenwijs")
    except PackageNotFoundError:
        return "unknown"


def _is_whole(file: KeptFile) -> bool:
    path = storage.path_of(file.stored_name)
    return path.is_file() and path.stat().st_size == file.size and sha256_of(path) == file.sha256


def _write(archive: Path, taken: Snapshot, manifest: Manifest, files: str) -> None:
    """Manifest first, so that a restore can refuse before it unpacks."""
    description = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with open(description, "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as container:
            content = manifest.model_dump_json(indent=1).encode()
            member = tarfile.TarInfo(NAME)
            member.size, member.mode, member.mtime = len(content), PRIVATE, int(manifest.made_at.timestamp())
            container.addfile(member, io.BytesIO(content))
            container.add(taken.path, arcname=taken.path.name, filter=_anonymous)
            for file in manifest.files:
                path = storage.path_of(file.stored_name)
                if path.is_file():
                    container.add(path, arcname=f"{files}/{path.parent.name}/{path.name}", filter=_anonymous)
        stream.flush()
        os.fsync(stream.fileno())


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """No user names or rights of this machine in the archive."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = PRIVATE
    return member


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
