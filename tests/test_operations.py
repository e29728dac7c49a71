"""What an operator relies on: unsafe settings stop the start, locks name no registry, carried files are as recorded."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ketenwijs.domain.assessments.states import DOSSIER
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.rights import all_rights
from ketenwijs.foundation.journal.events import event_types

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ketenwijs"
START = "import django; django.setup(); from django.core.management import call_command; call_command('check')"
# Where the code works across firms on purpose. A new place is written down here with the reason it gives.
UNFENCED = {
    "config/demo/others.py": {"filling the demonstration"},
    "config/demo/world.py": {"filling the demonstration"},
    "domain/assessments/jobs.py": {"reminders to all firms of a round", "reminders to all firms that may reply"},
    "domain/chains/selectors/together.py": {"names of firms that all agreed to act together"},
    "domain/chains/services/together.py": {
        "firms that were asked to act together hear that all agreed, or no longer do"
    },
    "domain/reports/services.py": {"figures over all members of an agreement"},
    "domain/sitereports/selectors.py": {"the receipt of a report about a site"},
}


def production(folder: Path, **changes: str | None) -> dict[str, str]:
    """The environment of a right production start, with changes; None takes a name out."""
    right = {
        "DJANGO_SETTINGS_MODULE": "ketenwijs.config.settings.production",
        "SECRET_KEY": "f7-" * 20,
        "ALLOWED_HOSTS": "keten.example",
        "PUBLIC_ADDRESS": "https://keten.example",
        "DATA_DIR": str(folder),
        "PYTHONPATH": str(ROOT / "src"),
        "PATH": os.environ["PATH"],
    }
    return {name: value for name, value in {**right, **changes}.items() if value is not None}


def start(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *(words or ("-c", START))]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def folder(tmp_path):
    tmp_path.chmod(0o750)
    return tmp_path


def test_right_production_settings_start(folder):
    started = start(production(folder))
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY"),
        ({"SECRET_KEY": None}, "Set SECRET_KEY"),
        ({"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS"),
        ({"PUBLIC_ADDRESS": "http://keten.example"}, "Set PUBLIC_ADDRESS"),
        ({"DEBUG": "1"}, "DEBUG is refused"),
        ({"DEMO": "1"}, "DEMO is refused"),
    ],
)
def test_an_unsafe_setting_stops_the_start_with_what_to_do(folder, changes, sentence):
    started = start(production(folder, **changes))
    assert started.returncode != 0
    assert sentence in started.stderr


def test_a_refused_command_says_one_sentence_and_no_stack_of_code(folder):
    refused = start(production(folder, SECRET_KEY="short"), "-m", "ketenwijs.command", "migrate")
    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines() == [
        "Set SECRET_KEY to at least 50 random characters (ketenwijs new-secret prints one)."
    ]


def test_a_data_folder_that_everybody_reads_stops_the_start(folder):
    folder.chmod(0o755)
    assert "chmod 750" in start(production(folder)).stderr


def test_the_demonstration_is_refused_under_production_settings(folder):
    refused = start(production(folder), "-m", "ketenwijs.command", "demo")
    assert refused.returncode != 0
    assert "refused" in refused.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["requirements/runtime.txt", "requirements/dev.txt", "package-lock.json"])
def test_a_lock_file_names_no_registry_and_pins_everything_by_checksum(name):
    text = (ROOT / name).read_text("utf-8")
    addresses = re.findall(r"https?://\S+", re.sub(r'"(url|funding)": "[^"]+"', "", text))
    assert addresses == []
    assert ("integrity" if name.endswith("json") else "--hash=sha256:") in text


def test_carried_browser_files_are_as_recorded():
    folder = SOURCE / "foundation" / "ui" / "static" / "vendor"
    recorded = dict(reversed(line.split("  ")) for line in (ROOT / "tools/vendor.sha256").read_text().splitlines())
    assert {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir()} == recorded


def test_every_right_is_named_after_its_app_and_carried_by_a_role():
    carried = {right for role in roles.all_roles().values() for right in role.rights}
    known = {right.name for right in all_rights()}
    assert known == carried
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", code) for code in known)


def test_every_journal_event_says_which_app_which_thing_and_what_happened():
    codes = {event.name for event in event_types()}
    assert [code for code in codes if not re.fullmatch(r"[a-z]+\.[a-z_]+\.[a-z_]+", code)] == []
    assert {f"assessments.dossier.{move}" for move in DOSSIER.moves} <= codes


def test_every_place_that_works_across_firms_is_listed():
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        if "tests" in path.parts or path.name == "fence.py":
            continue
        for reason in re.findall(r'unfenced\(reason="([^"]+)"\)', path.read_text("utf-8")):
            found.setdefault(str(path.relative_to(SOURCE)), set()).add(reason)
    assert found == UNFENCED


def test_nothing_in_the_repository_names_a_machine_or_a_path_on_it():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    places = re.compile(r"/(?:root|home)/[a-z]|/work/(?!$)")
    offences = []
    for name in filter(None, tracked):
        path = ROOT / name
        if (
            path.exists()
            and path.suffix in {".py", ".md", ".yaml", ".toml", ".sh", ".txt", ".html", ".css"}
            and name != "tests/test_operations.py"
        ):
            offences += [f"{name}: {one}" for one in places.findall(path.read_text("utf-8", "ignore"))]
    assert offences == []
