"""A process killed at any moment leaves all or nothing, a journal that verifies, and the deed can be done again (61, 72)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="its processes have a SQLite database of their own; once is enough"
)
SCRIPT = Path(__file__).with_name("killing.py")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    environment = {**kept, "DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *words],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    made = run(folder, "prepare")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def before(prepared):
    return state_of(prepared)


def state_of(folder: Path) -> dict[str, str]:
    said = run(folder, "state")
    assert said.returncode == 0, said.stderr
    assert "The journal verifies" in said.stdout
    return dict(line.split(" ", 1) for line in said.stdout.splitlines() if not line.startswith("The journal"))


@pytest.mark.parametrize(
    ("deed", "statements", "done"),
    [
        ("save", (1, 4), {"answers": "1"}),
        ("take_over", (2, 6), {"chains": "12"}),
        ("publish", (3, 8), {"outcome": "1", "public": "1", "dossier": "published"}),
    ],
)
def test_a_deed_cut_short_leaves_nothing_and_can_be_done_again(prepared, before, tmp_path, deed, statements, done):
    for statement in statements:
        folder = tmp_path / f"{deed}-{statement}"
        shutil.copytree(prepared, folder)
        assert run(folder, deed, str(statement)).returncode == -signal.SIGKILL
        assert state_of(folder) == before
        again = run(folder, deed)
        assert again.returncode == 0, again.stderr
        after = state_of(folder)
        assert {name: after[name] for name in done} == done
