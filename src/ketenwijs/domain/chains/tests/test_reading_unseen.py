"""Ten sheets made by somebody who had not read the reader: each is read as expected, without a corrected column."""

from __future__ import annotations

import pytest

from ketenwijs.domain.chains.tests.reading_books import SAMPLES, read
from ketenwijs.domain.chains.tests.test_reading_samples import as_expected, expected_of

SHEETS = sorted(path for path in (SAMPLES / "unseen").iterdir() if path.suffix in (".csv", ".xlsx", ".ods", ".txt"))
# A square metre has no weight without its thickness, and an origin that is "?" is no country: both are said, not guessed.
LEFT_TO_THE_PERSON = {"pennycross-orders-2025.xlsx": {"unit_not_weight", "country_missing"}}


def test_there_are_ten_sheets():
    assert len(SHEETS) == 10


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_expected_record_is_found_and_nothing_else(path):
    expected = expected_of(path)
    reading = read(path.read_bytes(), path.name)
    assert as_expected(reading, expected[0]) == expected
    errors = {fault.code for fault in reading.faults if fault.severity == "error"}
    assert errors == LEFT_TO_THE_PERSON.get(path.name, set())
