"""One point of the database, to a file: SQLite through its backup API, PostgreSQL through pg_dump."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from ketenwijs.foundation.operations.manifest import Unusable

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
NAMES = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}
PLACES = {
    "NAME": "PGDATABASE",
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
}

PASSED_ON = ("host", "port", "sslmode", "sslrootcert")


@dataclass(frozen=True)
class Snapshot:
    """The file with the database, and a way to ask what stands in exactly this point of it."""

    path: Path
    rows: Callable[[str], list[tuple[Any, ...]]]


@contextmanager
def snapshot(folder: Path, emptied: Sequence[str] = ()) -> Iterator[Snapshot]:
    """Write the database as it is at one point into the folder, while others go on writing.

    Of the tables named in `emptied` no row goes along.
    """
    taken = folder / NAMES[connection.vendor]
    with (_sqlite if connection.vendor == SQLITE else _postgresql)(taken, emptied) as rows:
        yield Snapshot(taken, rows)


@contextmanager
def _sqlite(target: Path, without: Sequence[str]) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    source = Path(str(connection.settings_dict["NAME"]))
    if not source.is_file():
        sentence = f"There is no database file {source}. Set DATA_DIR or DATABASE_URL to the installation."
        raise Unusable(sentence)
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=30)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        # In one step: in write-ahead mode writers are not held up and the copy is one point.
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        _empty(copy, without)
    with closing(sqlite3.connect(f"{target.as_uri()}?mode=ro", uri=True)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Unusable("The database is damaged (integrity check). Keep the last good backup, look at the disk.")
        yield lambda question: copy.execute(question).fetchall()


def _empty(copy: sqlite3.Connection, tables: Sequence[str]) -> None:
    existing = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in existing.intersection(tables):
        copy.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608 - existing table
    copy.commit()
    if tables:
        copy.execute("VACUUM")  # what was deleted would still stand in the free pages of the file


@contextmanager
def _postgresql(target: Path, without: Sequence[str]) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        point = cursor.fetchone()[0]
        left_out = [f"--exclude-table-data={name}" for name in without]
        run_postgres("pg_dump", "--format=custom", "--no-owner", f"--snapshot={point}", f"--file={target}", *left_out)

        def rows(question: str) -> list[tuple[Any, ...]]:
            cursor.execute(question)
            return list(cursor.fetchall())

        yield rows


def run_postgres(program: str, *words: str) -> None:
    """Run one of PostgreSQL's own programs against the configured database; the password never stands in its
    words."""
    settings = connection.settings_dict
    options = settings.get("OPTIONS", {})
    places = {variable: str(settings[name]) for name, variable in PLACES.items() if settings.get(name)}
    places |= {f"PG{name.upper()}": str(options[name]) for name in PASSED_ON if options.get(name)}
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            [program, "--no-password", *words],
            env={**os.environ, **places},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise Unusable(f"{program} is not installed. Install PostgreSQL's client programs.") from error
    if done.returncode != 0:
        raise Unusable(f"{program} failed: {done.stderr.strip()}")
