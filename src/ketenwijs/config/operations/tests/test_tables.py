"""Serving and working only on tables that this release knows; a migration cut short is finished by the next (75, 79)."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="its processes have a SQLite database of their own; once is enough"
)
CUT_SHORT = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
seen = 0
def dying(execute, sql, params, many, context):
    global seen
    seen += sql.lstrip().upper().startswith(("INSERT", "UPDATE", "CREATE", "ALTER", "DROP"))
    if seen == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
with connection.execute_wrapper(dying):
    call_command("migrate", verbosity=0)
"""
PASSES = (
    "from ketenwijs.foundation.operations.tables import refuse_other_tables; refuse_other_tables('x'); print('fits')"
)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    places = os.pathsep.join(path for path in sys.path if path)
    settings = {"DJANGO_SETTINGS_MODULE": "ketenwijs.config.settings.local", "DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, *words],
        env={**kept, **settings, "PYTHONPATH": places},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "-m", "ketenwijs.command", *words)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """The folder of an installation whose migration was cut short and then finished."""
    folder = tmp_path_factory.mktemp("migrated")
    assert run(folder, "-c", CUT_SHORT, "90").returncode == -signal.SIGKILL
    for words in (["serve"], ["work", "--once"]):
        refused = command(folder, *words)
        assert refused.returncode == 1
        assert refused.stderr.strip() == "CommandError: The database is not up to date. Run ketenwijs migrate first."
    finished = command(folder, "migrate", "--verbosity", "0")
    assert finished.returncode == 0, finished.stderr
    return folder


def test_a_migration_cut_short_is_finished_by_the_next_and_until_then_nothing_is_served(migrated):
    assert command(migrated, "shell", "--verbosity", "0", "-c", PASSES).stdout.strip() == "fits"
    assert "The journal verifies" in command(migrated, "verify-journal").stdout


@pytest.mark.parametrize("words", [["serve"], ["work", "--once"]])
def test_an_old_release_on_a_newer_database_refuses_to_start_with_a_sentence(migrated, tmp_path, words):
    folder = tmp_path / "newer"
    shutil.copytree(migrated, folder)
    with closing(sqlite3.connect(folder / "ketenwijs.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '0099_later', '2027-01-01')"
        )
    refused = command(folder, *words)
    assert refused.returncode == 1
    assert "A newer release changed this database" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_tables_of_libraries_are_not_ours_to_judge(migrated, tmp_path):
    folder = tmp_path / "library"
    shutil.copytree(migrated, folder)
    with closing(sqlite3.connect(folder / "ketenwijs.sqlite3")) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('gone', '0001', '2027-01-01')")
    assert command(folder, "shell", "--verbosity", "0", "-c", PASSES).stdout.strip() == "fits"
