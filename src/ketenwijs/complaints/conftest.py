"""Tests here need the settings of this program; a run with other settings passes them by, all but the pure ones."""

import os
from pathlib import Path

PURE = "sealing"

if os.environ.get("DJANGO_SETTINGS_MODULE") != "ketenwijs.config.settings.complaints_test":
    apps = [one.name for one in Path(__file__).parent.iterdir() if one.is_dir() and one.name != PURE]
    collect_ignore_glob = [f"{app}/*" for app in apps]
