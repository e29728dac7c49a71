"""Only the invented kinds are known while these tests run."""

import pytest

from ketenwijs.foundation.content import kinds, selectors
from ketenwijs.foundation.content.tests.factories import KINDS


@pytest.fixture(autouse=True)
def only_invented_kinds(monkeypatch):
    """The registry holds the kinds of the tests, and nothing remembered from other tests."""
    monkeypatch.setattr(kinds, "_kinds", {})
    for kind in KINDS:
        kinds.register_kind(kind)
    selectors.forget()
    yield
    selectors.forget()
