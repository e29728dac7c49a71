"""A process killed at any moment leaves all or nothing and the deed can be done again; half a migration too (72, 75, 79)."""

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
SCRIPT = Path(__file__).with_name("killing.py")
WHOLE = {"without_keys": "0", "without_words": "0", "without_bytes": "0"}


def environment(folder):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONPATH")}
    return {**kept, "DATA_DIR": str(folder), "COMPLAINTS_DATA_DIR": str(folder / "own")}


def run(folder, *words):
    (folder / "own").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *map(str, words)],
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def state_of(folder):
    said = run(folder, SCRIPT, "state")
    assert said.returncode == 0, said.stderr
    assert "The journal verifies" in said.stdout
    return dict(line.split(" ", 1) for line in said.stdout.splitlines() if not line.startswith("The journal"))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    made = run(folder, SCRIPT, "prepare")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def before(prepared):
    return state_of(prepared)


@pytest.mark.parametrize(
    ("deed", "statements", "done"),
    [
        ("tell_again", (1, 3, 6), {"cases": "2", "envelopes": "3", "files": "1"}),
        ("grant", (1, 2, 3), {"wraps": "7"}),
        ("renew", (1, 3, 5), {"threads": "4"}),
        ("recuse", (1, 2, 3), {"free": "2", "renew": "1"}),
        ("move", (1, 2, 3), {"moved": "1"}),
        ("add_file", (1, 2), {"files": "1"}),
        ("take_list", (1, 2), {"lists": "2"}),
        ("release", (1, 2, 3), {"releases": "1"}),
    ],
)
def test_a_deed_cut_short_leaves_nothing_half_and_can_be_done_again(prepared, before, tmp_path, deed, statements, done):
    for statement in statements:
        folder = tmp_path / f"{deed}-{statement}"
        shutil.copytree(prepared, folder)
        assert run(folder, SCRIPT, deed, statement).returncode == -signal.SIGKILL, statement
        left = state_of(folder)
        assert left == before
        again = run(folder, SCRIPT, deed)
        assert again.returncode == 0, again.stderr
        after = state_of(folder)
        assert {name: after[name] for name in done} == done
        assert {name: after[name] for name in WHOLE} == WHOLE


def test_a_process_that_dies_between_the_words_and_a_file_keeps_the_words(prepared, tmp_path):
    folder = tmp_path / "between"
    shutil.copytree(prepared, folder)
    assert run(folder, SCRIPT, "tell_again", 9).returncode == -signal.SIGKILL
    left = state_of(folder)
    assert (left["cases"], left["envelopes"], left["files"]) == ("2", "2", "0")
    assert {name: left[name] for name in WHOLE} == WHOLE
    assert run(folder, SCRIPT, "tell_again").returncode == 0
    after = state_of(folder)
    assert (after["cases"], after["envelopes"], after["files"]) == ("2", "3", "1")


def test_an_erasing_cut_short_is_finished_the_next_time(prepared, tmp_path):
    for statement in (5, 7, 9):
        folder = tmp_path / f"erase-{statement}"
        shutil.copytree(prepared, folder)
        assert run(folder, SCRIPT, "erase", statement).returncode == -signal.SIGKILL
        left = state_of(folder)
        assert (left["cases"], left["files"]) == ("1", "1")
        assert {name: left[name] for name in WHOLE} == WHOLE
        assert run(folder, SCRIPT, "erase").returncode == 0
        assert state_of(folder)["cases"] == "0"


def command(folder, name):
    return run(folder, "-m", "ketenwijs.command", name)


def test_a_migration_cut_short_is_finished_by_the_next_and_until_then_nothing_is_served(tmp_path):
    for statement in (3, 25, 60):
        folder = tmp_path / str(statement)
        folder.mkdir()
        assert run(folder, SCRIPT, "migrate", statement).returncode == -signal.SIGKILL
        refused = command(folder, "complaints-serve")
        assert refused.returncode == 1
        assert "Run ketenwijs complaints-migrate first" in refused.stderr
        assert "Traceback" not in refused.stderr
        done = command(folder, "complaints-migrate")
        assert done.returncode == 0, done.stderr
        assert command(folder, "complaints-demo").returncode == 0


def test_an_old_release_on_a_newer_database_refuses_to_start_with_a_sentence(prepared, tmp_path):
    folder = tmp_path / "newer"
    shutil.copytree(prepared, folder)
    with closing(sqlite3.connect(folder / "own/sealed.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '0099_later', '2027-01-01')"
        )
    refused = command(folder, "complaints-serve")
    assert refused.returncode == 1
    assert "A newer release changed this database" in refused.stderr
    assert "Traceback" not in refused.stderr
