"""Each test begins with nothing remembered, as a process that has just started."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ketenwijs.sites.public import remembering


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Forget before and after, so that numbers of queries are those of a first visit."""
    remembering._kept.clear()
    yield
    remembering._kept.clear()
