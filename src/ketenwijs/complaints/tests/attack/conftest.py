"""A committee that can take cases, and a telephone without script."""

from __future__ import annotations

import pytest

from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.intake.tests.conftest import Walk


@pytest.fixture
def committee(db):
    return full_committee()


@pytest.fixture
def walk(client, committee):
    return Walk(client)
