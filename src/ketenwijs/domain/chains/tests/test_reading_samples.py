"""The three example sheets are read as a careful reader would, directly and in the limited process."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from ketenwijs.domain.chains.intake import COLUMN_REASONS, as_json, read_in_child
from ketenwijs.domain.chains.tests.reading_books import REFERENCE, ROOT, SAMPLES, read

SHEETS = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".csv", ".xlsx"))


def expected_of(path):
    return json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))


def as_expected(reading, fields):
    return [{name: record[name] for name in fields} for record in as_json(reading)]


def test_there_are_three_sheets():
    assert len(SHEETS) == 3


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_expected_record_is_found_and_nothing_else(path):
    expected = expected_of(path)
    reading = read(path.read_bytes(), path.name)
    assert as_expected(reading, expected[0]) == expected
    assert [fault for fault in reading.faults if fault.severity == "error"] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_name_of_the_file_does_not_matter(path):
    expected = expected_of(path)
    reading = read(path.read_bytes(), f"a{path.suffix}")
    assert as_expected(reading, expected[0]) == expected


def test_the_reader_knows_nothing_of_the_rest_of_the_system():
    program = (
        "import sys, ketenwijs.domain.chains.intake.child as child; own = 'ketenwijs.domain.chains.intake';"
        "print([name for name in sys.modules if name.startswith('django') or"
        " (name.startswith('ketenwijs.') and not name.startswith(own) and not own.startswith(name))])"
    )
    source = str(ROOT / "src")
    shown = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": source},
    )
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_reason_of_a_column_is_listed(path):
    tables = read(path.read_bytes(), path.name).tables
    assert {column.reason for table in tables for column in table.columns} <= set(COLUMN_REASONS)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_limited_process_reads_the_same(path):
    direct = read(path.read_bytes(), path.name)
    assert read_in_child(path, vocabulary_directory=REFERENCE) == direct
    assert read_in_child(path.read_bytes(), path.name, vocabulary_directory=REFERENCE) == direct
