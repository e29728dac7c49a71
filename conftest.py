"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True, scope="session")
def emptying_passes_the_guard() -> Iterator[None]:
    """Tests that commit are cleared away afterwards; the journal's triggers must let exactly that pass."""
    from django.db import connection
    from django.test import TransactionTestCase

    from ketenwijs.foundation.journal import guard

    emptied = TransactionTestCase._fixture_teardown

    def empty(self: TransactionTestCase) -> None:
        there = "journal_journalentry" in connection.introspection.table_names()
        if there:
            guard.take_down(connection)
        try:
            emptied(self)
        finally:
            if there:
                guard.put_up(connection)

    TransactionTestCase._fixture_teardown = empty
    yield
    TransactionTestCase._fixture_teardown = emptied
