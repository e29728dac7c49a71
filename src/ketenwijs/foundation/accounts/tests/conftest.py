"""A person, a browser, and addresses of their own for the tests of accounts."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from ketenwijs.foundation.accounts.tests.factories import person
from ketenwijs.foundation.ui import navigation


@pytest.fixture(autouse=True)
def _own_addresses(settings, monkeypatch):
    settings.ROOT_URLCONF = "ketenwijs.foundation.accounts.tests.urls"
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setattr(navigation, "_items", {})
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def anna(db):
    """Somebody with an account."""
    return person("anna@example.org", name="Anna Example")


@pytest.fixture
def other_browser():
    """A second browser."""
    return Client()
