"""A stand-in for the app above: it says that company "member" belongs to the agreement "example"."""

import pytest

from ketenwijs.domain.participants.tests.factories import company
from ketenwijs.foundation.access.viewer import agreement_scope


@pytest.fixture
def member(db, monkeypatch):
    """A company that is known to belong to the agreement "example", and to its staff's fence."""
    firm = company("Lid BV", identifiers={"kvk": "12345678"})
    scope = agreement_scope("example")
    monkeypatch.setattr(
        "ketenwijs.domain.participants.policies._scopes_of", [lambda pk: [scope] if pk == firm.pk else []]
    )
    monkeypatch.setattr(
        "ketenwijs.foundation.access.fence._providers",
        [lambda viewer: [firm.pk] if viewer.holds("agreements.see_members", scope) else []],
    )
    return firm
