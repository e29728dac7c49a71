"""Puts a backup back into an empty place and proves that it is whole before anybody uses it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pydantic import ValidationError

from ketenwijs.foundation.files import storage
from ketenwijs.foundation.operations.installations import Installation
from ketenwijs.foundation.operations.manifest import FORMAT, NAME, Manifest, Unusable, sha256_of
from ketenwijs.foundation.operations.snapshots import NAMES, POSTGRESQL, SQLITE, run_postgres

FAILED = "What was unpacked lies in the data folder; do not serve it. Empty the folder and use another backup."


@dataclass(frozen=True)
class Restored:
    """What came back: rows in all tables together, stored files, journal entries that verify, messages held back, and
    what the program itself settled (by name, how many)."""

    manifest: Manifest
    rows: int
    files: int
    journal_entries: int
    messages_held: int
    settled: dict[str, int]


def restore(installation: Installation, source: Path, data_dir: Path, words: Sequence[str] = ()) -> Restored:
    """Unpack an archive into an empty data folder and check it against its manifest; nothing in it goes out
    by mail.

    A SQLite backup becomes the database in the folder; a PostgreSQL backup goes into the configured, empty database.
    `words` go to the program's own examination. Raises Unusable for a folder or database that is not empty, an archive
    that is damaged or does not fit its manifest, one of another program or a newer version, or a journal that does not
    verify.
    """
    if data_dir.exists() and any(data_dir.iterdir()):
        raise Unusable(f"{data_dir} is not empty. Restore into an empty folder; nothing was changed.")
    with _opened(source) as container:
        manifest = _manifest_in(container)
        _refuse_other_program(installation, manifest)
        _refuse_newer(manifest)
        _refuse_other_engine(installation, manifest)
        data_dir.mkdir(mode=0o750, parents=True, exist_ok=True)
        container.extractall(data_dir, filter="data")
    _check_unpacked(installation, manifest, data_dir)
    _place_database(installation, manifest, data_dir)
    return _checked_inside(installation, manifest, data_dir, words)


def manifest_of(source: Path) -> Manifest:
    """What an archive says about itself; nothing is unpacked. Raises Unusable."""
    with _opened(source) as container:
        return _manifest_in(container)


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    if not source.is_file():
        raise Unusable(f"There is no file {source}.")
    try:
        with tarfile.open(source, mode="r:gz") as container:
            yield container
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise Unusable(f"The archive cannot be read ({error}). Use another backup.") from error


def _manifest_in(container: tarfile.TarFile) -> Manifest:
    """The manifest must come first; everything else is believed only as far as it agrees with it."""
    first = container.next()
    stream = container.extractfile(first) if first is not None and first.name == NAME else None
    if stream is None:
        raise Unusable("This is not a backup of this program: it does not start with a manifest.")
    try:
        manifest = Manifest.model_validate_json(stream.read())
    except ValidationError as error:
        raise Unusable("The manifest of this backup cannot be read. It may come from a newer version.") from error
    if manifest.format != FORMAT:
        raise Unusable(f"This backup has format {manifest.format}; this version reads format {FORMAT}.")
    return manifest


def _refuse_other_program(installation: Installation, manifest: Manifest) -> None:
    if manifest.of != installation.name:
        raise Unusable(f"This is a backup of another program ({manifest.of}). Restore it with that program's command.")


def _refuse_newer(manifest: Manifest) -> None:
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = [pair for migration in on_disk.values() for pair in migration.replaces]
    unknown = sorted(set(manifest.migrations) - {f"{app}.{name}" for app, name in [*on_disk, *replaced]})
    if unknown:
        sentence = f"This backup was made by a newer version (it knows {unknown[0]})."
        raise Unusable(f"{sentence} Install {manifest.program} or later.")


def _refuse_other_engine(installation: Installation, manifest: Manifest) -> None:
    if manifest.engine not in NAMES or manifest.database != NAMES[manifest.engine]:
        raise Unusable(f"This backup holds a database of an unknown kind ({manifest.engine}).")
    if manifest.engine != connection.vendor:
        sentence = (
            f"This backup is of {manifest.engine}; {installation.database_variable} points to {connection.vendor}."
        )
        raise Unusable(f"{sentence} Set it to match.")
    if manifest.engine == POSTGRESQL and connection.introspection.table_names():
        raise Unusable(
            f"The database in {installation.database_variable} is not empty. Make a new one; nothing was changed."
        )


def _check_unpacked(installation: Installation, manifest: Manifest, data_dir: Path) -> None:
    expected = {manifest.database: manifest.database_sha256}
    for file in manifest.files:
        if file.stored_name not in manifest.damaged:
            path = storage.path_of(file.stored_name, within=Path(installation.files))
            expected[str(path)] = file.sha256
    for name, digest in expected.items():
        path = data_dir / name
        if not path.is_file() or sha256_of(path) != digest:
            raise Unusable(f"{name} is missing from the backup or damaged. {FAILED}")


def _place_database(installation: Installation, manifest: Manifest, data_dir: Path) -> None:
    unpacked = data_dir / manifest.database
    if manifest.engine == SQLITE:
        unpacked.rename(data_dir / installation.database)
        (data_dir / installation.database).chmod(0o640)
    else:
        run_postgres(
            "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
            f"--dbname={connection.settings_dict['NAME']}", str(unpacked),
        )  # fmt: skip
        unpacked.unlink()
    (data_dir / NAME).unlink()


def _checked_inside(installation: Installation, manifest: Manifest, data_dir: Path, words: Sequence[str]) -> Restored:
    """Ask a fresh process that runs on the restored data: counts, journal; it also holds back the mail."""
    surroundings = {**os.environ, installation.data_variable: str(data_dir.resolve())}
    if manifest.engine == SQLITE:
        surroundings[installation.database_variable] = ""
    surroundings["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(  # noqa: S603 - our own interpreter with fixed words and a path
        [sys.executable, "-m", installation.examination, *words],
        input=manifest.model_dump_json(),
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Unusable(f"The restored data could not be opened: {done.stderr.strip()[-500:]} {FAILED}")
    report = json.loads(done.stdout)
    if report["faults"]:
        faults = "; ".join(report["faults"][:5])
        raise Unusable(f"The restored data is not what the manifest says: {faults}. {FAILED}")
    return Restored(
        manifest=manifest,
        rows=sum(manifest.counts.values()),
        files=len(manifest.files) - len(manifest.damaged),
        journal_entries=report["journal_entries"],
        messages_held=report["messages_held"],
        settled=report["settled"],
    )
