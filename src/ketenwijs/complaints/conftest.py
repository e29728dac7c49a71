"""Tests here need the settings of this program; a run with other settings passes them by, all but the pure ones."""

import os

if os.environ.get("DJANGO_SETTINGS_MODULE") != "ketenwijs.config.settings.complaints_test":
    collect_ignore_glob = ["committee/*", "cases/*", "intake/*", "register/*", "operations/*", "tests/*"]
