"""The look is tried on its own: story templates and addresses instead of the apps above it."""

from __future__ import annotations

import pytest

from ketenwijs.foundation.ui import navigation
from ketenwijs.foundation.ui.tests import stories


@pytest.fixture
def story_site(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A menu, addresses and templates of the stories; all is put back afterwards."""
    settings.ROOT_URLCONF = "ketenwijs.foundation.ui.tests.urls"
    settings.DEMO = True
    settings.LANGUAGE_CODE = "en"
    settings.CHROME_LINKS = dict.fromkeys(("home", "public", "account", "sign_out"), "stories:home")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [stories.TEMPLATES]}]
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_acting", [])
    navigation.register_acting(lambda viewer: "Example Stone and Sons")
    navigation.register_menu(
        navigation.MenuItem("Chains", "stories:chains", lambda viewer: True, 10),
        navigation.MenuItem("Risks", "stories:risks", lambda viewer: True, 20),
        navigation.MenuItem("Never shown", "stories:plans", lambda viewer: False, 30),
    )
